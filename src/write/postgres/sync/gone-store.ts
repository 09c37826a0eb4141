import type { EntityPlan } from '../../../core/plan.ts';
import type { SqlSession } from '../../session.ts';
import type { GoneRules, Pass, SyncStore } from '../../sync-store.ts';
import type { RunRef } from '../../target.ts';
import { quoted } from '../ledger-names.ts';
import { runsOfOtherSources } from '../other-source.ts';
import { rememberRows } from '../remember-rows.ts';
import { LEGACY_KEY } from '../settle-references.ts';
import { tableOf } from '../table-of.ts';
import { findConflicts } from './find-conflicts.ts';
import { idsOf, inTransaction, literal, onSession, type SyncContext } from './sync-context.ts';

type GoneStore = Pick<SyncStore, 'recordKeys' | 'unknownKeys' | 'affected' | 'beginPass' | 'endPass' | 'leaving'>;

const PAGE = 20_000;
const PART = 1000;

/** Records that leave the target: found pass by pass, removed together at the end of the run. */
export function createGoneStore(context: SyncContext): GoneStore {
  const { names } = context;
  const { schema } = names;
  return {
    recordKeys: (entity) => recordKeys(context, entity),
    unknownKeys: (entity, keys) =>
      onSession(context, async (session) => {
        const rows = await session.query<{ i: number }>(
          `SELECT u.i::int4 AS i FROM unnest($1::uuid[]) WITH ORDINALITY AS u(id, i)
           WHERE NOT EXISTS (SELECT 1 FROM ${names.crosswalk(entity.name)} x WHERE x.target_id = u.id)
             AND NOT EXISTS (SELECT 1 FROM ${schema}.reject r WHERE r.entity_id = ${names.id(entity.name)} AND r.target_id = u.id)`,
          [idsOf(context, entity, keys)],
        );
        return rows.map(({ i }) => keys[i - 1]!);
      }),
    affected: (_run, entity) => onSession(context, (session) => affected(session, context, entity)),
    beginPass: (run, entity) =>
      onSession(context, async (session) => {
        await session.query(
          `UPDATE ${schema}.sync_entity SET reject_mark = (SELECT coalesce(max(id), 0) FROM ${schema}.reject) WHERE run_id = $1 AND entity_id = $2`,
          [run, names.id(entity)],
        );
      }),
    endPass: (run, entity, pass, rules) => endPass(context, run, entity, pass, rules),
    leaving: () =>
      onSession(context, (session) =>
        session.query<{ entity: string; count: number }>(
          `SELECT e.name AS entity, count(*)::int4 AS count FROM ${schema}.sync_gone g JOIN ${schema}.entity e ON e.id = g.entity_id
           WHERE e.office = $1 GROUP BY e.name ORDER BY e.name`,
          [context.office],
        ),
      ),
  };
}

async function* recordKeys(context: SyncContext, entity: EntityPlan): AsyncIterable<readonly string[]> {
  const { names, office, source } = context;
  const own = `x.run_id NOT IN ${runsOfOtherSources(names.schema, office, source)}`;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const page = await onSession(context, (session) =>
      session.query<{ id: string; key: string | null }>(
        `SELECT x.target_id::text AS id, x.legacy_key AS key FROM ${names.crosswalk(entity.name)} x WHERE x.target_id > $1::uuid AND ${own} ORDER BY x.target_id LIMIT ${PAGE}`,
        [after],
      ),
    );
    yield page.map(({ id, key }) => key ?? String(integerInside(id)));
    if (page.length < PAGE) return;
    after = page.at(-1)!.id;
  }
}

/** The integer key inside the text of an id; faster than by big integers, for a million of them. */
function integerInside(id: string): number {
  const upper = Number.parseInt(id.slice(19, 23) + id.slice(24, 28), 16) & 0x3fff_ffff;
  return upper * 0x1_0000_0000 + Number.parseInt(id.slice(28), 16);
}

/** Children of records that leave, and records that waited for parents which are there now. */
async function affected(session: SqlSession, { names }: SyncContext, entity: EntityPlan): Promise<string[]> {
  const { schema } = names;
  const id = names.id(entity.name);
  const idColumn = quoted(entity.fields[0]!.column);
  const stays = `NOT EXISTS (SELECT 1 FROM ${schema}.sync_gone o WHERE o.entity_id = ${id} AND o.target_id = x.target_id)
    AND NOT EXISTS (SELECT 1 FROM ${schema}.sync_frozen z WHERE z.entity_id = ${id} AND z.target_id = x.target_id AND z.held)`;
  const keys = new Set<string>();
  for (const field of entity.fields) {
    if (field.kind !== 'ref' || !field.required) continue;
    const rows = await session.query<{ key: string }>(
      `SELECT ${LEGACY_KEY('x')} AS key FROM ${schema}.sync_gone g JOIN ${tableOf(entity)} t ON t.${quoted(field.column)} = g.target_id
         JOIN ${names.crosswalk(entity.name)} x ON x.target_id = t.${idColumn} WHERE g.entity_id = ${names.id(field.entity)} AND ${stays}`,
    );
    for (const { key } of rows) keys.add(key);
  }
  const missing = `NOT EXISTS (SELECT 1 FROM ${schema}.crosswalk y WHERE y.entity_id = v.parent_entity_id AND y.target_id = v.parent_id)
    OR EXISTS (SELECT 1 FROM ${schema}.sync_gone g WHERE g.entity_id = v.parent_entity_id AND g.target_id = v.parent_id)`;
  const waiting = await session.query<{ key: string }>(
    `SELECT DISTINCT w.legacy_key AS key FROM ${schema}.sync_waiting w WHERE w.entity_id = ${id}
       AND NOT EXISTS (SELECT 1 FROM ${schema}.sync_waiting v WHERE v.entity_id = w.entity_id AND v.target_id = w.target_id AND (${missing}))`,
  );
  for (const { key } of waiting) keys.add(key);
  return [...keys];
}

/** Rejects of the pass under way. */
const ofThisPass = (schema: string, run: number, entity: number): string =>
  `r.run_id = ${run} AND r.entity_id = ${entity} AND r.id > (SELECT reject_mark FROM ${schema}.sync_entity WHERE run_id = ${run} AND entity_id = ${entity})`;

async function endPass(
  context: SyncContext,
  run: RunRef,
  entity: EntityPlan,
  pass: Pass,
  rules: GoneRules,
): Promise<{ leaving: number; kept: number }> {
  const judged = { leaving: 0, kept: 0 };
  const judge = async (keys: readonly string[]): Promise<void> => {
    for (let from = 0; from < keys.length; from += PART) {
      const part = keys.slice(from, from + PART);
      const { leaving, kept } = await inTransaction(context, (session) =>
        judgeGone(session, context, run, entity, part, rules),
      );
      judged.leaving += leaving;
      judged.kept += kept;
    }
  };
  if (pass.full) {
    for await (const keys of recordKeys(context, entity)) await judge(keys.filter((key) => !pass.saw(key)));
  } else {
    await stayAfterAll(context, run, entity, pass);
    await judge(pass.asked.filter((key) => !pass.saw(key)));
  }
  const { leaving, kept } = await inTransaction(context, (session) =>
    judgeRejected(session, context, run, entity, rules),
  );
  return { leaving: judged.leaving + leaving, kept: judged.kept + kept };
}

/** A record that an earlier pass of this run let go and this one took: it stays. */
async function stayAfterAll(context: SyncContext, run: RunRef, entity: EntityPlan, pass: Pass): Promise<void> {
  const { names } = context;
  const id = names.id(entity.name);
  const seen = pass.asked.filter((key) => pass.saw(key));
  const lost = pass.asked.filter((key) => !pass.saw(key));
  await inTransaction(context, async (session) => {
    await session.query(
      `DELETE FROM ${names.schema}.sync_gone g WHERE g.entity_id = ${id} AND g.target_id = ANY($1::uuid[])
         AND NOT EXISTS (SELECT 1 FROM ${names.schema}.reject r WHERE ${ofThisPass(names.schema, run.id, id)} AND r.target_id = g.target_id)`,
      [idsOf(context, entity, seen)],
    );
    await session.query(
      `DELETE FROM ${names.schema}.sync_waiting w WHERE w.entity_id = ${id} AND w.target_id = ANY($1::uuid[])`,
      [idsOf(context, entity, lost)],
    );
  });
}

/** What becomes of records whose source row is gone. */
async function judgeGone(
  session: SqlSession,
  context: SyncContext,
  run: RunRef,
  entity: EntityPlan,
  keys: readonly string[],
  rules: GoneRules,
): Promise<{ leaving: number; kept: number }> {
  if (keys.length === 0) return { leaving: 0, kept: 0 };
  const { names } = context;
  const { schema } = names;
  const id = names.id(entity.name);
  const found = await session.query<{ i: number; frozen: boolean; marked: boolean }>(
    `SELECT u.i::int4 AS i, x.row_hash = 0 AS marked, EXISTS (SELECT 1 FROM ${schema}.sync_frozen z WHERE z.entity_id = ${id} AND z.target_id = x.target_id AND z.held) AS frozen
     FROM unnest($1::uuid[]) WITH ORDINALITY AS u(id, i) JOIN ${names.crosswalk(entity.name)} x ON x.target_id = u.id
     WHERE NOT EXISTS (SELECT 1 FROM ${schema}.reject r WHERE ${ofThisPass(schema, run.id, id)} AND r.target_id = x.target_id)`,
    [idsOf(context, entity, keys)],
  );
  const all = found.map(({ i, ...state }) => ({ key: keys[i - 1]!, ...state }));
  const frozen = all.filter((each) => each.frozen).map(({ key }) => key);
  const free = all
    .filter((each) => !each.frozen && !(each.marked && rules.gone?.kind === 'mark'))
    .map(({ key }) => key);
  await say(session, context, run, entity, 'UNIT_LIVE', 'warning', frozen, { what: 'gone' });
  const conflicts = rules.keepConflicts ? await findConflicts(session, context, entity, free) : [];
  await say(session, context, run, entity, 'TARGET_CONFLICT', 'warning', conflicts, { what: 'gone' });
  const touchable = free.filter((key) => !conflicts.includes(key));
  const kept = frozen.length + conflicts.length;
  if (rules.gone?.kind === 'ignore') {
    await say(session, context, run, entity, 'SOURCE_GONE', 'warning', touchable, {});
    return { leaving: 0, kept: kept + touchable.length };
  }
  if (rules.gone?.kind === 'mark') {
    await markRows(session, context, run, entity, touchable, rules.gone.column, rules.now);
    return { leaving: 0, kept: kept + touchable.length };
  }
  await letGo(session, context, run, entity, touchable, 'gone');
  return { leaving: touchable.length, kept };
}

interface RejectedRow {
  readonly key: string;
  readonly parent: boolean;
  readonly code: string;
}

/** What becomes of loaded records that were rejected in this pass: kept as they were with a finding, or removed; without its parent none can stay. */
async function judgeRejected(
  session: SqlSession,
  context: SyncContext,
  run: RunRef,
  entity: EntityPlan,
  rules: GoneRules,
): Promise<{ leaving: number; kept: number }> {
  const { names } = context;
  const { schema } = names;
  const id = names.id(entity.name);
  const rows = await session.query<RejectedRow>(
    `SELECT DISTINCT ON (r.target_id) r.legacy_key AS key, r.reasons->0->>'code' AS code,
       r.reasons @> '[{"code":"PARENT_MISSING"}]' OR r.reasons @> '[{"code":"PARENT_REJECTED"}]' AS parent
     FROM ${schema}.reject r JOIN ${names.crosswalk(entity.name)} x ON x.target_id = r.target_id
     WHERE ${ofThisPass(schema, run.id, id)} AND NOT r.reasons @> '[{"code":"KEY_DUPLICATE"}]'
       AND NOT EXISTS (SELECT 1 FROM ${schema}.sync_gone g WHERE g.entity_id = ${id} AND g.target_id = x.target_id)
       AND NOT EXISTS (SELECT 1 FROM ${schema}.sync_frozen z WHERE z.entity_id = ${id} AND z.target_id = x.target_id AND z.held)
     ORDER BY r.target_id, r.id DESC`,
  );
  if (rows.length === 0) return { leaving: 0, kept: 0 };
  const conflicts = rules.keepConflicts
    ? await findConflicts(
        session,
        context,
        entity,
        rows.map(({ key }) => key),
      )
    : [];
  await say(session, context, run, entity, 'TARGET_CONFLICT', 'warning', conflicts, { what: 'rejected' });
  const free = rows.filter(({ key }) => !conflicts.includes(key));
  const leaving = free.filter(({ parent }) => parent || rules.rejected === 'remove').map(({ key }) => key);
  const kept = free.filter(({ parent }) => !parent && rules.rejected === 'keep');
  for (const code of new Set(kept.map((row) => row.code))) {
    const keys = kept.filter((row) => row.code === code).map(({ key }) => key);
    await say(session, context, run, entity, 'RECORD_STALE', 'error', keys, { because: code });
  }
  await letGo(session, context, run, entity, leaving, 'rejected');
  return { leaving: leaving.length, kept: kept.length + conflicts.length };
}

async function letGo(
  session: SqlSession,
  context: SyncContext,
  run: RunRef,
  entity: EntityPlan,
  keys: readonly string[],
  reason: 'gone' | 'rejected',
): Promise<void> {
  if (keys.length === 0) return;
  const { names } = context;
  await session.query(
    `INSERT INTO ${names.schema}.sync_gone (entity_id, target_id, run_id, reason) SELECT ${names.id(entity.name)}, u.id, ${run.id}, '${reason}' FROM unnest($1::uuid[]) AS u(id)
     ON CONFLICT DO NOTHING`,
    [idsOf(context, entity, keys)],
  );
}

/** Writes a finding about records, once a run. */
export async function say(
  session: SqlSession,
  { names }: SyncContext,
  run: RunRef,
  entity: EntityPlan,
  code: string,
  severity: 'error' | 'warning' | 'info',
  keys: readonly string[],
  params: Readonly<Record<string, string>>,
): Promise<void> {
  if (keys.length === 0) return;
  await session.query(
    `INSERT INTO ${names.schema}.finding (run_id, entity_id, legacy_key, code, severity, effect, params)
     SELECT $1, $2, k.key, $3, $4, 'load', $5::jsonb FROM jsonb_array_elements_text($6::jsonb) k(key)
     WHERE NOT EXISTS (SELECT 1 FROM ${names.schema}.finding f WHERE f.run_id = $1 AND f.entity_id = $2 AND f.code = $3 AND f.legacy_key = k.key)`,
    [run.id, names.id(entity.name), code, severity, JSON.stringify(params), JSON.stringify(keys)],
  );
}

/** Sets the mark on rows whose source row is gone; the hash 0 in the crosswalk says that it is set, so that a row that comes back is written again. */
async function markRows(
  session: SqlSession,
  context: SyncContext,
  run: RunRef,
  entity: EntityPlan,
  keys: readonly string[],
  column: string,
  now: number,
): Promise<void> {
  if (keys.length === 0) return;
  const { names } = context;
  const crosswalk = names.crosswalk(entity.name);
  const table = tableOf(entity);
  const id = quoted(entity.fields[0]!.column);
  const at = literal(new Date(now).toISOString());
  const chosen = `jsonb_array_elements_text(${literal(JSON.stringify(keys))}::jsonb) k(key) JOIN ${crosswalk} x ON ${LEGACY_KEY('x')} = k.key`;
  await session.query(
    rememberRows({
      names,
      run: run.id,
      entity,
      action: 'update',
      from: `${chosen} JOIN ${table} t ON t.${id} = x.target_id`,
    }),
  );
  const ids = idsOf(context, entity, keys);
  await session.query(
    `UPDATE ${table} t SET ${quoted(column)} = ${at} WHERE t.${id} = ANY($1::uuid[]) AND t.${quoted(column)} IS NULL`,
    [ids],
  );
  await session.query(
    `UPDATE ${crosswalk} x SET row_hash = 0, run_id = ${run.id} WHERE x.target_id = ANY($1::uuid[])`,
    [ids],
  );
}

import type { EntityPlan } from '../../../core/plan.ts';
import type { SqlSession } from '../../session.ts';
import type { GoneRules, Pass, SyncStore } from '../../sync-store.ts';
import type { RunRef } from '../../target.ts';
import { quoted } from '../ledger-names.ts';
import { runsOfOtherSources } from '../other-source.ts';
import { LEGACY_KEY } from '../settle-references.ts';
import { tableOf } from '../table-of.ts';
import { judgeGone, judgeRejected, ofThisPass } from './judge-gone.ts';
import { STANDS, standingKeys } from './standing.ts';
import { idsOf, inTransaction, onSession, type SyncContext } from './sync-context.ts';

type GoneStore = Pick<
  SyncStore,
  'recordKeys' | 'unknownKeys' | 'standing' | 'affected' | 'beginPass' | 'endPass' | 'leaving'
>;

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
    standing: (entity) => onSession(context, (session) => standingKeys(session, names, entity)),
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
    `SELECT DISTINCT w.legacy_key AS key FROM ${schema}.sync_waiting w WHERE w.entity_id = ${id} AND NOT ${STANDS('w')}
       AND NOT EXISTS (SELECT 1 FROM ${schema}.sync_waiting v WHERE v.entity_id = w.entity_id AND v.target_id = w.target_id AND (${missing}))`,
  );
  for (const { key } of waiting) keys.add(key);
  return [...keys];
}

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
      `DELETE FROM ${names.schema}.sync_waiting w WHERE w.entity_id = ${id} AND w.target_id = ANY($1::uuid[]) AND NOT ${STANDS('w')}`,
      [idsOf(context, entity, lost)],
    );
  });
}

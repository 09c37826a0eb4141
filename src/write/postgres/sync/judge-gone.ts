import type { EntityPlan } from '../../../core/plan.ts';
import type { SqlSession } from '../../session.ts';
import type { GoneRules } from '../../sync-store.ts';
import type { RunRef } from '../../target.ts';
import { quoted } from '../ledger-names.ts';
import { rememberRows } from '../remember-rows.ts';
import { LEGACY_KEY } from '../settle-references.ts';
import { tableOf } from '../table-of.ts';
import { findConflicts } from './find-conflicts.ts';
import { say } from './say.ts';
import { STANDS, stand } from './standing.ts';
import { idsOf, literal, type SyncContext } from './sync-context.ts';

/** Rejects of the pass under way. */
export const ofThisPass = (schema: string, run: number, entity: number): string =>
  `r.run_id = ${run} AND r.entity_id = ${entity} AND r.id > (SELECT reject_mark FROM ${schema}.sync_entity WHERE run_id = ${run} AND entity_id = ${entity})`;

/** What becomes of records whose source row is gone. One that the target has lost as well is nowhere, which needs no policy: it leaves the ledger. */
export async function judgeGone(
  session: SqlSession,
  context: SyncContext,
  run: RunRef,
  entity: EntityPlan,
  keys: readonly string[],
  rules: GoneRules,
): Promise<{ leaving: number; kept: number }> {
  if (keys.length === 0) return { leaving: 0, kept: 0 };
  const all = await recordsOf(session, context, run, entity, keys);
  const frozen = all.filter((each) => each.frozen).map(({ key }) => key);
  const lost = all.filter((each) => !each.frozen && each.lost).map(({ key }) => key);
  await letGo(session, context, run, entity, lost, 'gone');
  const free = all
    .filter((each) => !each.frozen && !each.lost && !(each.marked && rules.gone?.kind === 'mark'))
    .map(({ key }) => key);
  await say(session, context, run, entity, 'UNIT_LIVE', 'warning', frozen, { what: 'gone' });
  const conflicts = rules.keepConflicts ? await findConflicts(session, context, entity, free) : [];
  await say(session, context, run, entity, 'TARGET_CONFLICT', 'warning', conflicts, { what: 'gone' });
  await stand(session, context, entity, conflicts);
  const touchable = free.filter((key) => !conflicts.includes(key));
  const kept = frozen.length + conflicts.length;
  if (rules.gone?.kind === 'ignore') {
    await say(session, context, run, entity, 'SOURCE_GONE', 'warning', touchable, {});
    await stand(session, context, entity, touchable);
    return { leaving: lost.length, kept: kept + touchable.length };
  }
  if (rules.gone?.kind === 'mark') {
    await markRows(session, context, run, entity, touchable, rules.gone.column, rules.now);
    return { leaving: lost.length, kept: kept + touchable.length };
  }
  await letGo(session, context, run, entity, touchable, 'gone');
  return { leaving: lost.length + touchable.length, kept };
}

interface GoneRecord {
  readonly key: string;
  readonly frozen: boolean;
  /** The target has no such row. */
  readonly lost: boolean;
  /** It has its mark already. */
  readonly marked: boolean;
}

/** Of these keys, the records that the ledger knows and that this pass did not reject. */
async function recordsOf(
  session: SqlSession,
  context: SyncContext,
  run: RunRef,
  entity: EntityPlan,
  keys: readonly string[],
): Promise<readonly GoneRecord[]> {
  const { names } = context;
  const { schema } = names;
  const id = names.id(entity.name);
  const idColumn = quoted(entity.fields[0]!.column);
  const found = await session.query<Omit<GoneRecord, 'key'> & { i: number }>(
    `SELECT u.i::int4 AS i, x.row_hash = 0 AS marked, t.${idColumn} IS NULL AS lost,
       EXISTS (SELECT 1 FROM ${schema}.sync_frozen z WHERE z.entity_id = ${id} AND z.target_id = x.target_id AND z.held) AS frozen
     FROM unnest($1::uuid[]) WITH ORDINALITY AS u(id, i) JOIN ${names.crosswalk(entity.name)} x ON x.target_id = u.id
       LEFT JOIN ${tableOf(entity)} t ON t.${idColumn} = u.id
     WHERE NOT EXISTS (SELECT 1 FROM ${schema}.reject r WHERE ${ofThisPass(schema, run.id, id)} AND r.target_id = x.target_id)`,
    [idsOf(context, entity, keys)],
  );
  return found.map(({ i, ...state }) => ({ key: keys[i - 1]!, ...state }));
}

interface RejectedRow {
  readonly key: string;
  readonly parent: boolean;
  readonly code: string;
}

/** What becomes of loaded records that were rejected in this pass: kept as they were with a finding, or removed; without its parent none can stay. */
export async function judgeRejected(
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
  await stand(session, context, entity, conflicts);
  const free = rows.filter(({ key }) => !conflicts.includes(key));
  const leaving = free.filter(({ parent }) => parent || rules.rejected === 'remove').map(({ key }) => key);
  const kept = free.filter(({ parent }) => !parent && rules.rejected === 'keep');
  for (const code of new Set(kept.map((row) => row.code))) {
    const keys = kept.filter((row) => row.code === code).map(({ key }) => key);
    await say(session, context, run, entity, 'RECORD_STALE', 'error', keys, { because: code });
  }
  await stand(
    session,
    context,
    entity,
    kept.map(({ key }) => key),
  );
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

/**
 * Sets the mark on rows whose source row is gone; the hash 0 in the crosswalk says that it is set, so that a row that comes back is written again. The mark itself
 * says what is so: nothing has to be said again.
 */
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
  await session.query(
    `DELETE FROM ${names.schema}.sync_waiting w WHERE w.entity_id = ${names.id(entity.name)} AND w.target_id = ANY($1::uuid[]) AND ${STANDS('w')}`,
    [ids],
  );
}

import type { Finding } from '../../../core/finding.ts';
import { keyText } from '../../../core/record.ts';
import { createIdSpace } from '../../../core/target-id.ts';
import type { SqlSession } from '../../session.ts';
import { type BatchRows, VERDICT } from '../batch-rows.ts';
import type { WriterContext } from '../entity-writer.ts';
import { changedByHand } from './find-conflicts.ts';
import { freezeRows } from './freeze-rows.ts';
import { STANDS, stand } from './standing.ts';

/**
 * What a sync looks at before it writes a batch: rows that somebody changed in the target since they were written, and rows kept out for a missing parent, which
 * are remembered so that they are read again when it comes.
 */
export async function meetTarget(session: SqlSession, rows: BatchRows, context: WriterContext): Promise<Finding[]> {
  const frozen = context.run.sync?.frozen === true ? await freezeRows(session, rows, context) : [];
  await noteWaiting(session, rows, context);
  return [...frozen, ...(await findChangedByHand(session, rows, context))];
}

async function findChangedByHand(session: SqlSession, rows: BatchRows, context: WriterContext): Promise<Finding[]> {
  const candidates = rows.with(VERDICT.update);
  const changed = await changedByHand(session, context, context.entity, rows.ids(candidates));
  const keep = context.run.sync?.keepConflicts ?? true;
  if (keep) {
    const keys = changed.map((i) => keyText(rows.key(candidates[i]!)));
    await stand(session, { names: context.names, office: context.run.office }, context.entity, keys);
  }
  return changed.map((i): Finding => {
    const row = candidates[i]!;
    if (keep) rows.skip(row, 'target-conflict');
    return {
      code: 'TARGET_CONFLICT',
      severity: 'warning',
      effect: 'load',
      entity: context.entity.name,
      key: rows.key(row),
      params: { what: keep ? 'kept' : 'overwritten' },
    };
  });
}

async function noteWaiting(session: SqlSession, rows: BatchRows, context: WriterContext): Promise<void> {
  const { names, entity, run } = context;
  const table = `${names.schema}.sync_waiting`;
  const id = names.id(entity.name);
  const known = await session.query(`SELECT 1 FROM ${table} WHERE entity_id = ${id} LIMIT 1`);
  if (known.length > 0) {
    const own = createIdSpace(run.office, entity.name);
    const ids = rows.slices.flatMap(({ rejected }) =>
      rejected.flatMap(({ key }) => (key === null ? [] : [own.text(key)])),
    );
    const all = Array.from({ length: rows.total }, (_, row) => row);
    await session.query(`DELETE FROM ${table} WHERE entity_id = ${id} AND target_id = ANY($1::uuid[])`, [
      rows.ids(all),
    ]);
    await session.query(
      `DELETE FROM ${table} w WHERE w.entity_id = ${id} AND NOT ${STANDS('w')} AND w.target_id IN (SELECT k::uuid FROM jsonb_array_elements_text($1::jsonb) k)`,
      [JSON.stringify(ids)],
    );
  }
  if (rows.waits.length === 0) return;
  const spaces = new Map(
    [entity.name, ...new Set(rows.waits.map(({ parent }) => parent))].map((name) => [
      name,
      createIdSpace(run.office, name),
    ]),
  );
  const waits = rows.waits.map(({ row, parent, key }) => ({
    id: spaces.get(entity.name)!.text(rows.key(row)),
    key: keyText(rows.key(row)),
    parent: names.id(parent),
    on: spaces.get(parent)!.text(key),
  }));
  await session.query(
    `INSERT INTO ${table} (entity_id, target_id, legacy_key, parent_entity_id, parent_id)
     SELECT ${id}, w.id, w.key, w.parent, w."on" FROM jsonb_to_recordset($1::jsonb) AS w(id uuid, key text, parent int2, "on" uuid) ON CONFLICT DO NOTHING`,
    [JSON.stringify(waits)],
  );
}

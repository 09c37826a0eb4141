import type { EntityPlan } from '../../core/plan.ts';
import type { SqlSession } from '../session.ts';
import type { RunRef } from '../target.ts';
import { type LedgerNames, quoted } from './ledger-names.ts';
import { rememberRows } from './remember-rows.ts';
import { tableOf } from './table-of.ts';

/** The legacy key of a crosswalk row `x` as SQL: the stored text, or the integer inside the id. */
export const LEGACY_KEY = (x: string): string =>
  `coalesce(${x}.legacy_key, ((('x' || right(replace(${x}.target_id::text, '-', ''), 16))::bit(64)::bigint) & 2305843009213693951)::text)`;

/** Fills optional references in whose parent has arrived. With `parent`, only those to that entity. Set-based; may be repeated. */
export async function completeReferences(
  session: SqlSession,
  run: RunRef,
  entity: EntityPlan,
  names: LedgerNames,
  parents: ReadonlyMap<number, string>,
  parent?: string,
): Promise<void> {
  const pairs = await session.query<{ column_name: string; parent_entity_id: number }>(
    `SELECT DISTINCT column_name, parent_entity_id FROM ${names.schema}.pending_ref WHERE entity_id = $1`,
    [names.id(entity.name)],
  );
  for (const { column_name: column, parent_entity_id: parentId } of pairs) {
    const name = parents.get(parentId);
    if (name === undefined || (parent !== undefined && name !== parent)) continue;
    await session.query(completion(run, entity, names, column, name));
  }
}

function completion(run: RunRef, entity: EntityPlan, names: LedgerNames, column: string, parent: string): string {
  const table = tableOf(entity);
  const id = quoted(entity.fields[0]!.column);
  const here = `p.entity_id = ${names.id(entity.name)} AND p.column_name = '${column.replaceAll("'", "''")}' AND p.parent_entity_id = ${names.id(parent)}
     AND EXISTS (SELECT 1 FROM ${names.crosswalk(parent)} y WHERE y.target_id = p.parent_id)`;
  const from = `${names.schema}.pending_ref p JOIN ${table} t ON t.${id} = p.target_id JOIN ${names.crosswalk(entity.name)} x ON x.target_id = p.target_id
     WHERE ${here} AND x.run_id <> ${run.id}`;
  const remember = rememberRows({ names, run: run.id, entity, action: 'update', from });
  return `BEGIN;
   ${remember};
   UPDATE ${table} t SET ${quoted(column)} = p.parent_id FROM ${names.schema}.pending_ref p WHERE t.${id} = p.target_id AND ${here};
   DELETE FROM ${names.schema}.pending_ref p WHERE ${here};
   COMMIT`;
}

/** Writes a finding for every optional reference of an entity that is still without its parent. Returns their number. */
export async function reportMissing(
  session: SqlSession,
  run: RunRef,
  entity: EntityPlan,
  names: LedgerNames,
): Promise<number> {
  const id = names.id(entity.name);
  await session.query('BEGIN');
  try {
    await session.query(
      `DELETE FROM ${names.schema}.finding WHERE run_id = $1 AND entity_id = $2 AND code = 'REF_MISSING'`,
      [run.id, id],
    );
    const [row] = await session.query<{ count: number }>(
      `WITH missing AS (
         INSERT INTO ${names.schema}.finding (run_id, entity_id, legacy_key, code, severity, effect, field, value, params)
         SELECT $1, $2, ${LEGACY_KEY('x')}, 'REF_MISSING', 'error', 'change', p.column_name, p.parent_key, jsonb_build_object('parent', e.name, 'parentKey', p.parent_key)
         FROM ${names.schema}.pending_ref p JOIN ${names.crosswalk(entity.name)} x ON x.target_id = p.target_id JOIN ${names.schema}.entity e ON e.id = p.parent_entity_id
         WHERE p.entity_id = $2 RETURNING 1)
       SELECT count(*)::int4 AS count FROM missing`,
      [run.id, id],
    );
    await session.query('COMMIT');
    return row?.count ?? 0;
  } catch (error) {
    await session.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

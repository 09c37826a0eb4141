import type { EntityPlan } from '../../../core/plan.ts';
import type { SqlSession } from '../../session.ts';
import type { LedgerNames } from '../ledger-names.ts';
import { idsOf, type SyncContext } from './sync-context.ts';

/**
 * Records that stay in the target as no fresh load would have them: gone or rejected in the source, or changed by hand. Ways of following changes name such a row
 * once, so the record waits for itself (in `sync_waiting`): each sync asks for it again, and says so again for as long as it is so.
 */
export async function stand(
  session: SqlSession,
  { names, office }: Pick<SyncContext, 'names' | 'office'>,
  entity: EntityPlan,
  keys: readonly string[],
): Promise<void> {
  if (keys.length === 0) return;
  const id = names.id(entity.name);
  await session.query(
    `INSERT INTO ${names.schema}.sync_waiting (entity_id, target_id, legacy_key, parent_entity_id, parent_id)
     SELECT ${id}, u.id, k.key, ${id}, u.id FROM unnest($1::uuid[]) WITH ORDINALITY AS u(id, i)
       JOIN jsonb_array_elements_text($2::jsonb) WITH ORDINALITY AS k(key, i) ON k.i = u.i
     ON CONFLICT DO NOTHING`,
    [idsOf({ office }, entity, keys), JSON.stringify(keys)],
  );
}

/** Condition on rows of `sync_waiting`: the record waits for itself. `w`: alias. */
export const STANDS = (w: string): string =>
  `(${w}.parent_entity_id = ${w}.entity_id AND ${w}.parent_id = ${w}.target_id)`;

/** Legacy keys of the records of an entity that stand so; without those that a rollback took from the target. */
export async function standingKeys(session: SqlSession, names: LedgerNames, entity: EntityPlan): Promise<string[]> {
  const rows = await session.query<{ key: string }>(
    `SELECT w.legacy_key AS key FROM ${names.schema}.sync_waiting w JOIN ${names.crosswalk(entity.name)} x ON x.target_id = w.target_id
     WHERE w.entity_id = ${names.id(entity.name)} AND ${STANDS('w')}`,
  );
  return rows.map(({ key }) => key);
}

import type { EntityPlan } from '../../../core/plan.ts';
import type { SqlSession } from '../../session.ts';
import type { RunRef } from '../../target.ts';
import type { SyncContext } from './sync-context.ts';

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

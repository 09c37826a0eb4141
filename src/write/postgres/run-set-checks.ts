import type { EntityPlan } from '../../core/plan.ts';
import type { SetCheck } from '../../core/set-check.ts';
import type { SqlSession } from '../session.ts';
import type { RunRef } from '../target.ts';
import type { LedgerNames } from './ledger-names.ts';
import { LEGACY_KEY } from './settle-references.ts';

/**
 * Runs rules across records over the loaded store and writes what they find into the ledger, each in a transaction of its own and set-based: no record
 * passes through this program. Repeatable: what the same run found before is replaced. Answers the number of findings by code.
 */
export async function runSetChecks(
  session: SqlSession,
  run: RunRef,
  entities: readonly EntityPlan[],
  names: LedgerNames,
  checks: readonly SetCheck[],
  done: (check: SetCheck, found: number) => void = () => undefined,
): Promise<ReadonlyMap<string, number>> {
  await names.ensure(
    session,
    entities.map(({ name }) => name),
  );
  const counts = new Map<string, number>();
  for (const check of checks) {
    const judged = entities.filter(({ to }) => to.table === check.table).map(({ name }) => names.id(name));
    if (judged.length === 0) continue;
    const found = await runCheck(session, run, names.schema, check, judged);
    counts.set(check.code, found);
    done(check, found);
  }
  return counts;
}

async function runCheck(
  session: SqlSession,
  run: RunRef,
  schema: string,
  check: SetCheck,
  entityIds: readonly number[],
): Promise<number> {
  const ids = entityIds.join(', ');
  await session.query('BEGIN');
  try {
    await session.query('SET LOCAL jit = off');
    await session.query(`DELETE FROM ${schema}.finding WHERE run_id = $1 AND code = $2 AND entity_id IN (${ids})`, [
      run.id,
      check.code,
    ]);
    const [row] = await session.query<{ count: number }>(
      `WITH said AS (
         INSERT INTO ${schema}.finding (run_id, entity_id, legacy_key, code, severity, effect, field, value, params)
         SELECT $1, x.entity_id, ${LEGACY_KEY('x')}, $2, $3, $4, $5, left(r.value, 1000), nullif(r.params, '{}'::jsonb)
         FROM (${check.sql}) r JOIN ${schema}.crosswalk x ON x.target_id = r.id AND x.entity_id IN (${ids})
         RETURNING 1)
       SELECT count(*)::int4 AS count FROM said`,
      [run.id, check.code, check.severity, check.effect, check.field],
    );
    await session.query('COMMIT');
    return row?.count ?? 0;
  } catch (error) {
    await session.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

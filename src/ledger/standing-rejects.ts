import { READ_PACKAGES } from '../write/postgres/other-source.ts';
import { STANDS } from '../write/postgres/sync/standing.ts';
import type { SqlSession } from '../write/session.ts';

/**
 * Condition on `j` (reject): it stands after run `$1`. Rejects of the run itself do; those of earlier runs of the same scope do from the last one that read the
 * whole entity on, unless a later run judged the record again, loaded it, or met it again as it was loaded (then it no longer waits for itself in
 * `sync_waiting`). What went from the source meanwhile is known when everything is compared again. Years of runs are looked at once, not once a reject.
 */
export const standingRejects = (s: string): string => `(j.run_id = $1 OR j.id IN (
  WITH scope AS MATERIALIZED (
    SELECT r.id, r.command, r.options FROM ${s}.run r JOIN ${s}.run t ON t.id = $1 AND t.office = r.office
    WHERE r.id <= $1 AND r.status <> 'rolled-back' AND r.command IN ('run', 'sync')
      AND r.options->'units' IS NOT DISTINCT FROM t.options->'units' AND ${READ_PACKAGES('r')} = ${READ_PACKAGES('t')}),
  whole AS MATERIALIZED (
    SELECT n.entity_id, max(n.run_id) AS run_id FROM ${s}.run_entity n JOIN scope r ON r.id = n.run_id
      LEFT JOIN ${s}.sync_entity y ON y.run_id = n.run_id AND y.entity_id = n.entity_id
    WHERE n.status = 'finished' AND CASE r.command WHEN 'sync' THEN y.mode = 'full' ELSE r.options->>'limit' IS NULL END
    GROUP BY n.entity_id)
  SELECT e.id FROM whole b JOIN ${s}.reject e ON e.entity_id = b.entity_id AND e.run_id >= b.run_id AND e.run_id < $1
  WHERE e.run_id IN (SELECT id FROM scope)
    AND NOT EXISTS (
      SELECT 1 FROM ${s}.reject n
      WHERE n.entity_id = e.entity_id AND n.target_id = e.target_id AND n.run_id > e.run_id AND n.run_id IN (SELECT id FROM scope))
    AND NOT EXISTS (
      SELECT 1 FROM ${s}.crosswalk x WHERE x.entity_id = e.entity_id AND x.target_id = e.target_id AND x.run_id > e.run_id)
    AND NOT (
      EXISTS (SELECT 1 FROM ${s}.finding f
        WHERE f.run_id = e.run_id AND f.entity_id = e.entity_id AND f.code = 'RECORD_STALE' AND f.legacy_key = e.legacy_key)
      AND NOT EXISTS (
        SELECT 1 FROM ${s}.sync_waiting w WHERE w.entity_id = e.entity_id AND w.target_id = e.target_id AND ${STANDS('w')}))
))`;

/** How many stand after a run. */
export async function countStandingRejects(session: SqlSession, s: string, run: number): Promise<number> {
  const rows = await session.query<{ count: number }>(
    `SELECT count(*)::int4 AS count FROM ${s}.reject j WHERE ${standingRejects(s)}`,
    [run],
  );
  return rows[0]?.count ?? 0;
}

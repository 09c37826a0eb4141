import type { SqlSession } from '../write/session.ts';

/**
 * Condition on `j` (reject): it stands after run `$1`. Rejects of the run itself do; those of earlier runs of the same scope do from the last one that read the
 * whole entity on, unless a later run judged the record again, loaded it, or met it again as it was loaded (then it no longer waits for itself in
 * `sync_waiting`). What went from the source meanwhile is known when everything is compared again.
 */
export const standingRejects = (s: string): string => `(j.run_id = $1 OR (
  j.run_id < $1 AND ${inScope(s, 'j.run_id')}
  AND j.run_id >= (
    SELECT max(n.run_id) FROM ${s}.run_entity n JOIN ${s}.run r ON r.id = n.run_id
      LEFT JOIN ${s}.sync_entity y ON y.run_id = n.run_id AND y.entity_id = n.entity_id
    WHERE n.entity_id = j.entity_id AND n.status = 'finished' AND ${inScope(s, 'n.run_id')}
      AND CASE r.command WHEN 'sync' THEN y.mode = 'full' ELSE r.options->>'limit' IS NULL END)
  AND NOT EXISTS (
    SELECT 1 FROM ${s}.reject n WHERE n.entity_id = j.entity_id AND n.target_id = j.target_id AND n.run_id > j.run_id AND ${inScope(s, 'n.run_id')})
  AND NOT EXISTS (
    SELECT 1 FROM ${s}.crosswalk x WHERE x.entity_id = j.entity_id AND x.target_id = j.target_id AND x.run_id > j.run_id)
  AND NOT (
    EXISTS (SELECT 1 FROM ${s}.finding f
      WHERE f.run_id = j.run_id AND f.entity_id = j.entity_id AND f.code = 'RECORD_STALE' AND f.legacy_key = j.legacy_key)
    AND NOT EXISTS (SELECT 1 FROM ${s}.sync_waiting w
      WHERE w.entity_id = j.entity_id AND w.target_id = j.target_id AND w.parent_entity_id = w.entity_id AND w.parent_id = w.target_id))
))`;

/** How many stand after a run. */
export async function countStandingRejects(session: SqlSession, s: string, run: number): Promise<number> {
  const rows = await session.query<{ count: number }>(
    `SELECT count(*)::int4 AS count FROM ${s}.reject j WHERE ${standingRejects(s)}`,
    [run],
  );
  return rows[0]?.count ?? 0;
}

/** Runs up to `$1` that load from the same kind of source for the same units, and that nobody took back. */
const inScope = (s: string, run: string): string => `${run} IN (
  SELECT r.id FROM ${s}.run r JOIN ${s}.run t ON t.id = $1 AND t.office = r.office
  WHERE r.id <= $1 AND r.status <> 'rolled-back' AND r.command IN ('run', 'sync')
    AND r.options->'units' IS NOT DISTINCT FROM t.options->'units'
    AND (coalesce(r.options->>'source', '') = 'package') = (coalesce(t.options->>'source', '') = 'package'))`;

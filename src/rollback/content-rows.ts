import { CONTENT_ENTITIES } from '../contents/content-finding.ts';
import type { SqlSession } from '../write/session.ts';
import type { ContentRollback, RollbackConflict } from './rollback-plan.ts';
import { SHOWN_KEYS } from './touched-rows.ts';

/** Contents `c` that a run brought: no earlier run had a record of them. */
export const broughtContents = (s: string, run: number): string =>
  `c.run_id = ${run} AND NOT EXISTS (SELECT 1 FROM ${s}.content_undo m WHERE m.run_id = ${run} AND m.office = c.office AND m.content_id = c.content_id)`;

/** Counts the contents that taking a run back concerns, and the files that nobody uses then. */
export async function countContents(
  session: SqlSession,
  s: string,
  office: string,
  run: number,
): Promise<ContentRollback> {
  const open = `u.office = $1 AND u.run_id = ${run} AND u.undone_by IS NULL`;
  const [row] = await session.query<ContentRollback>(
    `WITH going AS (
       SELECT c.sha256, c.size FROM ${s}.content c WHERE c.office = $1 AND ${broughtContents(s, run)}
       UNION ALL SELECT c.sha256, c.size FROM ${s}.content c JOIN ${s}.content_undo u ON u.office = c.office AND u.content_id = c.content_id
       WHERE ${open} AND c.run_id = ${run} AND c.sha256 IS DISTINCT FROM u.old_content ->> 'sha256'),
     unused AS (
       SELECT sha256, max(size) AS size FROM going g WHERE sha256 IS NOT NULL AND NOT EXISTS (
         SELECT 1 FROM ${s}.content o WHERE o.sha256 = g.sha256 AND (o.office <> $1 OR o.run_id <> ${run})) GROUP BY sha256)
     SELECT (SELECT count(*) FROM ${s}.content c WHERE c.office = $1 AND ${broughtContents(s, run)})::float8 + (SELECT count(*) FROM ${s}.content_undo u WHERE ${open})::float8 AS contents,
       (SELECT count(*) FROM unused)::float8 AS files, (SELECT coalesce(sum(size), 0) FROM unused)::float8 AS bytes`,
    [office],
  );
  return row!;
}

/** Later copies that replaced contents of this run. */
export async function contentConflicts(
  session: SqlSession,
  s: string,
  office: string,
  run: number,
): Promise<readonly RollbackConflict[]> {
  const found = await session.query<{ run: number; count: number; keys: readonly string[] }>(
    `SELECT run_id AS run, count(*)::int4 AS count, array_agg(content_id ORDER BY content_id) FILTER (WHERE place <= ${SHOWN_KEYS}) AS keys
     FROM (SELECT run_id, content_id, row_number() OVER (PARTITION BY run_id ORDER BY content_id) AS place FROM ${s}.content_undo v
           WHERE v.office = $1 AND v.run_id > ${run} AND v.undone_by IS NULL AND (v.old_content ->> 'run_id')::int4 = ${run}) placed
     GROUP BY run_id ORDER BY run_id`,
    [office],
  );
  return found.map((row) => ({ kind: 'run', entity: CONTENT_ENTITIES.content, ...row }));
}

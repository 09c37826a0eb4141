import { CONTENT_ENTITIES } from '../contents/content-finding.ts';
import type { SqlSession } from '../write/session.ts';
import type { Place } from './read-places.ts';
import type { ContentRollback, RollbackConflict } from './rollback-plan.ts';
import { conflict, type Found, summary } from './summarise.ts';
import { keySql } from './touched-rows.ts';

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

/** What speaks against taking a copy of contents back: later copies of the same contents, later runs and hands that changed their rows in the store. */
export async function contentConflicts(
  session: SqlSession,
  { s, office, run }: { readonly s: string; readonly office: string; readonly run: number },
  place: Place | null,
  end: string | null,
): Promise<readonly RollbackConflict[]> {
  const copies = `SELECT v.run_id, v.content_id AS id, v.content_id AS key FROM ${s}.content_undo v
    WHERE v.office = $1 AND v.run_id > ${run} AND v.undone_by IS NULL AND (v.old_content ->> 'run_id')::int4 = ${run}`;
  const found = { run: [copies], hand: [] as string[] };
  if (place !== null) {
    const { id, table, idColumn, crosswalk } = place;
    found.run.push(
      `SELECT v.run_id, c.content_id, c.content_id FROM ${s}.undo v JOIN ${s}.content c ON c.content_id = ${keySql('v.target_id', 'v.legacy_key')}
       WHERE c.office = $1 AND c.run_id = ${run} AND v.entity_id = ${id} AND v.run_id > ${run} AND v.undone_by IS NULL`,
    );
    if (end !== null) {
      found.hand.push(
        `SELECT NULL::int4 AS run_id, c.content_id AS id, c.content_id AS key FROM ${s}.content c JOIN ${crosswalk} x ON ${keySql('x.target_id', 'x.legacy_key')} = c.content_id
         JOIN ${table} t ON t.${idColumn} = x.target_id WHERE c.office = $1 AND c.run_id = ${run} AND age(t.xmin) < age('${end}'::xid)
         AND NOT EXISTS (SELECT 1 FROM ${s}.undo v LEFT JOIN ${s}.run b ON b.id = v.undone_by
           WHERE v.entity_id = ${id} AND v.target_id = x.target_id AND v.run_id > ${run} AND (v.undone_by IS NULL OR age(t.xmin) >= age(b.xmin)))`,
      );
    }
  }
  const conflicts: RollbackConflict[] = [];
  for (const kind of ['run', 'hand'] as const) {
    if (found[kind].length === 0) continue;
    const rows = await session.query<Found>(summary(found[kind].join(' UNION ')), [office]);
    conflicts.push(...rows.map((row) => conflict(kind, { entity: CONTENT_ENTITIES.content }, row)));
  }
  return conflicts;
}

import type { SqlSession } from '../write/session.ts';

/** Most rows that a run of the office has read: about how many records the office has. `s`: quoted ledger schema. */
export async function readLargestRun(session: SqlSession, s: string, office: string): Promise<number> {
  const [row] = await session.query<{ rows: number }>(
    `SELECT coalesce(max(t.rows), 0)::float8 AS rows
     FROM (SELECT sum(e.read_rows) AS rows FROM ${s}.run_entity e JOIN ${s}.run r ON r.id = e.run_id WHERE r.office = $1 GROUP BY r.id) t`,
    [office],
  );
  return row?.rows ?? 0;
}

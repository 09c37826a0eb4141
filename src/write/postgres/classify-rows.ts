import type { SqlSession } from '../session.ts';
import { type BatchRows, VERDICT } from './batch-rows.ts';

/**
 * Tells new, changed and unchanged rows apart: ids and hashes go to the server, which answers with those that the crosswalk does not hold as they
 * are. On a run that changes nothing the answer is empty.
 */
export async function classifyRows(session: SqlSession, rows: BatchRows, crosswalk: string): Promise<void> {
  const candidates = rows.with(VERDICT.insert);
  if (candidates.length === 0) return;
  const differing = await session.query<{ i: number; fresh: boolean }>(
    `SELECT t.i::int4 AS i, x.target_id IS NULL AS fresh
     FROM unnest($1::uuid[], $2::int8[]) WITH ORDINALITY AS t(id, hash, i) LEFT JOIN ${crosswalk} x ON x.target_id = t.id
     WHERE x.target_id IS NULL OR x.row_hash <> t.hash`,
    [rows.ids(candidates), rows.hashes(candidates)],
  );
  for (const row of candidates) rows.verdicts[row] = VERDICT.unchanged;
  for (const { i, fresh } of differing) rows.verdicts[candidates[i - 1]!] = fresh ? VERDICT.insert : VERDICT.update;
}

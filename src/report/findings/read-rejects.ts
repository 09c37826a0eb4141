import type { SqlSession } from '../../write/session.ts';
import type { ReportRejects } from '../report-model.ts';
import type { Names } from '../report-store.ts';

/** Rejected records of a run and their reasons, summed in the database. */
export async function readRejectSums(session: SqlSession, { ledger }: Names, run: number): Promise<ReportRejects> {
  const [total] = await session.query<{ records: number }>(
    `SELECT count(*)::float8 AS records FROM ${ledger}.reject WHERE run_id = $1`,
    [run],
  );
  const byReason = await session.query<ReportRejects['byReason'][number]>(
    `SELECT e.name AS entity, reason.code, count(*)::float8 AS records
     FROM ${ledger}.reject j JOIN ${ledger}.entity e ON e.id = j.entity_id
     CROSS JOIN LATERAL (SELECT DISTINCT one ->> 'code' AS code FROM jsonb_array_elements(j.reasons) one WHERE one ->> 'effect' = 'reject') reason
     WHERE j.run_id = $1 GROUP BY e.name, reason.code ORDER BY 3 DESC, e.name COLLATE "C", reason.code COLLATE "C"`,
    [run],
  );
  return { records: total?.records ?? 0, byReason };
}

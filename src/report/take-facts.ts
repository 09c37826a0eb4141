import type { RunState } from '../ledger/ledger.ts';
import type { SqlSession } from '../write/session.ts';
import { countOffice } from './office/count-office.ts';
import { placeRecords } from './place/place-records.ts';
import type { ReportOffice } from './report-model.ts';
import { inTransaction, namesOf, type ReportStore, tablesOf } from './report-store.ts';

/**
 * What a report needs of the store, taken once and kept in the ledger: the places of records with findings, and the sums of the office. So that a dry run can be
 * reported after its records were thrown away, and an old run as it was. Taken anew when the run has gone on since; null when the store was gone before
 * anybody asked.
 */
export function takeFacts(store: ReportStore, run: RunState, now: Date): Promise<ReportOffice | null> {
  const names = namesOf(store);
  return inTransaction(store, async (session) => {
    const [kept] = await session.query<{ run_status: string; facts: ReportOffice | null }>(
      `SELECT run_status, facts FROM ${names.ledger}.run_facts WHERE run_id = $1`,
      [run.id],
    );
    // What a run that was taken back had brought is not there any more: its report stays what it was.
    if (kept !== undefined && (kept.run_status === run.status || run.status === 'rolled-back')) return kept.facts;
    const tables = await tablesOf(session, store);
    if (tables.size === 0) return kept?.facts ?? null;
    await placeRecords(session, names, { run: run.id, office: run.office, tables });
    const facts = await countOffice(session, names, { office: run.office, tables, now });
    await keep(session, names.ledger, run, facts);
    return facts;
  });
}

const keep = (session: SqlSession, ledger: string, { id, status }: RunState, facts: ReportOffice): Promise<unknown> =>
  session.query(
    `INSERT INTO ${ledger}.run_facts (run_id, run_status, facts) VALUES ($1, $2, $3::jsonb)
     ON CONFLICT (run_id) DO UPDATE SET run_status = excluded.run_status, facts = excluded.facts, made_at = now()`,
    [id, status, JSON.stringify(facts)],
  );

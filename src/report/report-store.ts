import type { Ledger } from '../ledger/ledger.ts';
import type { SqlPool, SqlSession } from '../write/session.ts';

/** The database of a run: its ledger and, while it is there, the store. */
export interface ReportStore {
  readonly pool: SqlPool;
  readonly ledger: Ledger;
  /** Schema of the store. */
  readonly schema: string;
  /** Schema of the ledger. */
  readonly ledgerSchema: string;
}

/** Both schemas quoted, as statements name them. */
export interface Names {
  /** The store. */
  readonly ezd: string;
  /** The ledger. */
  readonly ledger: string;
}

export const namesOf = ({ schema, ledgerSchema }: ReportStore): Names => ({
  ezd: `"${schema}"`,
  ledger: `"${ledgerSchema}"`,
});

/** Work in one transaction on one session; a failure leaves nothing behind. */
export async function inTransaction<T>({ pool }: ReportStore, work: (session: SqlSession) => Promise<T>): Promise<T> {
  const session = await pool.session();
  try {
    await session.query('BEGIN');
    await session.query('SET LOCAL jit = off');
    const result = await work(session);
    await session.query('COMMIT');
    return result;
  } catch (error) {
    await session.query('ROLLBACK').catch(() => undefined);
    throw error;
  } finally {
    await session.release();
  }
}

/** Tables of the store that are there; none when a dry run's records were thrown away. */
export async function tablesOf(session: SqlSession, { schema }: ReportStore): Promise<ReadonlySet<string>> {
  const rows = await session.query<{ name: string }>(
    `SELECT table_name::text AS name FROM information_schema.tables WHERE table_schema = $1`,
    [schema],
  );
  return new Set(rows.map(({ name }) => name));
}

import type { EntityPlan } from '../../../core/plan.ts';
import { keyFromText } from '../../../core/record.ts';
import { createIdSpace } from '../../../core/target-id.ts';
import type { SqlPool, SqlSession, UuidArray } from '../../session.ts';
import { idArray } from '../check-parents.ts';
import type { LedgerNames } from '../ledger-names.ts';

/** What all parts of the sync store work with. */
export interface SyncContext {
  readonly pool: SqlPool;
  readonly office: string;
  readonly names: LedgerNames;
  /** Kind of the source that is followed. */
  readonly source?: string;
}

/** Runs work on one session and gives it back, as broken when the work failed. */
export async function onSession<T>({ pool }: SyncContext, work: (session: SqlSession) => Promise<T>): Promise<T> {
  const session = await pool.session();
  let broken = true;
  try {
    const result = await work(session);
    broken = false;
    return result;
  } finally {
    await session.release(broken);
  }
}

/** Runs work between BEGIN and COMMIT. */
export function inTransaction<T>(context: SyncContext, work: (session: SqlSession) => Promise<T>): Promise<T> {
  return onSession(context, async (session) => {
    await session.query('BEGIN');
    try {
      const result = await work(session);
      await session.query('COMMIT');
      return result;
    } catch (error) {
      await session.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  });
}

/** Computed ids of legacy keys, as one parameter. */
export const idsOf = (
  { office }: Pick<SyncContext, 'office'>,
  entity: Pick<EntityPlan, 'name'>,
  keys: readonly string[],
): UuidArray => idArray(keys.map(keyFromText), createIdSpace(office, entity.name));

/** An SQL text literal. */
export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

import type { RunState } from '../ledger/ledger.ts';
import type { SqlSession } from '../write/session.ts';
import { ROLLBACK } from './may-roll-back.ts';

/** A rollback of this run that stopped before its end. */
export async function openRollback(
  session: SqlSession,
  s: string,
  run: RunState,
): Promise<{ readonly id: number; readonly force: boolean } | null> {
  const [row] = await session.query<{ id: number; force: boolean }>(
    `SELECT id, (options -> 'rollback' ->> 'force')::boolean AS force FROM ${s}.run
     WHERE office = $1 AND command = $2 AND status <> 'finished' AND (options -> 'rollback' ->> 'run')::int4 = $3 ORDER BY id DESC LIMIT 1`,
    [run.office, ROLLBACK, run.id],
  );
  return row ?? null;
}

/** Whether files of a rollback that was killed still wait for their removal. */
export async function filesWait(session: SqlSession, s: string, office: string): Promise<boolean> {
  return (await session.query(`SELECT 1 FROM ${s}.content_removal WHERE office = $1 LIMIT 1`, [office])).length > 0;
}

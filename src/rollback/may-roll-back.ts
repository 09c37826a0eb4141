import type { RunState } from '../ledger/ledger.ts';

/** Why a run cannot be taken back at all; null: it can. */
export type NoRollback =
  /** It was a dry run, a check or a comparison: there is nothing in the target to take back. */
  | 'readsOnly'
  /** A rollback is taken back by loading again. */
  | 'rollback'
  | 'alreadyRolledBack';

const READING = new Set(['validate', 'contents-verify', 'reconcile']);

export function noRollback({ command, status }: Pick<RunState, 'command' | 'status'>): NoRollback | null {
  if (READING.has(command)) return 'readsOnly';
  if (command === ROLLBACK) return 'rollback';
  return status === 'rolled-back' ? 'alreadyRolledBack' : null;
}

/** Command of the runs of the ledger that take others back. */
export const ROLLBACK = 'rollback';

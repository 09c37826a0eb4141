import { failed, ok, type Verdict, warning } from './check.ts';

/** What the ledger remembers, as far as it matters before a run. */
export interface LedgerFacts {
  /** Of the schemas: `absent` before the first run. */
  readonly state: 'absent' | 'behind' | 'current' | 'newer';
  readonly newest: { readonly run: number; readonly command: string; readonly status: string } | null;
  /** Indexes and foreign keys that a first load took off and has not put back. */
  readonly deferred: number;
}

export function judgeLedger({ state, newest, deferred }: LedgerFacts): Verdict {
  if (state === 'newer') return failed('ledgerNewer', {}, 'ledgerNewerCure');
  if (state === 'absent' || newest === null) return ok('ledgerNone');
  const params = { run: newest.run, command: newest.command, count: deferred };
  if (deferred > 0) return warning('ledgerDeferred', params, 'ledgerGoOn');
  if (newest.status === 'running') return warning('ledgerRunning', params, 'ledgerGoOn');
  if (newest.status === 'failed' || newest.status === 'interrupted')
    return warning('ledgerUnfinished', params, 'ledgerGoOn');
  return state === 'behind' ? ok('ledgerBehind', params) : ok('ledgerGood', params);
}

/** Who holds the office's lock; null: nobody. */
export function judgeLock(holder: string | null): Verdict {
  return holder === null ? ok('lockFree') : warning('lockHeld', { holder }, 'lockCure');
}

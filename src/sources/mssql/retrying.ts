import { setTimeout as sleep } from 'node:timers/promises';
import { EzdError } from '../../core/errors.ts';

/** How faults that may pass are waited out. */
export interface Retry {
  /** Tries after the first; 0: none. */
  readonly attempts: number;
  /** Waits; replaced in tests. Rejects when the signal fires. */
  readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void>;
  /** Told before each wait. */
  readonly onRetry?: (event: {
    readonly attempt: number;
    readonly waitMilliseconds: number;
    readonly reason: string;
  }) => void;
}

const FIRST_WAIT = 500;
const LONGEST_WAIT = 30_000;

/** 0.5 s, 1 s, 2 s … 30 s, each up to a quarter longer, so that connections do not come back all at once. */
export function waitBefore(attempt: number): number {
  const base = Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** (attempt - 1));
  return Math.round(base * (1 + Math.random() / 4));
}

/** Waits for the next try, or throws the fault when there is none left or it is not of the passing kind. */
export async function waitToRetry(fault: unknown, attempt: number, retry: Retry, signal: AbortSignal): Promise<void> {
  if (!(fault instanceof EzdError) || !fault.retryable || attempt > retry.attempts || signal.aborted) throw fault;
  const waitMilliseconds = waitBefore(attempt);
  retry.onRetry?.({ attempt, waitMilliseconds, reason: fault.message });
  const wait = retry.wait ?? ((milliseconds, stop): Promise<void> => sleep(milliseconds, undefined, { signal: stop }));
  await wait(waitMilliseconds, signal);
}

/** Runs a question that may be asked again. */
export async function retrying<T>(ask: () => Promise<T>, retry: Retry, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (fault) {
      await waitToRetry(fault, attempt, retry, signal);
    }
  }
}

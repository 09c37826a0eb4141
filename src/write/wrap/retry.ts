import { setTimeout as sleep } from 'node:timers/promises';
import { EzdError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import { isTransient } from '../session.ts';
import type { EntityWriter } from '../target.ts';

export interface RetryPolicy {
  /** Waits before the second, third … try, in milliseconds; a quarter is added or taken at random so that many clients do not come back together. */
  readonly waits: readonly number[];
}

/** About a minute in all: long enough for a restart of the server. */
export const DEFAULT_RETRY: RetryPolicy = { waits: [500, 1000, 2000, 4000, 8000, 16_000, 30_000] };

/** Lets a writer survive lost connections, deadlocks and restarts. The batch is given again whole; the checkpoint tells whether it had arrived. */
export function withRetry(
  writer: EntityWriter,
  what: string,
  emit: Emit,
  signal: AbortSignal,
  policy: RetryPolicy = DEFAULT_RETRY,
): EntityWriter {
  return {
    write: (batch) => retrying(() => writer.write(batch), what, emit, signal, policy),
    close: () => writer.close(),
  };
}

/** Runs work again on transient faults, then gives up with what to do next. */
export async function retrying<T>(
  work: () => Promise<T>,
  what: string,
  emit: Emit,
  signal: AbortSignal,
  policy: RetryPolicy = DEFAULT_RETRY,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isRetryable(error)) throw error;
      const wait = policy.waits[attempt - 1];
      if (wait === undefined || signal.aborted) throw givenUp(error, what, attempt);
      const waitMilliseconds = Math.round(wait * (0.75 + Math.random() / 2));
      emit({
        kind: 'retry',
        what,
        attempt,
        waitMilliseconds,
        reason: error instanceof Error ? error.message : String(error),
      });
      await sleep(waitMilliseconds, undefined, { signal }).catch(() => undefined);
    }
  }
}

const isRetryable = (error: unknown): boolean => isTransient(error) || (error instanceof EzdError && error.retryable);

function givenUp(error: unknown, what: string, attempts: number): EzdError {
  return new EzdError(
    'TARGET_UNREACHABLE',
    `Writing ${what} failed ${attempts} times: ${error instanceof Error ? error.message : String(error)}.`,
    {
      subject: what,
      hint: 'Everything up to the last checkpoint is safe. Start the same command again when the database answers: it goes on where it stopped.',
      cause: error,
    },
  );
}

import { EzdError } from '../core/errors.ts';
import { type Check, type CheckResult, failed, NotChecked, unknown, type Verdict } from './check.ts';

export interface RunChecksOptions {
  /** Longest time of one check, in milliseconds. */
  readonly timeout: number;
  /** Milliseconds of a clock. */
  now(): number;
  /** Told of each result as it comes. */
  onResult?(result: CheckResult): void;
}

/** Makes the checks one after another, each on its own: a failure, a fault or a time-out of one is its result and hides no other. */
export async function runChecks(checks: readonly Check[], options: RunChecksOptions): Promise<readonly CheckResult[]> {
  const results: CheckResult[] = [];
  for (const check of checks) {
    const began = options.now();
    const verdict = await verdictOf(check, options.timeout);
    const { id, area } = check;
    const result = { id, area, ...verdict, milliseconds: Math.max(0, options.now() - began) };
    results.push(result);
    options.onResult?.(result);
  }
  return results;
}

async function verdictOf(check: Check, timeout: number): Promise<Verdict> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<Verdict>((resolve) => {
    timer = setTimeout(() => resolve(failed('timedOut', { seconds: Math.round(timeout / 1000) })), timeout);
  });
  try {
    return await Promise.race([check.look().catch(verdictOfFault), tooLong]);
  } finally {
    clearTimeout(timer);
  }
}

/** Faults that the program knows are told in its words; anything else could not be checked, and says why. */
function verdictOfFault(fault: unknown): Verdict {
  if (fault instanceof NotChecked) return fault.verdict;
  if (fault instanceof EzdError) {
    const params = { reason: fault.message, hint: fault.hint ?? '' };
    return fault.hint === undefined ? failed('fault', params) : failed('fault', params, 'faultHint');
  }
  return unknown('notPossible', { reason: fault instanceof Error ? fault.message : String(fault) });
}

import { readFileSync } from 'node:fs';
import type { NightReport } from './night.ts';
import { writeWholeFile } from './write-whole-file.ts';

/** What one night must know of those before it. Kept in a file and not in the ledger: a night that does not reach the target must be remembered too. */
export interface NightMemory {
  /** End of the last night that went well; milliseconds since 1970. */
  readonly lastGood: number | null;
  /** End of the first night of the failures that have not been followed by a good one; null: the last one went well. */
  readonly failingSince: number | null;
}

const NOTHING: NightMemory = { lastGood: null, failingSince: null };

/** A file that is not there or not readable is no memory. */
export function readNightMemory(file: string): NightMemory {
  try {
    const { lastGood, failingSince } = JSON.parse(readFileSync(file, 'utf8')) as Partial<NightMemory>;
    return { lastGood: numberOrNull(lastGood), failingSince: numberOrNull(failingSince) };
  } catch {
    return NOTHING;
  }
}

const numberOrNull = (value: unknown): number | null => (typeof value === 'number' ? value : null);

export const writeNightMemory = (file: string, memory: NightMemory): void =>
  writeWholeFile(file, `${JSON.stringify(memory, null, 2)}\n`);

/** A night whose window closed, or that somebody stopped, was neither good nor bad: what was before stays. */
export function remember(
  before: NightMemory,
  { status, finishedAt }: Pick<NightReport, 'status' | 'finishedAt'>,
): NightMemory {
  if (status === 'good') return { lastGood: finishedAt, failingSince: null };
  if (status === 'failed') return { ...before, failingSince: before.failingSince ?? finishedAt };
  return before;
}

/** What people are told: every failure, and the first good night after one. */
export function eventOf(before: NightMemory, status: NightReport['status']): 'failure' | 'recovery' | null {
  if (status === 'failed') return 'failure';
  return status === 'good' && before.failingSince !== null ? 'recovery' : null;
}

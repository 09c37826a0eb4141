import { isDeepStrictEqual } from 'node:util';
import type { Change, Row } from './record-history.ts';

/** Keys of a row image that keep a value a second time, as text (`write/postgres/remember-rows.ts`). */
const isText = (key: string): boolean => key.endsWith('::text');

/** Fields that differ between two states of a row, in the order of the columns. `after` null: the state is not known any more. */
export function diffRows(before: Row | null, after: Row | null | undefined): readonly Change[] {
  if (before === null) return [];
  const fields = [...new Set([...Object.keys(before), ...Object.keys(after ?? {})])].filter((key) => !isText(key));
  if (after === null || after === undefined) return [];
  return fields
    .filter((field) => !isDeepStrictEqual(before[field] ?? null, after[field] ?? null))
    .map((field) => ({ field, before: before[field] ?? null, after: after[field] ?? null }));
}

/** One change of a record as the ledger remembers it. */
export interface Remembered {
  readonly run: number;
  readonly action: string;
  readonly oldRow: Row | null;
  readonly oldRun: number | null;
  readonly undoneBy: number | null;
}

export interface Step extends Remembered {
  /** The row after it; undefined: not known any more. */
  readonly after: Row | null | undefined;
}

/**
 * Puts the states of a record in a row: what a run left is what the next one found, or what is there now. What a run left is lost once it was taken back, unless
 * a later run had found it before that.
 */
export function stepsOf(remembered: readonly Remembered[], now: Row | null): readonly Step[] {
  const changes = remembered.filter(({ run, undoneBy }) => run !== undoneBy);
  return changes.map((change, index) => {
    const next = changes[index + 1];
    if (change.action === 'delete') return { ...change, after: null };
    if (next !== undefined && (change.undoneBy === null || next.run < change.undoneBy))
      return { ...change, after: next.oldRow };
    return { ...change, after: change.undoneBy === null ? now : undefined };
  });
}

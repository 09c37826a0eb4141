import { ownText } from '../../core/own-text.ts';
import type { SourceValue } from '../../core/record.ts';
import { createDistinctEstimate, type DistinctEstimate } from './distinct-estimate.ts';
import { type HashHalves, hashText, wholeHash } from './hash-text.ts';
import { createKeyWatch, type KeyWatch, type WatchedKey } from './key-watch.ts';
import { createValueMeasures, type ValueMeasures } from './value-measures.ts';
import { createValueSample } from './value-sample.ts';

/** Different values that are counted one by one; of a column with more, only how many there are is known. */
export const MOST_COUNTED = 500;
/** Longer values are not counted one by one. */
const LONGEST_COUNTED = 200;
/** Different values kept to be looked for in other tables. */
export const MOST_SAMPLED = 400;
/** A column with a longer value is no key. */
const LONGEST_KEY = 100;
/** Longer values refer to nothing. */
const LONGEST_REFERENCE = 40;

/** What is known of a column once all its rows were seen. Rows are counted, unless it says otherwise. */
export interface ColumnFacts {
  readonly nulls: number;
  /** Texts without a character. */
  readonly empty: number;
  /** All others. */
  readonly filled: number;
  readonly distinct: { readonly count: number; readonly exact: boolean };
  readonly measures: ValueMeasures;
  /** Rows by value; null: more than `MOST_COUNTED` different values, or long ones. */
  readonly counts: ReadonlyMap<string, number> | null;
  /** The values tell rows apart (nearly); null: they do not. */
  readonly key: WatchedKey | null;
  /** Different values by hash, for the search for references. */
  readonly sample: ReadonlyMap<number, string>;
}

export interface ColumnProfiler {
  add(value: SourceValue): void;
  finish(): ColumnFacts;
}

/**
 * Watches the values of one column, in memory that does not grow with the rows: values are counted one by one while there are few different ones; when there are
 * too many, what was counted is measured and each further value as it comes.
 */
export function createColumnProfiler(): ColumnProfiler {
  const measures = createValueMeasures();
  const estimate: DistinctEstimate = createDistinctEstimate();
  let key: KeyWatch | null = createKeyWatch();
  const sample = createValueSample(MOST_SAMPLED);
  const hash: HashHalves = { low: 0, high: 0 };
  let counts: Map<string, number> | null = new Map();
  let nulls = 0;
  let empty = 0;
  let filled = 0;

  const remember = (text: string): void => {
    hashText(text, hash);
    estimate.add(hash);
    const whole = wholeHash(hash);
    if (text.length > LONGEST_KEY) key = null;
    key?.add(whole);
    if (text.length <= LONGEST_REFERENCE) sample.add(whole, text);
  };
  const measureCounted = (): void => {
    for (const [text, rows] of counts ?? []) measures.add(text, rows);
  };
  return {
    add(value) {
      if (value === null) {
        nulls++;
        return;
      }
      const text = plainText(value);
      if (text === '') {
        empty++;
        return;
      }
      filled++;
      remember(text);
      if (counts !== null) {
        const rows = counts.get(text);
        counts.set(rows === undefined ? ownText(text) : text, (rows ?? 0) + 1);
        if (counts.size <= MOST_COUNTED && text.length <= LONGEST_COUNTED) return;
        measureCounted();
        counts = null;
        if (!measures.mayBeKey()) key = null;
        return;
      }
      measures.add(text, 1);
    },
    finish() {
      measureCounted();
      const watched = key?.finish() ?? null;
      const exact = counts?.size ?? watched?.distinct;
      return {
        nulls,
        empty,
        filled,
        distinct: { count: exact ?? Math.min(estimate.count(), filled), exact: exact !== undefined },
        measures: measures.finish(),
        counts,
        key: watched,
        sample: sample.values(),
      };
    },
  };
}

/** The same legacy value gives the same text, whatever the source it came from. */
export function plainText(value: Exclude<SourceValue, null>): string {
  if (typeof value === 'string') return value.length === 36 && value.charCodeAt(8) === 45 ? value.toLowerCase() : value;
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (value instanceof Uint8Array)
    return `0x${Buffer.from(value.buffer, value.byteOffset, Math.min(value.length, 64)).toString('hex')}`;
  return String(value);
}

import { ownText } from '../../core/own-text.ts';
import { kindOfValue, LOOKS, type Look, looksOfValue, VALUE_KINDS, type ValueKind } from './value-looks.ts';

/** What the filled values of a column are like. Numbers are rows. */
export interface ValueMeasures {
  readonly kinds: Readonly<Record<ValueKind, number>>;
  readonly looks: Readonly<Record<Look, number>>;
  /** Characters. */
  readonly lengths: { readonly min: number; readonly max: number; readonly mean: number } | null;
  /** Smallest and greatest number, as written. */
  readonly numbers: { readonly min: string; readonly max: string } | null;
  /** Earliest and latest moment, as written. */
  readonly moments: { readonly min: string; readonly max: string } | null;
  /** Rows by year, of values written as dates or moments; years that no calendar of an office has are counted too. */
  readonly years: ReadonlyMap<string, number>;
}

export interface MeasuresInProgress {
  /** The value stands in so many rows. */
  add(text: string, rows: number): void;
  /** Whether so far most values are such as tell rows apart by intention: no moments, amounts or long bytes. */
  mayBeKey(): boolean;
  finish(): ValueMeasures;
}

const noCounts = <Name extends string>(names: readonly Name[]): Record<Name, number> =>
  Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;

/** Years have four digits, so there are never more than ten thousand of them. */
export function createValueMeasures(): MeasuresInProgress {
  const kinds = noCounts(VALUE_KINDS);
  const looks = noCounts(LOOKS);
  const years = new Map<string, number>();
  const lengths = { min: Number.POSITIVE_INFINITY, max: 0, sum: 0, rows: 0 };
  const numbers = createExtremes((a: string, b: string) => Number(a.replace(',', '.')) - Number(b.replace(',', '.')));
  const moments = createExtremes((a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0));
  let rowsOfValue = 1;
  const countLook = (look: Look): void => {
    looks[look] += rowsOfValue;
  };
  return {
    add(text, rows) {
      const kind = kindOfValue(text);
      kinds[kind] += rows;
      lengths.min = Math.min(lengths.min, text.length);
      lengths.max = Math.max(lengths.max, text.length);
      lengths.sum += text.length * rows;
      lengths.rows += rows;
      if (kind === 'integer' || kind === 'decimal') numbers.add(text);
      else if (kind === 'date' || kind === 'dateTime') {
        moments.add(text);
        const year = text.slice(0, 4);
        years.set(year, (years.get(year) ?? 0) + rows);
      }
      rowsOfValue = rows;
      looksOfValue(text, kind, countLook);
    },
    mayBeKey: () => kinds.integer + kinds.guid + kinds.text >= lengths.rows / 2,
    finish: () => ({
      kinds,
      looks,
      lengths:
        lengths.rows === 0
          ? null
          : { min: lengths.min, max: lengths.max, mean: Math.round((lengths.sum / lengths.rows) * 10) / 10 },
      numbers: numbers.found(),
      moments: moments.found(),
      years,
    }),
  };
}

function createExtremes(compare: (a: string, b: string) => number): {
  add(text: string): void;
  found(): { readonly min: string; readonly max: string } | null;
} {
  let min: string | null = null;
  let max: string | null = null;
  return {
    add(text) {
      if (min === null || compare(text, min) < 0) min = ownText(text);
      if (max === null || compare(text, max) > 0) max = ownText(text);
    },
    found: () => (min === null || max === null ? null : { min, max }),
  };
}

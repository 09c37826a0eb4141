import type { LegacyKey } from '../../core/record.ts';
import type { RowMeter } from '../../write/target-reader.ts';

/** Sets more than this are folded together: memory stays flat whatever stands in the columns. */
const MOST_SETS = 20_000;
/** Sums are kept in two parts, so that they stay exact whatever the order of rows. */
const PART = 2 ** 20;
const SLOTS = 5;

/** Records of one unit and year on one side: how many, and for every measured column how many have a value, the least, the greatest, and the sum. */
export interface SetTotals {
  readonly unit: LegacyKey | null;
  readonly year: number | null;
  records: number;
  /** Five numbers a column: values, least, greatest, sum / 2^20, rest of the sum. */
  readonly measures: Float64Array;
}

export interface SetFold {
  add(meter: RowMeter): void;
  sets(): ReadonlyMap<string, SetTotals>;
}

export function createSetFold(columns: number): SetFold {
  const sets = new Map<string, SetTotals>();
  const recent = new Map<LegacyKey | null, Map<number | null, SetTotals>>();
  const find = ({ unit, year }: RowMeter): SetTotals => {
    let years = recent.get(unit);
    const known = years?.get(year);
    if (known !== undefined) return known;
    const full = sets.size >= MOST_SETS;
    const name = full ? setName(null, null) : setName(unit, year);
    let found = sets.get(name);
    if (found === undefined) {
      found = full ? newTotals(null, null, columns) : newTotals(unit, year, columns);
      sets.set(name, found);
    }
    if (full) return found;
    if (years === undefined) {
      years = new Map();
      recent.set(unit, years);
    }
    years.set(year, found);
    return found;
  };
  return {
    add(meter) {
      const totals = find(meter);
      totals.records += 1;
      const { measures } = totals;
      for (let i = 0; i < columns; i++) addValue(measures, i * SLOTS, meter.values[i]!);
    },
    sets: () => sets,
  };
}

export const setName = (unit: LegacyKey | null, year: number | null): string =>
  `${unit === null ? '' : unit} ${year === null ? '' : year}`;

function newTotals(unit: LegacyKey | null, year: number | null, columns: number): SetTotals {
  const measures = new Float64Array(columns * SLOTS);
  for (let i = 0; i < columns; i++) {
    measures[i * SLOTS + 1] = Number.POSITIVE_INFINITY;
    measures[i * SLOTS + 2] = Number.NEGATIVE_INFINITY;
  }
  return { unit, year, records: 0, measures };
}

function addValue(measures: Float64Array, at: number, value: number): void {
  if (Number.isNaN(value)) return;
  measures[at]! += 1;
  if (value < measures[at + 1]!) measures[at + 1] = value;
  if (value > measures[at + 2]!) measures[at + 2] = value;
  const part = Math.floor(value / PART);
  measures[at + 3]! += part;
  measures[at + 4]! += value - part * PART;
}

/** A measured column of one set, for people and protocols. */
export interface Measure {
  readonly column: string;
  readonly values: number;
  readonly least: string | null;
  readonly greatest: string | null;
  /** null for dates and times. */
  readonly sum: string | null;
}

/** Both sides of one set. */
export interface ComparedSet {
  readonly unit: string | null;
  readonly year: number | null;
  readonly source: number;
  readonly target: number;
  readonly equal: boolean;
  /** Columns whose measures differ. */
  readonly differing: readonly { readonly column: string; readonly source: Measure; readonly target: Measure }[];
}

/** Compares sets. `left`: names of sets with records that were left as they are, with a finding; these differ by right. */
export function compareSets(
  columns: RowMeter['columns'],
  source: SetFold,
  target: SetFold,
  left: ReadonlySet<string>,
): ComparedSet[] {
  const names = [...new Set([...source.sets().keys(), ...target.sets().keys()])];
  const none = newTotals(null, null, columns.length);
  const compared = names.map((name): ComparedSet => {
    const a = source.sets().get(name);
    const b = target.sets().get(name);
    const { unit, year } = (a ?? b)!;
    const pairs = columns.map((_, i) => [measureOf(columns, a ?? none, i), measureOf(columns, b ?? none, i)] as const);
    const differing = pairs
      .filter(([here, there]) => !left.has(name) && JSON.stringify(here) !== JSON.stringify(there))
      .map(([here, there]) => ({ column: here.column, source: here, target: there }));
    const records = { source: a?.records ?? 0, target: b?.records ?? 0 };
    const equal = left.has(name) || (records.source === records.target && differing.length === 0);
    return { unit: unit === null ? null : String(unit), year, ...records, equal, differing };
  });
  return compared.toSorted(
    (x, y) => (x.unit ?? '').localeCompare(y.unit ?? '', 'pl', { numeric: true }) || (x.year ?? 0) - (y.year ?? 0),
  );
}

function measureOf(columns: RowMeter['columns'], totals: SetTotals, index: number): Measure {
  const { column, kind } = columns[index]!;
  const [values = 0, least = 0, greatest = 0, parts = 0, rest = 0] = totals.measures.subarray(index * SLOTS);
  if (values === 0) return { column, values, least: null, greatest: null, sum: null };
  const counted = kind === 'number' || kind === 'decimal';
  return {
    column,
    values,
    least: shown(least, kind),
    greatest: shown(greatest, kind),
    sum: counted ? sumText(BigInt(parts) * BigInt(PART) + BigInt(Math.round(rest)), kind) : null,
  };
}

const EPOCH = Date.UTC(2000, 0, 1);

function shown(value: number, kind: RowMeter['columns'][number]['kind']): string {
  if (kind === 'number') return String(value);
  if (kind === 'decimal') return String(value / 10_000);
  const milliseconds = EPOCH + (kind === 'date' ? value * 86_400_000 : value / 1000);
  if (Math.abs(milliseconds) > 8.64e15) return milliseconds > 0 ? 'infinity' : '-infinity';
  return new Date(milliseconds).toISOString().slice(0, kind === 'date' ? 10 : 19);
}

function sumText(sum: bigint, kind: 'number' | 'decimal'): string {
  if (kind === 'number') return String(sum);
  const sign = sum < 0n ? '-' : '';
  const digits = String(sum < 0n ? -sum : sum).padStart(5, '0');
  return `${sign}${digits.slice(0, -4)}.${digits.slice(-4)}`.replace(/\.?0+$/, '');
}

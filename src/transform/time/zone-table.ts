/**
 * All changes of a zone's offset between 1900 and 2100 as plain numbers, so that converting a local time needs no `Intl` call.
 * Made once a thread from the tz database that comes with Node (about 20 ms), so historic changes are in it: local mean time before 1915, the war years, years without summer time.
 */
export interface ZoneTable {
  readonly zone: string;
  /** First instant (UTC seconds since 1970) of each offset after the first. */
  readonly instants: Float64Array;
  /** Offset from UTC in seconds: `offsets[i]` holds before `instants[i]`, the last one after all. */
  readonly offsets: Int32Array;
  /** Local second at which the clock was changed, as the earlier / the later of both clocks shows it. Between them a local time occurs twice or not at all. */
  readonly localFrom: Float64Array;
  readonly localTo: Float64Array;
  /** `firstOfYear[y - FIRST_YEAR]`: first change whose `localTo` lies after the beginning of that year. */
  readonly firstOfYear: Uint16Array;
}

export const FIRST_YEAR = 1900;
export const LAST_YEAR = 2100;
const DAY = 86_400;
const STEP = 7 * DAY;

const yearStart = (year: number): number => Date.UTC(year, 0, 1) / 1000;

/** Asks `Intl` what the wall clock shows; the only place that does. */
const offsetReader = (zone: string): ((utcSeconds: number) => number) => {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (utcSeconds) => {
    const parts = format
      .format(utcSeconds * 1000)
      .match(/\d+/g)!
      .map(Number);
    const [month, day, year, hour, minute, second] = parts as [number, number, number, number, number, number];
    return Date.UTC(year, month - 1, day, hour, minute, second) / 1000 - utcSeconds;
  };
};

/** First second in (low, high] whose offset is not `before`. */
const findChange = (offsetAt: (at: number) => number, low: number, high: number, before: number): number => {
  let left = low;
  let right = high;
  while (right - left > 1) {
    const middle = Math.floor((left + right) / 2);
    if (offsetAt(middle) === before) left = middle;
    else right = middle;
  }
  return right;
};

const readChanges = (zone: string): { instants: number[]; offsets: number[] } => {
  const offsetAt = offsetReader(zone);
  const end = yearStart(LAST_YEAR + 1);
  const instants: number[] = [];
  let at = yearStart(FIRST_YEAR);
  const offsets = [offsetAt(at)];
  while (at < end) {
    const next = at + STEP;
    const before = offsets.at(-1)!;
    const after = offsetAt(next);
    if (after === before) {
      at = next;
    } else {
      const change = findChange(offsetAt, at, next, before);
      instants.push(change);
      offsets.push(offsetAt(change));
      at = change;
    }
  }
  return { instants, offsets };
};

const indexYears = (localTo: Float64Array): Uint16Array => {
  const first = new Uint16Array(LAST_YEAR - FIRST_YEAR + 1);
  let change = 0;
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    while (change < localTo.length && localTo[change]! <= yearStart(year)) change++;
    first[year - FIRST_YEAR] = change;
  }
  return first;
};

const tables = new Map<string, ZoneTable>();

/** The table of an IANA zone; made once and kept. Throws RangeError for a zone that does not exist. */
export const zoneTable = (zone: string): ZoneTable => {
  const known = tables.get(zone);
  if (known) return known;
  const { instants, offsets } = readChanges(zone);
  const localFrom = Float64Array.from(instants, (at, i) => at + Math.min(offsets[i]!, offsets[i + 1]!));
  const localTo = Float64Array.from(instants, (at, i) => at + Math.max(offsets[i]!, offsets[i + 1]!));
  const table: ZoneTable = {
    zone,
    instants: Float64Array.from(instants),
    offsets: Int32Array.from(offsets),
    localFrom,
    localTo,
    firstOfYear: indexYears(localTo),
  };
  tables.set(zone, table);
  return table;
};

/** What happened to a local time: it is clear, occurs twice (the first is taken) or not at all (shifted forward by the gap). */
export type LocalKind = 'clear' | 'ambiguous' | 'missing';

/**
 * Index of the offset that holds for a local time (seconds since 1970 as the wall clock shows them). In an ambiguous or missing hour it is the offset before the change:
 * that gives the first of two equal times, and shifts a missing time forward by the length of the gap.
 */
export const offsetIndex = (table: ZoneTable, localSeconds: number, year: number): number => {
  if (year < FIRST_YEAR) return 0;
  let index = year > LAST_YEAR ? table.localTo.length : table.firstOfYear[year - FIRST_YEAR]!;
  while (index < table.localTo.length && localSeconds >= table.localTo[index]!) index++;
  return index;
};

/** Whether a local time that uses the offset `index` is in the hour of a change. */
export const localKind = (table: ZoneTable, localSeconds: number, index: number): LocalKind => {
  if (index >= table.localFrom.length || localSeconds < table.localFrom[index]!) return 'clear';
  return table.offsets[index + 1]! < table.offsets[index]! ? 'ambiguous' : 'missing';
};

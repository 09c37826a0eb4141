import type { SourceValue } from '../../core/record.ts';
import { secondLook } from '../coerce/second-look.ts';
import type { FieldContext } from '../field-context.ts';
import type { Report } from '../report.ts';
import { type DateTimeParts, daysOf, newDateTimeParts, parseDateTime } from './parse-date-time.ts';
import { localKind, offsetIndex, type ZoneTable } from './zone-table.ts';

const SECONDS_A_DAY = 86_400;
const HOUR = 3600;

/** Dates that stand for "no date" in legacy data; and all after `lastYear`. */
const isSentinel = (parts: DateTimeParts, lastYear: number): boolean => {
  const { year } = parts;
  if (year > lastYear) return true;
  return parts.month === 1 && parts.day === 1 && (year === 1900 || year === 1753 || year === 1);
};

/** What becomes of a date that a conversion to UTC moved to the evening before: only said, or moved back. */
export type DateShift = 'warn' | 'repair';

/** A time of exactly 22:00 or 23:00, in a column that means a date: a local midnight written in UTC. */
const isShifted = (parts: DateTimeParts): boolean =>
  parts.micros === 0 && (parts.seconds === 23 * HOUR || parts.seconds === 22 * HOUR);

/** Days to add. */
const shiftOf = (dateShift: DateShift, report: Report): 0 | 1 => {
  report('DATE_SHIFT', 'warning', dateShift === 'repair' ? 'change' : 'load');
  return dateShift === 'repair' ? 1 : 0;
};

/** Sentinels become NULL (DATE_SENTINEL), `dd.mm.yyyy` is told (DATE_FORMAT); `use` makes the value of everything else. */
const checked =
  (parts: DateTimeParts, { report, lastYear }: FieldContext, use: () => number) =>
  (): number | null => {
    if (isSentinel(parts, lastYear)) {
      report('DATE_SENTINEL', 'warning', 'change');
      return null;
    }
    if (parts.repaired) report('DATE_FORMAT', 'warning', 'change');
    return use();
  };

/** Reads a value into `parts` and makes a number of it; what cannot be read is TYPE_INVALID. */
const reader = (context: FieldContext, expected: string, parts: DateTimeParts, use: () => number) => {
  const make = checked(parts, context, use);
  const slow = (text: string): number | null | undefined => (parseDateTime(text, parts) ? make() : undefined);
  return (value: SourceValue): number | null => {
    if (value === null || value === '') return null;
    if (typeof value === 'string' && parseDateTime(value, parts)) return make();
    return secondLook<number | null>(value, context, expected, slow);
  };
};

export interface InstantOptions {
  /** Another zone than the office's. */
  readonly zone?: ZoneTable;
  /** Set for a column that means a date. */
  readonly dateShift?: DateShift | null;
}

/**
 * Turns date and time text into microseconds UTC. A text with an offset (datetimeoffset) keeps it; one without is local time of the zone: the first of two equal
 * times is taken (TIME_AMBIGUOUS), a time that the clock skipped moves forward (TIME_MISSING).
 */
export const instantReader = (
  context: FieldContext,
  { zone = context.zone(), dateShift = null }: InstantOptions = {},
): ((value: SourceValue) => number | null) => {
  const parts = newDateTimeParts();
  const { report } = context;
  const local = (seconds: number): number => {
    const index = offsetIndex(zone, seconds, parts.year);
    const kind = localKind(zone, seconds, index);
    if (kind === 'ambiguous') report('TIME_AMBIGUOUS', 'warning', 'load', { zone: zone.zone });
    else if (kind === 'missing') report('TIME_MISSING', 'warning', 'change', { zone: zone.zone });
    return seconds - zone.offsets[index]!;
  };
  return reader(context, 'timestamptz', parts, () => {
    const shift = dateShift !== null && isShifted(parts) ? shiftOf(dateShift, report) : 0;
    const seconds = (daysOf(parts) + shift) * SECONDS_A_DAY + (shift === 0 ? parts.seconds : 0);
    const utc = Number.isNaN(parts.offset) ? local(seconds) : seconds - parts.offset;
    return utc * 1_000_000 + parts.micros;
  });
};

/**
 * Turns date or date and time text into days since 1970. A time of exactly 22:00 or 23:00 is a local midnight that was moved to the day before by a conversion to UTC:
 * DATE_SHIFT; `repair` takes the day after.
 */
export const dateReader = (context: FieldContext, dateShift: DateShift): ((value: SourceValue) => number | null) => {
  const parts = newDateTimeParts();
  return reader(context, 'date', parts, () => {
    return daysOf(parts) + (isShifted(parts) ? shiftOf(dateShift, context.report) : 0);
  });
};

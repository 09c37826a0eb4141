import type { SourceValue } from '../../core/record.ts';
import { secondLook } from '../coerce/second-look.ts';
import type { FieldContext } from '../field-context.ts';
import { type DateTimeParts, daysOf, newDateTimeParts, parseDateTime } from './parse-date-time.ts';
import { localKind, offsetIndex, zoneTable } from './zone-table.ts';

/** Dates that stand for "no date" in legacy data; and all after `lastYear`. */
export const isSentinel = (parts: DateTimeParts, lastYear: number): boolean => {
  const { year } = parts;
  if (year > lastYear) return true;
  return parts.month === 1 && parts.day === 1 && (year === 1900 || year === 1753 || year === 1);
};

const SECONDS_A_DAY = 86_400;

/**
 * Turns date and time text into microseconds UTC. A text with an offset (datetimeoffset) keeps it; one without is local time of the office's zone: the first of two equal
 * times is taken (TIME_AMBIGUOUS), a time that the clock skipped moves forward (TIME_MISSING). Sentinels become NULL (DATE_SENTINEL). `zoneName`: another zone than the office's.
 */
export const instantReader = (context: FieldContext, zoneName?: string): ((value: SourceValue) => number | null) => {
  const parts = newDateTimeParts();
  const { report, lastYear } = context;
  const zone = zoneName === undefined ? context.zone() : zoneTable(zoneName);
  const local = (seconds: number): number => {
    const index = offsetIndex(zone, seconds, parts.year);
    const kind = localKind(zone, seconds, index);
    if (kind === 'ambiguous') report('TIME_AMBIGUOUS', 'warning', 'load', { zone: zone.zone });
    else if (kind === 'missing') report('TIME_MISSING', 'warning', 'change', { zone: zone.zone });
    return seconds - zone.offsets[index]!;
  };
  const toMicros = (): number | null => {
    if (isSentinel(parts, lastYear)) {
      report('DATE_SENTINEL', 'warning', 'change');
      return null;
    }
    if (parts.repaired) report('DATE_FORMAT', 'warning', 'change');
    const seconds = daysOf(parts) * SECONDS_A_DAY + parts.seconds;
    const utc = Number.isNaN(parts.offset) ? local(seconds) : seconds - parts.offset;
    return utc * 1_000_000 + parts.micros;
  };
  const slow = (text: string): number | null | undefined => (parseDateTime(text, parts) ? toMicros() : undefined);
  return (value) => {
    if (value === null || value === '') return null;
    if (typeof value === 'string' && parseDateTime(value, parts)) return toMicros();
    return secondLook<number | null>(value, context, 'timestamptz', slow);
  };
};

const HOUR = 3600;

/**
 * Turns date or date and time text into days since 1970. A time of exactly 22:00 or 23:00 is a local midnight that was moved to the day before by a conversion to UTC:
 * DATE_SHIFT; `repair` takes the day after.
 */
export const dateReader = (context: FieldContext, repair: boolean): ((value: SourceValue) => number | null) => {
  const parts = newDateTimeParts();
  const { report, lastYear } = context;
  const toDays = (): number | null => {
    if (isSentinel(parts, lastYear)) {
      report('DATE_SENTINEL', 'warning', 'change');
      return null;
    }
    if (parts.repaired) report('DATE_FORMAT', 'warning', 'change');
    const shifted = parts.micros === 0 && (parts.seconds === 23 * HOUR || parts.seconds === 22 * HOUR);
    if (shifted) report('DATE_SHIFT', 'warning', repair ? 'change' : 'load');
    return daysOf(parts) + (shifted && repair ? 1 : 0);
  };
  const slow = (text: string): number | null | undefined => (parseDateTime(text, parts) ? toDays() : undefined);
  return (value) => {
    if (value === null || value === '') return null;
    if (typeof value === 'string' && parseDateTime(value, parts)) return toDays();
    return secondLook<number | null>(value, context, 'date', slow);
  };
};

const MINUTE = 60_000_000;
const FIRST_YEAR = 1700;
const LAST_YEAR = 2400;

const formats = new Map<string, Intl.DateTimeFormat>();
const yearStarts = new Map<string, Float64Array>();

/** Year of a point in time (microseconds since 1970) on the clock of one place; a comparison of two numbers per call. */
export function localYearOf(timezone: string): (microseconds: number) => number {
  const starts = startsOf(timezone);
  return (microseconds) => {
    const year = Math.floor(microseconds / 31_556_952_000_000) + 1970;
    if (year <= FIRST_YEAR || year >= LAST_YEAR) return year;
    const index = year - FIRST_YEAR;
    if (microseconds < starts[index]!) return year - 1;
    return microseconds >= starts[index + 1]! ? year + 1 : year;
  };
}

/** Day on the clock of that place as `year * 10000 + month * 100 + day`. */
export function localDay(microseconds: number, timezone: string): number {
  const date = new Date(microseconds / 1000 + offsetMinutes(microseconds, timezone) * 60_000);
  return date.getUTCFullYear() * 10000 + (date.getUTCMonth() + 1) * 100 + date.getUTCDate();
}

/** Point in time of a local wall time; of two, the earlier. Month from 1. */
export function instantOf(timezone: string, year: number, month: number, day: number, hour = 0, minute = 0): number {
  const wall = Date.UTC(year, month - 1, day, hour, minute) * 1000;
  const guess = wall - offsetMinutes(wall - 26 * 60 * MINUTE, timezone) * MINUTE;
  return wall - offsetMinutes(guess, timezone) * MINUTE;
}

function startsOf(timezone: string): Float64Array {
  let starts = yearStarts.get(timezone);
  if (starts === undefined) {
    starts = new Float64Array(LAST_YEAR - FIRST_YEAR + 1);
    for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) starts[year - FIRST_YEAR] = instantOf(timezone, year, 1, 1);
    yearStarts.set(timezone, starts);
  }
  return starts;
}

/** Minutes that local time is ahead of UTC at that moment (whole minutes; local mean times of the 19th century are cut). */
function offsetMinutes(microseconds: number, timezone: string): number {
  let format = formats.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: timezone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    });
    formats.set(timezone, format);
  }
  const milliseconds = Math.floor(microseconds / MINUTE) * 60_000;
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {};
  for (const part of format.formatToParts(milliseconds)) parts[part.type] = Number(part.value);
  const wall = Date.UTC(parts.year!, parts.month! - 1, parts.day, parts.hour, parts.minute);
  return Math.round((wall - milliseconds) / 60_000);
}

/** How much of a date is known. */
export type DatePrecision = 'rok' | 'miesiac' | 'dzien';

/** A date that may name only a year or a month (`2011`, `2011-04`, `2011-04-30`). */
export interface PartialDate {
  /** First day of the period, days since 1970-01-01. */
  readonly day: number;
  readonly precision: DatePrecision;
  /** ISO text of the known part. */
  readonly text: string;
  /** True when it was written another way (`30.04.2011`, `04.2011`, `2011-04-30 00:00:00`). */
  readonly converted: boolean;
}

const ISO = /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:[ T]00:00(?::00(?:\.0+)?)?)?)?)?$/;
const DOTTED = /^(?:(\d{1,2})[./-])?(\d{1,2})[./-](\d{4})(?: ?r\.?)?$/;

/** Reads a partial date; null when it is none or no date of the calendar. */
export function parsePartialDate(text: string): PartialDate | null {
  const iso = ISO.exec(text);
  if (iso !== null) return partial(iso[1], iso[2], iso[3], text.length > 10);
  const dotted = DOTTED.exec(text);
  return dotted === null ? null : partial(dotted[3], dotted[2], dotted[1], true);
}

function partial(
  year: string | undefined,
  month: string | undefined,
  day: string | undefined,
  converted: boolean,
): PartialDate | null {
  const [y, m, d] = [Number(year), Number(month ?? 1), Number(day ?? 1)];
  const at = new Date(Date.UTC(2000, m - 1, d));
  at.setUTCFullYear(y, m - 1, d);
  if (y < 1 || m < 1 || m > 12 || at.getUTCMonth() !== m - 1 || at.getUTCDate() !== d) return null;
  const parts = [String(year), month?.padStart(2, '0'), day?.padStart(2, '0')].filter((part) => part !== undefined);
  return {
    day: Math.floor(at.getTime() / 86_400_000),
    precision: day !== undefined ? 'dzien' : month !== undefined ? 'miesiac' : 'rok',
    text: parts.join('-'),
    converted,
  };
}

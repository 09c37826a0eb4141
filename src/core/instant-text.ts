const FORMATS = new Map<string, Intl.DateTimeFormat>();

const formatOf = (timezone: string): Intl.DateTimeFormat => {
  let format = FORMATS.get(timezone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: timezone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    FORMATS.set(timezone, format);
  }
  return format;
};

/** A point in time (microseconds since 1970) as local wall time of the zone: `2023-03-15 10:15:00`. For messages, not for storing. */
export const instantText = (microseconds: number, timezone: string): string => {
  const milliseconds = Math.floor(microseconds / 1000);
  return Number.isFinite(milliseconds) && Math.abs(milliseconds) <= 8.64e15
    ? formatOf(timezone).format(milliseconds)
    : `${microseconds} µs`;
};

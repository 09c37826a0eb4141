import type { ZoneTable } from './zone-table.ts';

/** Offset from UTC in seconds at an instant. */
const offsetAt = (zone: ZoneTable, utcSeconds: number): number => {
  let low = 0;
  let high = zone.instants.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (zone.instants[middle]! <= utcSeconds) low = middle + 1;
    else high = middle;
  }
  return zone.offsets[low]!;
};

/** The day (since 1970-01-01) that the calendar of the zone shows at an instant in microseconds. */
export const localDay = (zone: ZoneTable, micros: number): number => {
  const seconds = Math.floor(micros / 1_000_000);
  return Math.floor((seconds + offsetAt(zone, seconds)) / 86_400);
};

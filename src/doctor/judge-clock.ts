import { failed, ok, type Verdict, warning } from './check.ts';

/** Seconds that clocks may differ without anybody minding. */
const TOLERANCE = 5;
/** Seconds from which stamps of one system are wrong by more than an overlap window of `updatedAt` forgives. */
const FAR = 300;

/** `seconds`: server's clock minus this machine's. */
export function judgeClock(side: 'source' | 'target', seconds: number): Verdict {
  const apart = Math.abs(Math.round(seconds));
  const params = { server: side, seconds: apart, direction: seconds < 0 ? '−' : '+' };
  if (apart <= TOLERANCE) return ok('clockGood', params);
  return apart <= FAR ? warning('clockApart', params, 'clockCure') : failed('clockFar', params, 'clockCure');
}

/** The legacy server's own difference from UTC against that of the zone in which legacy times are read, both in minutes. */
export function judgeServerZone(serverMinutes: number, zoneMinutes: number, zone: string): Verdict {
  const params = { server: offsetText(serverMinutes), zone, offset: offsetText(zoneMinutes) };
  return serverMinutes === zoneMinutes
    ? ok('serverZoneGood', params)
    : warning('serverZoneOther', params, 'serverZoneCure');
}

function offsetText(minutes: number): string {
  const pad = (part: number): string => String(part).padStart(2, '0');
  const size = Math.abs(minutes);
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`;
}

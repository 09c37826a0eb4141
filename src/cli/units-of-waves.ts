import type { Config } from '../config/config.ts';
import type { SyncStore } from '../write/sync-store.ts';

/**
 * Units of waves whose day has come. The first whole sync that begins on that day or later still loads: it brings what the unit did in the legacy system before it
 * moved (`leaving`); from the next one on its records are frozen (`live`).
 */
export async function unitsOfWaves(
  { waves, timezone }: Pick<Config, 'waves' | 'timezone'>,
  now: number,
  store: Pick<SyncStore, 'finishedSince'>,
): Promise<{ readonly live: readonly string[]; readonly leaving: readonly string[] }> {
  const live = new Set<string>();
  const leaving = new Set<string>();
  for (const { units, since } of waves) {
    const start = startOfDay(since, timezone);
    if (start > now) continue;
    const into = (await store.finishedSince(start)) ? live : leaving;
    for (const unit of units) into.add(unit);
  }
  return { live: [...live].sort(), leaving: [...leaving].filter((unit) => !live.has(unit)).sort() };
}

/** The moment at which a day (`YYYY-MM-DD`) begins in a zone, in milliseconds. */
function startOfDay(day: string, timeZone: string): number {
  const midnight = Date.parse(`${day}T00:00:00Z`);
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  const [hours = 0, minutes = 0] = hour.format(midnight).split(':').map(Number);
  const ahead = (hours < 12 ? hours : hours - 24) * 60 + minutes;
  return midnight - ahead * 60_000;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { zoneOffset } from '../core/zone-offset.ts';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A time of day: minutes since midnight. */
export function parseTimeOfDay(text: string): number | null {
  const [, hours, minutes] = /^(\d{1,2}):(\d{2})$/.exec(text) ?? [];
  if (hours === undefined || Number(hours) > 23 || Number(minutes) > 59) return null;
  return Number(hours) * 60 + Number(minutes);
}

/**
 * The next moment after `now` at which clocks in the zone show this time of day. In the night in which clocks go back, an hour is there twice, and either
 * counts; in the night in which they go forward, a time that is left out comes as much later as the clocks jumped.
 */
export function nextTimeOfDay(zone: string, now: Date, timeOfDay: number): Date {
  const local = now.getTime() + zoneOffset(zone, now) * MINUTE;
  const midnight = Math.floor(local / DAY) * DAY;
  // Yesterday counts too: its wall clock may still come, when clocks have gone back over midnight.
  const moments = [-1, 0, 1, 2].flatMap((days) => momentsOf(zone, midnight + days * DAY + timeOfDay * MINUTE));
  return new Date(Math.min(...moments.filter((moment) => moment > now.getTime())));
}

/** The moments of a wall-clock time, given as if it were UTC: one, two in a repeated hour; of a skipped time the moment by the offset before the jump. */
function momentsOf(zone: string, wall: number): readonly number[] {
  const [before, after] = [wall - DAY, wall + DAY].map((moment) => zoneOffset(zone, new Date(moment)) * MINUTE);
  const moments = [...new Set([wall - before!, wall - after!])];
  const right = moments.filter((moment) => moment + zoneOffset(zone, new Date(moment)) * MINUTE === wall);
  return right.length > 0 ? right : [wall - before!];
}

/** Clock and waiting, so that a test can have its own. */
export interface WindowClock {
  now(): number;
  wait?(milliseconds: number, signal: AbortSignal): Promise<void>;
}

/** A window that closes at a moment. */
export interface TimeWindow {
  /** Fires when the window closes, or when the outer signal does. */
  readonly signal: AbortSignal;
  /** It was the window that closed, not somebody who stopped the work. */
  closed(): boolean;
  /** Stops watching the clock. */
  release(): void;
}

/** Longest wait before the clock is looked at again: a machine that slept, or whose clock was set, is noticed. */
const LOOK = 20_000;

/** Opens a window; `until` null: it never closes. */
export function openWindow(until: Date | null, outer: AbortSignal, clock: WindowClock): TimeWindow {
  const stop = new AbortController();
  const watching = new AbortController();
  let closed = false;
  const onOuter = (): void => stop.abort();
  if (outer.aborted) stop.abort();
  else outer.addEventListener('abort', onOuter, { once: true });
  const wait =
    clock.wait ?? ((milliseconds, signal) => sleep(milliseconds, undefined, { signal, ref: false }) as Promise<void>);
  const watch = async (end: number): Promise<void> => {
    for (let left = end - clock.now(); left > 0; left = end - clock.now())
      await wait(Math.min(left, LOOK), watching.signal);
    closed = !stop.signal.aborted;
    stop.abort();
  };
  // The wait ends with an error when the window is released: then there is nothing to do.
  if (until !== null) watch(until.getTime()).catch(() => undefined);
  return {
    signal: stop.signal,
    closed: () => closed,
    release: () => {
      watching.abort();
      outer.removeEventListener('abort', onOuter);
    },
  };
}

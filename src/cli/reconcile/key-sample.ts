import type { KeySample } from '../../write/target-reader.ts';

const DAY = 86_400_000;

/** The part of the keys that a share of so many percent compares on this day: the day after takes the next one, so that all is covered in 100 / percent days. */
export function keySample(percent: number, now: number): KeySample | null {
  const of = Math.max(1, Math.round(100 / percent));
  return of === 1 ? null : { of, turn: Math.floor(now / DAY) % of };
}

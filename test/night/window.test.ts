import { describe, expect, test } from 'vitest';
import { nextTimeOfDay, openWindow, parseTimeOfDay } from '../../src/night/window.ts';

const WARSAW = 'Europe/Warsaw';
const at = (text: string): Date => new Date(text);

describe('the next time of day', () => {
  test.each([
    ['later the same day', '2026-11-25T02:00:00+01:00', '05:30', '2026-11-25T05:30:00+01:00'],
    ['across midnight', '2026-11-25T22:00:00+01:00', '05:30', '2026-11-26T05:30:00+01:00'],
    ['across the end of a month and of a year', '2026-12-31T23:59:00+01:00', '00:01', '2027-01-01T00:01:00+01:00'],
    [
      'of this very minute, which is the one of tomorrow',
      '2026-11-25T05:30:00+01:00',
      '05:30',
      '2026-11-26T05:30:00+01:00',
    ],
    ['in the night in which clocks go forward', '2026-03-28T22:00:00+01:00', '05:30', '2026-03-29T05:30:00+02:00'],
    [
      'that is left out when clocks go forward, as much later',
      '2026-03-28T22:00:00+01:00',
      '02:30',
      '2026-03-29T03:30:00+02:00',
    ],
    [
      'in the night in which clocks go back, an hour longer',
      '2026-10-24T22:00:00+02:00',
      '05:30',
      '2026-10-25T05:30:00+01:00',
    ],
    ['that is there twice, the first one', '2026-10-24T22:00:00+02:00', '02:30', '2026-10-25T02:30:00+02:00'],
    ['that is there twice, from between the two', '2026-10-25T02:45:00+02:00', '02:30', '2026-10-25T02:30:00+01:00'],
    ['after both', '2026-10-25T02:45:00+01:00', '02:30', '2026-10-26T02:30:00+01:00'],
  ])('%s', (_what, now, time, expected) => {
    expect(nextTimeOfDay(WARSAW, at(now), parseTimeOfDay(time)!).toISOString()).toBe(at(expected).toISOString());
  });

  test('is always after now and within 25 hours, at every half hour of the two weeks in which clocks change', () => {
    for (const start of ['2026-03-22T00:00:00Z', '2026-10-19T00:00:00Z']) {
      for (let half = 0; half < 14 * 48; half++) {
        const now = new Date(at(start).getTime() + half * 1_800_000);
        for (const time of ['00:00', '02:30', '05:30', '23:59']) {
          const left = nextTimeOfDay(WARSAW, now, parseTimeOfDay(time)!).getTime() - now.getTime();
          expect(left).toBeGreaterThan(0);
          expect(left).toBeLessThanOrEqual(25 * 3_600_000);
        }
      }
    }
  });

  test('works far from Greenwich', () => {
    expect(nextTimeOfDay('Pacific/Auckland', at('2026-11-25T12:00:00Z'), 90).toISOString()).toBe(
      '2026-11-25T12:30:00.000Z',
    );
    expect(nextTimeOfDay('America/St_Johns', at('2026-11-25T00:00:00Z'), 0).toISOString()).toBe(
      '2026-11-25T03:30:00.000Z',
    );
  });
});

test.each([
  ['05:30', 330],
  ['5:30', 330],
  ['00:00', 0],
  ['23:59', 1439],
  ['24:00', null],
  ['5.30', null],
  ['05:60', null],
  ['', null],
])('"%s" is the time of day %s', (text, minutes) => expect(parseTimeOfDay(text)).toBe(minutes));

describe('a window', () => {
  /** A clock that jumps when somebody waits. */
  function clock(start: number): { now(): number; wait(milliseconds: number): Promise<void>; waits: number[] } {
    let now = start;
    const waits: number[] = [];
    return {
      now: () => now,
      waits,
      async wait(milliseconds) {
        waits.push(milliseconds);
        await Promise.resolve();
        now += milliseconds;
      },
    };
  }
  const fired = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      if (signal.aborted) resolve();
      else signal.addEventListener('abort', () => resolve(), { once: true });
    });

  test('closes at its end, looking at the clock again and again', async () => {
    const time = clock(0);
    const window = openWindow(new Date(70_000), new AbortController().signal, time);
    await fired(window.signal);
    expect(window.closed()).toBe(true);
    expect(time.now()).toBe(70_000);
    expect(Math.max(...time.waits)).toBeLessThanOrEqual(20_000);
  });

  test('that is past already closes at once', async () => {
    const window = openWindow(new Date(5), new AbortController().signal, clock(10));
    await fired(window.signal);
    expect(window.closed()).toBe(true);
  });

  test('without an end fires only with the signal outside, which is not a closing', async () => {
    const outer = new AbortController();
    const window = openWindow(null, outer.signal, clock(0));
    expect(window.signal.aborted).toBe(false);
    outer.abort();
    await fired(window.signal);
    expect(window.closed()).toBe(false);
  });

  test('does not hold the process after it was released', async () => {
    const window = openWindow(new Date(Date.now() + 50), new AbortController().signal, { now: () => Date.now() });
    window.release();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(window.signal.aborted).toBe(false);
  });
});

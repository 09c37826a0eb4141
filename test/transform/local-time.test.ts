import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { civilFromDays, daysFromCivil, isoDate } from '../../src/transform/time/civil.ts';
import { zoneTable } from '../../src/transform/time/zone-table.ts';
import { transformOne } from './make-plan.ts';

const micros = (iso: string) => Date.parse(iso) * 1000;

const localTime = (value: string) =>
  transformOne(value, 'timestamptz', { transforms: [{ name: 'localTime', arg: null }] });

describe('localTime in Europe/Warsaw', () => {
  test.each([
    ['winter', '2023-01-15 12:00:00', '2023-01-15T11:00:00Z', []],
    ['summer', '2023-07-15 12:00:00', '2023-07-15T10:00:00Z', []],
    ['the last minute before the spring change', '2023-03-26 01:59:59', '2023-03-26T00:59:59Z', []],
    ['the skipped hour, moved forward to 03:30', '2023-03-26 02:30:00', '2023-03-26T01:30:00Z', ['TIME_MISSING']],
    ['the first minute after the spring change', '2023-03-26 03:00:00', '2023-03-26T01:00:00Z', []],
    ['the last minute before the doubled hour', '2023-10-29 01:59:59', '2023-10-28T23:59:59Z', []],
    ['the doubled hour, the first of both', '2023-10-29 02:30:00', '2023-10-29T00:30:00Z', ['TIME_AMBIGUOUS']],
    ['the first minute after the doubled hour', '2023-10-29 03:00:00', '2023-10-29T02:00:00Z', []],
    ['Warsaw mean time before 1915', '1905-06-01 12:00:00', '1905-06-01T10:36:00Z', []],
    ['the double war-time summer', '1941-07-01 12:00:00', '1941-07-01T10:00:00Z', []],
    ['a summer without summer time', '1970-07-01 12:00:00', '1970-07-01T11:00:00Z', []],
    ['the first summer time of the modern row', '1977-07-01 12:00:00', '1977-07-01T10:00:00Z', []],
    ['the change of 1995, still in September', '1995-09-24 02:30:00', '1995-09-24T00:30:00Z', ['TIME_AMBIGUOUS']],
    ['a year not yet here', '2040-07-01 12:00:00', '2040-07-01T10:00:00Z', []],
  ] as const)('%s', (_, local, utc, codes) => {
    const outcome = localTime(local);
    expect(outcome.value).toBe(micros(utc));
    expect(outcome.codes).toEqual(codes);
  });

  test.each(['1900-01-01 00:00:00.000', '1753-01-01', '0001-01-01 00:00:00', '9999-12-31 23:59:59.997', '2077-01-01'])(
    'the sentinel %s is cleared with a warning',
    (value) => {
      expect(localTime(value)).toMatchObject({ value: null, codes: ['DATE_SENTINEL'] });
    },
  );

  test('a text with an offset keeps it, whatever the zone', () => {
    expect(localTime('2023-10-29 02:30:00.0000000 +01:00')).toMatchObject({
      value: micros('2023-10-29T01:30:00Z'),
      codes: [],
    });
  });

  test('a Polish date is read with a warning', () => {
    expect(localTime('15.01.2023 12:00:00')).toMatchObject({
      value: micros('2023-01-15T11:00:00Z'),
      codes: ['DATE_FORMAT'],
    });
  });
});

describe('the table of a zone', () => {
  const wallClock = (zone: string) => {
    const format = new Intl.DateTimeFormat('sv-SE', {
      timeZone: zone,
      dateStyle: 'short',
      timeStyle: 'medium',
    });
    return (seconds: number) => format.format(seconds * 1000);
  };

  test.each(['Europe/Warsaw', 'Europe/London', 'America/New_York', 'Asia/Kolkata', 'UTC'])(
    'agrees with Intl at any second between 1900 and 2076 in %s',
    (zone) => {
      const show = wallClock(zone);
      const table = zoneTable(zone);
      fc.assert(
        fc.property(fc.integer({ min: Date.UTC(1900, 0, 2) / 1000, max: Date.UTC(2075, 0, 1) / 1000 }), (seconds) => {
          let index = 0;
          while (index < table.instants.length && seconds >= table.instants[index]!) index++;
          const local = seconds + table.offsets[index]!;
          const text = `${isoDate(Math.floor(local / 86_400))} ${new Date(local * 1000).toISOString().slice(11, 19)}`;
          expect(text).toBe(show(seconds));
        }),
        { numRuns: 300 },
      );
    },
  );

  test('a local time goes to UTC and back to itself, unless the clock skipped it', () => {
    const show = wallClock('Europe/Warsaw');
    fc.assert(
      fc.property(
        fc.integer({ min: Date.UTC(1901, 0, 1) / 1000, max: Date.UTC(2075, 0, 1) / 1000 }),
        (localSeconds) => {
          const iso = new Date(localSeconds * 1000).toISOString();
          const text = `${iso.slice(0, 10)} ${iso.slice(11, 19)}`;
          const outcome = localTime(text);
          const back = show(Number(outcome.value) / 1_000_000);
          if (outcome.codes.includes('TIME_MISSING')) expect(back > text).toBe(true);
          else expect(back).toBe(text);
        },
      ),
      { numRuns: 300 },
    );
  });

  test('near every change of the clock, local times are clear, doubled or skipped as Intl says', () => {
    const show = wallClock('Europe/Warsaw');
    const table = zoneTable('Europe/Warsaw');
    const modern = [...table.instants].filter(
      (at) => at > Date.UTC(1911, 0, 1) / 1000 && at < Date.UTC(2030, 0, 1) / 1000,
    );
    expect(modern.length).toBeGreaterThan(120);
    for (const at of modern) {
      for (const delta of [-5400, -1800, -1, 0, 1, 1800, 5400]) {
        const text = show(at + delta);
        const outcome = localTime(text);
        expect(show(Number(outcome.value) / 1_000_000)).toBe(text);
        expect(Number(outcome.value) / 1_000_000).toBeLessThanOrEqual(at + delta);
      }
    }
  });
});

describe('dates of the calendar', () => {
  test('days and civil dates are inverse', () => {
    fc.assert(
      fc.property(fc.integer({ min: -719_162, max: 2_932_896 }), (days) => {
        const { year, month, day } = civilFromDays(days);
        expect(daysFromCivil(year, month, day)).toBe(days);
        expect(isoDate(days)).toBe(new Date(days * 86_400_000).toISOString().slice(0, 10));
      }),
    );
  });
});

import { describe, expect, test } from 'vitest';
import type { SourceValue } from '../../src/core/record.ts';
import { canonicalMoment, sameValue } from '../../src/transform/corrections/same-value.ts';

describe('the source holds what a correction expects', () => {
  test.each<[string, SourceValue, string | null]>([
    ['the same text', 'Teczka', 'Teczka'],
    ['spaces around and between', '  Teczka\u00a0 A ', 'Teczka A'],
    ['another Unicode form', 'Zo\u0301łw', 'Zółw'],
    ['NULL and nothing', null, null],
    ['an empty text and nothing', '', null],
    ['a number', 14, '14'],
    ['a bit of the database', true, 'PRAWDA'],
    ['a date with the time of midnight', '2023-03-15 00:00:00.000', '15.03.2023'],
    ['a date and time as a Polish spreadsheet writes it', '2023-03-15 10:15:00.000', '15.03.2023 10:15'],
    ['a fraction of a second', '2023-03-15T10:15:07.1200000', '2023-03-15 10:15:07,12'],
    ['a moment without its fraction', '2022-06-29 09:10:03.123', '2022-06-29 09:10:03'],
    ['a moment without its seconds', '2022-06-29 09:10:03', '29.06.2022 9:10'],
    ['a decimal comma', '12.50', '12,50'],
    ['a masked PESEL', '99323100016', '9932*****16'],
    ['a masked name', 'Jan Kowalski', 'J. K.'],
  ])('%s', (_, source, expected) => {
    expect(sameValue(source, expected, 'Wartosc')).toBe(true);
  });

  test.each<[string, SourceValue, string | null]>([
    ['another case', 'teczka', 'Teczka'],
    ['leading zeros', '014', '14'],
    ['something for nothing', 'x', null],
    ['nothing for something', null, 'x'],
    ['another minute', '2023-03-15 10:15:00.000', '15.03.2023 10:16'],
    ['a date for a date and time', '2023-03-15 10:15:00.000', '2023-03-15'],
    ['another second', '2022-06-29 09:10:03.123', '2022-06-29 09:10:04'],
    ['another fraction', '2022-06-29 09:10:03.123', '2022-06-29 09:10:03.124'],
    ['the mask of another value', '99323100016', '9832*****16'],
    ['text 1 is no bit', '1', 'PRAWDA'],
  ])('not: %s', (_, source, expected) => {
    expect(sameValue(source, expected, 'Wartosc')).toBe(false);
  });

  test('what is no date has no canonical form', () => {
    expect(['31.13.2023', '2023-03-15 kiedyś', 'RPW/1/2023', '1.2.3'].map(canonicalMoment)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});

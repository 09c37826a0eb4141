import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceRow, SourceValue } from '../../src/core/record.ts';
import { createJoinIndexBuilder, openJoinIndex } from '../../src/transform/join-index.ts';

const join = { as: 'osoba', table: 'dbo.Osoby', on: 'IdOsoby', of: 0, columns: ['Id', 'Nazwa', 'IdOsoby'] };

const indexOf = (rows: readonly SourceRow[]) => {
  const builder = createJoinIndexBuilder(join);
  for (const row of rows) builder.addRow(row);
  return openJoinIndex(structuredClone(builder.build()));
};

describe('a joined table', () => {
  test('its builder says which columns it wants', () => {
    expect(createJoinIndexBuilder(join).columns).toEqual(['Id', 'Nazwa', 'IdOsoby']);
    expect(createJoinIndexBuilder({ ...join, columns: ['Nazwa'] }).columns).toEqual(['Nazwa', 'IdOsoby']);
  });

  test('values are found by key and column, whatever the source spelled the key like', () => {
    const index = indexOf([
      [1, 'Żółw', '7'],
      [2, null, 8],
    ]);
    expect(index.get(7, 1)).toBe('Żółw');
    expect(index.get(8, 0)).toBe(2);
    expect(index.get(8, 1)).toBeNull();
    expect(index.get(9, 1)).toBeUndefined();
  });

  test('of several rows with one key the greatest stays, in any order', () => {
    const rows: SourceRow[] = [
      ['9', 'stara', 7],
      ['10', 'nowa', 7],
      ['2', 'najstarsza', 7],
    ];
    for (const order of [rows, [...rows].reverse()]) expect(indexOf(order).get(7, 1)).toBe('nowa');
  });

  test('the greatest key decides even when the mapping names other columns first', () => {
    const builder = createJoinIndexBuilder({ ...join, columns: ['Nazwa'] }, ['Id']);
    expect(builder.columns).toEqual(['Nazwa', 'IdOsoby', 'Id']);
    for (const row of [
      ['Zawada', 7, '9'],
      ['Adamska', 7, '10'],
    ])
      builder.addRow(row);
    expect(openJoinIndex(builder.build()).get(7, 0)).toBe('Adamska');
  });

  test('rows that the mapping leaves out do not count', () => {
    const builder = createJoinIndexBuilder({ ...join, where: [{ column: 'Id', value: 8 }] });
    for (const row of [
      ['8', 'rodzaj', 1],
      [9, 'inny słownik', 1],
      [9, 'inny słownik', 2],
    ])
      builder.addRow(row);
    const index = openJoinIndex(builder.build());
    expect([index.get(1, 1), index.get(2, 1)]).toEqual(['rodzaj', undefined]);
  });

  test('a row without a key is never found', () => {
    expect(indexOf([[1, 'x', null]]).get(0, 1)).toBeUndefined();
  });

  const value: fc.Arbitrary<SourceValue> = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.double({ noNaN: true }),
    fc.boolean(),
    fc.constant(null),
    fc.uint8Array({ maxLength: 20 }),
  );

  test('what goes in comes out', () => {
    const key = fc.oneof(fc.nat(), fc.constantFrom('A', 'B/1', '-5'));
    const rows = fc.uniqueArray(fc.tuple(key, value, value), { selector: ([k]) => k, maxLength: 60 });
    fc.assert(
      fc.property(rows, (data) => {
        const index = indexOf(data.map(([k, first, second]) => [first, second, k]));
        for (const [k, first, second] of data) {
          expect(index.get(k, 0)).toEqual(first);
          expect(index.get(k, 1)).toEqual(second);
        }
      }),
    );
  });

  test('thousands of keys in a row and far apart are all found', () => {
    const keys = [
      ...Array.from({ length: 5000 }, (_, i) => i),
      ...Array.from({ length: 5000 }, (_, i) => 2 ** 40 + i * 4096),
    ];
    const index = indexOf(keys.map((key) => [key, String(key), key]));
    expect(keys.every((key) => index.get(key, 1) === String(key))).toBe(true);
    expect(index.get(5001, 1)).toBeUndefined();
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { SourceRow, SourceValue } from '../../src/core/record.ts';
import { createJoinIndexBuilder, openJoinIndex } from '../../src/transform/join-index.ts';

const join = { as: 'osoba', table: 'dbo.Osoby', on: 'IdOsoby', of: 0, columns: ['Id', 'Nazwa'] };

const indexOf = (rows: readonly SourceRow[]) => {
  const builder = createJoinIndexBuilder(join);
  for (const row of rows) builder.addRow(row);
  return openJoinIndex(structuredClone(builder.build()));
};

describe('a joined table', () => {
  test('its builder says which columns it wants', () => {
    expect(createJoinIndexBuilder(join).columns).toEqual(['IdOsoby', 'Id', 'Nazwa']);
  });

  test('values are found by key and column, whatever the source spelled the key like', () => {
    const index = indexOf([
      ['7', 1, 'Żółw'],
      [8, 2, null],
    ]);
    expect(index.get(7, 1)).toBe('Żółw');
    expect(index.get(8, 0)).toBe(2);
    expect(index.get(8, 1)).toBeNull();
    expect(index.get(9, 1)).toBeUndefined();
  });

  test('of several rows with one key the greatest stays, in any order', () => {
    const rows: SourceRow[] = [
      [7, '9', 'stara'],
      [7, '10', 'nowa'],
      [7, '2', 'najstarsza'],
    ];
    for (const order of [rows, [...rows].reverse()]) expect(indexOf(order).get(7, 1)).toBe('nowa');
  });

  test('a row without a key is never found', () => {
    expect(indexOf([[null, 1, 'x']]).get(0, 1)).toBeUndefined();
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
        const index = indexOf(data);
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
    const index = indexOf(keys.map((key) => [key, key, String(key)]));
    expect(keys.every((key) => index.get(key, 1) === String(key))).toBe(true);
    expect(index.get(5001, 1)).toBeUndefined();
  });
});

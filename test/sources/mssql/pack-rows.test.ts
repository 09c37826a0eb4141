import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SourceValue } from '../../../src/core/record.ts';
import { packRows, unpackRows } from '../../../src/sources/mssql/pack-rows.ts';

const value: fc.Arbitrary<SourceValue> = fc.oneof(
  fc.constant(null),
  fc.boolean(),
  fc.double(),
  fc.integer(),
  fc.string({ unit: 'binary' }),
  fc.string({ unit: fc.constantFrom('\uD800', 'ą', '\u0000', ' ') }),
  fc.uint8Array(),
);

it('rows come out of a packed slice as they went in, wherever its bytes lie', () => {
  const rows = fc
    .integer({ min: 1, max: 6 })
    .chain((width) => fc.array(fc.array(value, { minLength: width, maxLength: width }), { minLength: 1 }));
  fc.assert(
    fc.property(rows, fc.integer({ min: 0, max: 9 }), (before, shift) => {
      const packed = packRows(before, before[0]!.length);
      const shifted = new Uint8Array(packed.length + shift);
      shifted.set(packed, shift);
      expect(unpackRows(shifted.subarray(shift), {}).rows).toEqual(before);
    }),
  );
});

it('keeps only the values that were asked for', () => {
  expect(unpackRows(packRows([[1, 'a', 2n]], 2), {}).rows).toEqual([[1, 'a']]);
});

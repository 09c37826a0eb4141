import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIdSpace, uuidText } from '../../../src/core/target-id.ts';
import { HIGHEST, idRange, type Place, placeAt } from '../../../src/pipeline/reconcile/id-place.ts';
import { IdSet } from '../../../src/pipeline/reconcile/id-set.ts';
import { bucketOf, divide, divideRange, rangeOf } from '../../../src/pipeline/reconcile/range-fold.ts';

const space = createIdSpace('UM-TEST', 'sprawa');
const place = (key: number | string): { readonly place: Place; readonly id: string } => {
  const bytes = new Uint8Array(16);
  space.write(bytes, 0, key);
  const found: Place = { hashed: false, number: 0 };
  placeAt(new DataView(bytes.buffer), 0, found);
  return { place: found, id: uuidText(bytes, 0) };
};
const KEY = fc.oneof(
  fc.integer({ min: 0, max: 5000 }),
  fc.maxSafeNat(),
  fc.string({ minLength: 1 }).map((text) => `k${text}`),
);
const upper = new Uint8Array(16);
space.write(upper, 0, 0);

test('places stand in the order of ids, whole numbers before all others', () => {
  fc.assert(
    fc.property(KEY, KEY, (a, b) => {
      const [left, right] = [place(a), place(b)];
      if (left.place.hashed !== right.place.hashed) expect(left.id < right.id).toBe(right.place.hashed);
      else if (left.place.number !== right.place.number)
        expect(left.id < right.id).toBe(left.place.number < right.place.number);
    }),
  );
});

test('every id is in the range of its bucket, and in the ids asked of the target for it', () => {
  fc.assert(
    fc.property(KEY, fc.nat(100_000), fc.nat(1_000_000), (key, lowest, more) => {
      const buckets = divide(lowest, lowest + more);
      const found = place(key);
      const range = rangeOf(buckets, bucketOf(buckets, found.place), true);
      expect(range.hashed).toBe(found.place.hashed);
      expect(range.from <= found.place.number && found.place.number <= range.to).toBe(true);
      const { from, to } = idRange(range, upper);
      expect(uuidText(from, 0) <= found.id && found.id <= uuidText(to, 0)).toBe(true);
      const finer = divideRange(range, 1024);
      const part = rangeOf(finer, bucketOf(finer, found.place), false);
      expect(part.from <= found.place.number && found.place.number <= part.to).toBe(true);
    }),
  );
});

test('ten million keys are no more than 65,536 buckets, and the ends reach to the last key', () => {
  const buckets = divide(1, 10_000_000);
  expect(buckets.integers).toBeLessThanOrEqual(65_536);
  expect(rangeOf(buckets, 0, true).from).toBe(0);
  expect(rangeOf(buckets, buckets.integers - 1, true).to).toBe(HIGHEST.integer);
});

test('a set of ids holds what was put in and nothing else', () => {
  const WORD = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 2 ** 32 - 1 }), fc.nat(3000));
  fc.assert(
    fc.property(
      fc.array(fc.tuple(WORD, WORD), { maxLength: 3000 }),
      fc.array(fc.tuple(WORD, WORD)),
      (members, others) => {
        const set = new IdSet();
        const known = new Set<string>();
        for (const [high, low] of members) {
          expect(set.add(high, low)).toBe(known.has(`${high} ${low}`));
          known.add(`${high} ${low}`);
        }
        expect(set.size).toBe(known.size);
        for (const [high, low] of [...members, ...others]) expect(set.has(high, low)).toBe(known.has(`${high} ${low}`));
      },
    ),
    { numRuns: 20 },
  );
});

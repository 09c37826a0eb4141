import fc from 'fast-check';
import { expect, test } from 'vitest';
import { KeyBitmap } from '../../src/core/key-bitmap.ts';

const anyKey = fc.oneof(
  fc.integer({ min: 0, max: 200_000 }),
  fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.integer({ min: 0, max: 9 }).map((part) => `A|${part}`),
);

test('a set of keys tells what it has as a Set of them does', () => {
  fc.assert(
    fc.property(fc.array(anyKey, { maxLength: 300 }), fc.array(anyKey, { maxLength: 50 }), (added, asked) => {
      const [bitmap, set] = [new KeyBitmap(), new Set<number | string>()];
      for (const key of added) {
        expect(bitmap.add(key)).toBe(set.has(key));
        set.add(key);
      }
      for (const key of [...added, ...asked]) expect(bitmap.has(key)).toBe(set.has(key));
    }),
  );
});

test('it keeps many texts apart while it grows', () => {
  const bitmap = new KeyBitmap();
  for (let i = 0; i < 5000; i++) expect(bitmap.add(`${i}.${i * 7}`)).toBe(false);
  for (let i = 0; i < 5000; i++)
    expect([bitmap.has(`${i}.${i * 7}`), bitmap.has(`${i}.${i * 7 + 1}`)]).toEqual([true, false]);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance } from '../../src/core/did-you-mean.ts';

describe('the word that was meant', () => {
  it.each([
    ['requird', ['required', 'rules'], 'required'],
    ['FIELDS', ['from', 'fields'], 'fields'],
    ['lokcal', ['local', 'lower'], 'local'],
    ['trmi', ['trim', 'term'], 'trim'],
    ['Rodaj', ['Rok', 'Rodzaj'], 'Rodzaj'],
    ['znak', ['znak_sprawy', 'tytul'], 'znak_sprawy'],
    ['zupelnie', ['trim', 'nfc'], null],
    ['x', ['trim'], null],
  ])('for %s of %j is %s', (found, allowed, word) => {
    expect(didYouMean(found, allowed)).toBe(word);
  });
});

describe('the distance of two words', () => {
  const words = fc.string({ maxLength: 8 });
  it('is none for the same, the same both ways, and at most the longer length', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        expect(editDistance(a, a)).toBe(0);
        expect(editDistance(a, b)).toBe(editDistance(b, a));
        expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length));
        expect(editDistance(a, b) === 0).toBe(a === b);
      }),
    );
  });
  it('counts a swap of neighbours once', () => {
    expect(editDistance('abcd', 'acbd')).toBe(1);
  });
});

import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { HASH_ALGORITHMS } from '../../src/contents/content.ts';
import { guessLegacyHash, openHashTrust } from '../../src/contents/legacy-hash.ts';

describe('the algorithm of a legacy hash is guessed by its length', () => {
  it.each(HASH_ALGORITHMS)('%s, in hex of either case, with 0x, with dashes, and in Base64', (algorithm) => {
    const hex = createHash(algorithm).update('pismo').digest('hex');
    const dashed = hex.toUpperCase().replaceAll(/..(?=.)/g, '$&-');
    for (const form of [hex, hex.toUpperCase(), `0x${hex}`, dashed, ` ${hex} `]) {
      expect(guessLegacyHash(form)).toEqual({ algorithm, hex, form: `${algorithm} hex` });
    }
    const base64 = Buffer.from(hex, 'hex').toString('base64');
    expect(guessLegacyHash(base64)).toEqual({ algorithm, hex, form: `${algorithm} base64` });
  });

  it.each(['', 'brak', 'abc123', '{8f14e45f}', 'f'.repeat(127)])('%j is no known form', (text) => {
    expect(guessLegacyHash(text)).toBeNull();
  });
});

describe('a guessed algorithm is confirmed on a sample before it is trusted', () => {
  it('is confirmed by three equal digests', () => {
    const trust = openHashTrust();
    expect(['a', 'b', 'c'].map(() => trust.note('sha512 hex', true))).toEqual(['undecided', 'undecided', 'confirmed']);
    expect(trust.note('sha512 hex', false)).toBe('confirmed');
  });

  it('is refuted by fifty without one equal, form by form', () => {
    const trust = openHashTrust();
    const states = Array.from({ length: 50 }, () => trust.note('sha256 hex', false));
    expect(states.slice(0, 49).every((state) => state === 'undecided')).toBe(true);
    expect(states.at(-1)).toBe('refuted');
    expect(trust.note('sha512 hex', false)).toBe('undecided');
  });

  it('is decided at the end by what there is', () => {
    const trust = openHashTrust();
    trust.note('sha1 hex', false);
    trust.note('md5 hex', false);
    trust.note('md5 hex', true);
    expect([...trust.conclude()]).toEqual([
      ['sha1 hex', 'refuted'],
      ['md5 hex', 'confirmed'],
    ]);
  });
});

import { type HashHalves, hashText } from './hash-text.ts';

const BITS = 1 << 23;
const PROBES = 4;

/**
 * Remembers which words are parts of people's names, in one megabyte: `has` is right when it says no, and wrong once in a few hundred times when it says yes.
 * Nothing can be read back from it.
 */
export interface WordSieve {
  add(text: string): void;
  /** Whether any word of the text was added. */
  has(text: string): boolean;
}

export function createWordSieve(): WordSieve {
  const bits = new Uint32Array(BITS >>> 5);
  const hash: HashHalves = { low: 0, high: 0 };
  const each = (word: string, visit: (at: number, mask: number) => boolean): boolean => {
    hashText(word, hash);
    for (let i = 0; i < PROBES; i++) {
      const bit = (hash.low + Math.imul(i, hash.high)) & (BITS - 1);
      if (!visit(bit >>> 5, 1 << (bit & 31))) return false;
    }
    return true;
  };
  return {
    add(text) {
      for (const word of wordsOf(text)) {
        each(word, (at, mask) => {
          bits[at] = bits[at]! | mask;
          return true;
        });
      }
    },
    has: (text) => wordsOf(text).some((word) => each(word, (at, mask) => (bits[at]! & mask) !== 0)),
  };
}

/** Words of three letters or more, in lower case. */
const wordsOf = (text: string): readonly string[] => text.toLowerCase().match(/\p{L}{3,}/gu) ?? [];

import type { SourceValue } from '../../core/record.ts';
import { plainText } from './column-profiler.ts';
import { type HashHalves, hashText, wholeHash } from './hash-text.ts';
import { createKeyWatch } from './key-watch.ts';

/** Tells whether two values together tell rows apart. Rows in which one of them is missing count as repeated. */
export interface PairWatch {
  add(first: SourceValue, second: SourceValue): void;
  finish(): { readonly repeated: number } | null;
}

export function createPairWatch(): PairWatch {
  const watch = createKeyWatch();
  const hash: HashHalves = { low: 0, high: 0 };
  let missing = 0;
  return {
    add(first, second) {
      if (first === null || second === null) {
        missing++;
        return;
      }
      hashText(`${plainText(first)}\n${plainText(second)}`, hash);
      watch.add(wholeHash(hash));
    },
    finish() {
      const key = watch.finish();
      return key === null ? null : { repeated: key.repeated + missing };
    },
  };
}

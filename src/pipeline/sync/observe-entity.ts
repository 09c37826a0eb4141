import { KeyBitmap } from '../../core/key-bitmap.ts';
import { keyFromText } from '../../core/record.ts';
import { type EncodedSlice, keyAt } from '../../core/slice.ts';

/** Which records a pass over an entity came across, whatever became of them. */
export interface Observation {
  observe(encoded: EncodedSlice): void;
  saw(key: string): boolean;
}

export function createObservation(): Observation {
  const seen = new KeyBitmap();
  return {
    observe({ keys, count, rejected, outside = [] }) {
      for (let i = 0; i < count; i++) {
        const key = keyAt(keys, i);
        if (key !== null) seen.add(key);
      }
      for (const { key } of rejected) if (key !== null) seen.add(key);
      for (const key of outside) seen.add(key);
    },
    saw: (key) => seen.has(keyFromText(key)),
  };
}

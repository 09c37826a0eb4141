import { ownText } from '../../core/own-text.ts';

/** An even sample of the different values of a column, whatever their number and order. */
export interface ValueSample {
  add(hash: number, value: string): void;
  /** Values by their hash. */
  values(): ReadonlyMap<number, string>;
}

/**
 * Keeps the `most` different values with the smallest hashes: a value that stands in a million rows is as likely to be among them as one that stands in one, and
 * the same data gives the same sample.
 */
export function createValueSample(most: number): ValueSample {
  let kept = new Map<number, string>();
  let limit = Number.POSITIVE_INFINITY;
  const trim = (): void => {
    const hashes = [...kept.keys()].sort((a, b) => a - b).slice(0, most);
    kept = new Map(hashes.map((hash) => [hash, kept.get(hash)!]));
    limit = hashes.at(-1)!;
  };
  return {
    add(hash, value) {
      if (hash >= limit || kept.has(hash)) return;
      kept.set(hash, ownText(value));
      if (kept.size >= most * 2) trim();
    },
    values() {
      if (kept.size > most) trim();
      return kept;
    },
  };
}

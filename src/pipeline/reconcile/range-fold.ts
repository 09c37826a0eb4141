import { HIGHEST, type Place, type PlaceRange } from './id-place.ts';

/** Buckets at most: ten million rows in 65,536 of them are about 150 rows each. */
const MOST_BUCKETS = 65_536;
/** Narrowest bucket, in keys: fetching a few rows more costs less than many buckets. */
const NARROWEST = 64;
const HASHED_BUCKETS = 16_384;

/** How ids are divided into buckets: by ranges of integer keys, and of hashes. Keys outside the known range belong to the first and last bucket. */
export interface Buckets {
  readonly first: number;
  readonly width: number;
  readonly integers: number;
  readonly hashedFirst: number;
  readonly hashedWidth: number;
  readonly hashed: number;
}

/** Buckets for keys between `lowest` and `highest`; all hashes. */
export function divide(lowest: number, highest: number): Buckets {
  let width = NARROWEST;
  while ((highest - lowest + 1) / width > MOST_BUCKETS) width *= 2;
  const integers = Math.max(1, Math.ceil((highest - lowest + 1) / width));
  const hashed = { hashedFirst: 0, hashedWidth: (HIGHEST.hashed + 1) / HASHED_BUCKETS, hashed: HASHED_BUCKETS };
  return { first: lowest, width, integers, ...hashed };
}

/** Buckets that divide one range further. */
export function divideRange({ hashed, from, to }: PlaceRange, parts: number): Buckets {
  const width = Math.max(1, Math.ceil((to - from + 1) / parts));
  const count = Math.ceil((to - from + 1) / width);
  const none = { first: 0, width: 1, integers: 0, hashedFirst: 0, hashedWidth: 1, hashed: 0 };
  return hashed
    ? { ...none, hashedFirst: from, hashedWidth: width, hashed: count }
    : { ...none, first: from, width, integers: count };
}

export function bucketOf(buckets: Buckets, place: Place): number {
  if (place.hashed) {
    const bucket = Math.floor((place.number - buckets.hashedFirst) / buckets.hashedWidth);
    return buckets.integers + clamp(bucket, buckets.hashed);
  }
  return clamp(Math.floor((place.number - buckets.first) / buckets.width), buckets.integers);
}

const clamp = (bucket: number, count: number): number => (bucket < 0 ? 0 : bucket >= count ? count - 1 : bucket);

/** The range of a bucket; the first and last of integers reach to the ends of all keys when `open`. */
export function rangeOf(buckets: Buckets, bucket: number, open: boolean): PlaceRange {
  if (bucket >= buckets.integers) {
    const from = buckets.hashedFirst + (bucket - buckets.integers) * buckets.hashedWidth;
    return { hashed: true, from, to: from + buckets.hashedWidth - 1 };
  }
  const from = buckets.first + bucket * buckets.width;
  return {
    hashed: false,
    from: open && bucket === 0 ? 0 : from,
    to: open && bucket === buckets.integers - 1 ? HIGHEST.integer : from + buckets.width - 1,
  };
}

/** Rows of each bucket, folded: how many, and the sums of both words of their hashes. The order of rows does not matter. */
export interface RangeFold {
  readonly counts: Uint32Array;
  readonly high: Uint32Array;
  readonly low: Uint32Array;
}

export function newFold({ integers, hashed }: Buckets): RangeFold {
  const size = integers + hashed;
  return { counts: new Uint32Array(size), high: new Uint32Array(size), low: new Uint32Array(size) };
}

export function foldRow(fold: RangeFold, bucket: number, high: number, low: number): void {
  fold.counts[bucket]! += 1;
  fold.high[bucket]! += high;
  fold.low[bucket]! += low;
}

/** Buckets in which both sides differ. */
export function differing(a: RangeFold, b: RangeFold): number[] {
  const found: number[] = [];
  for (let i = 0; i < a.counts.length; i++)
    if (a.counts[i] !== b.counts[i] || a.high[i] !== b.high[i] || a.low[i] !== b.low[i]) found.push(i);
  return found;
}

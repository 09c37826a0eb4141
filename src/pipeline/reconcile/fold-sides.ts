import pLimit from 'p-limit';
import { KeyBitmap } from '../../core/key-bitmap.ts';
import type { SourcePosition } from '../../core/slice.ts';
import { uuidText } from '../../core/target-id.ts';
import type { SourcePartition } from '../../sources/source.ts';
import type { ImageSlice, RowImages } from '../../write/target-reader.ts';
import { EXPECTED, type Expectation, type ExpectedSlice } from './expectation.ts';
import { type Place, placeAt } from './id-place.ts';
import { IdSet } from './id-set.ts';
import { type Buckets, bucketOf, foldRow, newFold, type RangeFold } from './range-fold.ts';
import { readEncoded, type SourceReading } from './read-expected.ts';
import { createSetFold, type SetFold } from './set-fold.ts';

/** Where rows of which buckets stand in the source, so that only these are read again. */
export interface SlicePlace {
  readonly partition: SourcePartition;
  readonly before: SourcePosition;
  readonly next: SourcePosition;
  readonly lowest: number;
  readonly highest: number;
}

/** Rows of the source by what became of them; read = expected + rejected + skipped + notLoaded. */
export interface SourceCounts {
  read: number;
  expected: number;
  /** By the stage today, or by a run and never loaded since; duplicates of a key among them. */
  rejected: number;
  skipped: Record<string, number>;
  notLoaded: number;
}

export interface SourceSide {
  readonly fold: RangeFold;
  readonly sets: SetFold;
  readonly slices: readonly SlicePlace[];
  readonly counts: SourceCounts;
  /** Lower halves of expected ids; only under `--unit`, where the target holds more than is compared. */
  readonly expected: IdSet | null;
}

/** What both sides are folded with. */
export interface Folding {
  readonly images: RowImages;
  readonly expectation: Expectation;
  readonly buckets: Buckets;
}

export interface FoldSource {
  readonly reading: SourceReading;
  readonly partitions: readonly SourcePartition[];
  readonly expectation: Expectation;
  readonly images: RowImages;
  readonly buckets: Buckets;
  readonly jobs: number;
  readonly keepExpected: boolean;
  readonly onRead: (rows: number) => void;
}

/** Streams the whole entity out of the source and folds what should be in the target. */
export async function foldSource(work: FoldSource): Promise<SourceSide> {
  const { buckets, images, reading } = work;
  const counts: SourceCounts = { read: 0, expected: 0, rejected: 0, skipped: {}, notLoaded: 0 };
  const fold = newFold(buckets);
  const sets = createSetFold(images.meter.columns.length);
  const expected = work.keepExpected ? new IdSet() : null;
  const seen = new KeyBitmap();
  const slices: SlicePlace[] = [];
  const limit = pLimit(Math.max(1, work.jobs));
  const readOne = async (partition: SourcePartition): Promise<void> => {
    for await (const { encoded, before, next } of readEncoded(reading, { partition, from: null, until: null })) {
      const judged = await work.expectation.judge(encoded, seen);
      const span = foldExpected(judged, { buckets, images, fold, sets, expected, inside: null });
      if (span !== null) slices.push({ partition, before, next, ...span });
      count(judged, counts);
      work.onRead(encoded.read);
      reading.stage.recycle(encoded.bytes);
    }
  };
  await Promise.all(work.partitions.map((partition) => limit(() => readOne(partition))));
  return { fold, sets, slices, counts, expected };
}

interface Into {
  readonly buckets: Buckets;
  readonly images: RowImages;
  readonly fold: RangeFold;
  readonly sets: SetFold | null;
  readonly expected: IdSet | null;
  /** Only rows at these places; null: all. */
  readonly inside: ((place: Place) => boolean) | null;
}

/** Folds a slice; answers the buckets that its rows, expected or not, lie between. */
export function foldExpected(
  { encoded, verdicts, replaced }: ExpectedSlice,
  { buckets, images, fold, sets, expected, inside }: Into,
): { lowest: number; highest: number } | null {
  const { bytes, count, offsets, hashes } = encoded;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hashView = new DataView(hashes.buffer, hashes.byteOffset, hashes.byteLength);
  const place: Place = { hashed: false, number: 0 };
  let lowest = Number.POSITIVE_INFINITY;
  let highest = -1;
  for (let row = 0; row < count; row++) {
    const start = offsets[row]!;
    const id = start + images.idOffset;
    placeAt(view, id, place);
    const bucket = bucketOf(buckets, place);
    if (bucket < lowest) lowest = bucket;
    if (bucket > highest) highest = bucket;
    if (verdicts[row] !== EXPECTED.yes || inside?.(place) === false) continue;
    const other = replaced.get(row);
    if (other === undefined && images.exact)
      foldRow(fold, bucket, hashView.getUint32(row * 8), hashView.getUint32(row * 8 + 4));
    else foldHash(fold, bucket, images.hash(other ?? bytes.subarray(start, offsets[row + 1]!)));
    if (sets !== null) {
      images.measure(other ?? bytes, other === undefined ? start : 0);
      sets.add(images.meter);
    }
    expected?.add(view.getUint32(id + 8), view.getUint32(id + 12));
  }
  return highest < 0 ? null : { lowest, highest };
}

const foldHash = (fold: RangeFold, bucket: number, hash: bigint): void =>
  foldRow(fold, bucket, Number(hash >> 32n), Number(hash & 0xffff_ffffn));

function count({ encoded, verdicts }: ExpectedSlice, counts: SourceCounts): void {
  const by = [0, 0, 0, 0, 0, 0];
  for (const verdict of verdicts) by[verdict]! += 1;
  counts.read += encoded.read - by[EXPECTED.notSampled]!;
  counts.expected += by[EXPECTED.yes]!;
  counts.rejected += encoded.rejected.length + by[EXPECTED.duplicate]! + by[EXPECTED.rejected]!;
  counts.notLoaded += by[EXPECTED.notLoaded]!;
  const skipped = { ...encoded.skipped };
  if (by[EXPECTED.outOfScope]! > 0) skipped['parent-out-of-scope'] = by[EXPECTED.outOfScope]!;
  for (const [reason, number] of Object.entries(skipped))
    counts.skipped[reason] = (counts.skipped[reason] ?? 0) + number;
}

export interface TargetSide {
  readonly fold: RangeFold;
  readonly sets: SetFold;
  /** Rows compared. */
  readonly rows: number;
  /** Ids under `--unit` that are of a unit in scope and were not expected; at most `MOST_OUTSIDE`. */
  readonly outside: readonly string[];
}

export interface FoldTarget {
  readonly images: RowImages;
  readonly buckets: Buckets;
  /** Only these ids are compared; null: all. */
  readonly expected: IdSet | null;
  /** Legacy keys of units in scope, as text. */
  readonly units: ReadonlySet<string> | null;
  readonly signal: AbortSignal;
}

const MOST_OUTSIDE = 10_000;

/** Streams rows of the target and folds them the same way. */
export async function foldTarget(rows: AsyncIterable<ImageSlice>, work: FoldTarget): Promise<TargetSide> {
  const { buckets, expected, images, units } = work;
  const fold = newFold(buckets);
  const sets = createSetFold(images.meter.columns.length);
  const place: Place = { hashed: false, number: 0 };
  const outside: string[] = [];
  let compared = 0;
  for await (const { bytes, count, offsets } of rows) {
    work.signal.throwIfAborted();
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let row = 0; row < count; row++) {
      const start = offsets[row]!;
      const id = start + images.idOffset;
      images.measure(bytes, start);
      if (expected !== null && !expected.has(view.getUint32(id + 8), view.getUint32(id + 12))) {
        if (isOf(images, units) && outside.length < MOST_OUTSIDE) outside.push(uuidText(bytes, id));
        continue;
      }
      placeAt(view, id, place);
      foldHash(fold, bucketOf(buckets, place), images.hash(bytes.subarray(start, offsets[row + 1]!)));
      sets.add(images.meter);
      compared += 1;
    }
  }
  return { fold, sets, rows: compared, outside };
}

const isOf = ({ meter }: RowImages, units: ReadonlySet<string> | null): boolean =>
  units !== null && meter.unit !== null && units.has(String(meter.unit));

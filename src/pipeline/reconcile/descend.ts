import { KeyBitmap } from '../../core/key-bitmap.ts';
import type { ImageSlice } from '../../write/target-reader.ts';
import type { EntityComparison } from './compare-entity.ts';
import { compareRecords, type RawDifference } from './compare-records.ts';
import type { Explainer } from './explain-differences.ts';
import {
  type Folding,
  foldExpected,
  foldTarget,
  type SlicePlace,
  type SourceSide,
  type TargetSide,
} from './fold-sides.ts';
import { idRange, type Place, type PlaceRange, spaceOf } from './id-place.ts';
import { differing, divideRange, newFold, rangeOf } from './range-fold.ts';
import { type ReadSlice, readEncoded, type Stretch } from './read-expected.ts';

/** Parts that a range with too many rows is divided into. */
const PARTS = 1024;

/** A range in which both sides differ. */
interface Differing {
  readonly range: PlaceRange;
  /** Rows of the side that has more. */
  readonly rows: number;
  /** Bucket of the first division, which says where its rows stand in the source. */
  readonly bucket: number;
}

/** Ranges that were not looked into since the limit was reached, and their rows. */
export interface Unexamined {
  readonly ranges: number;
  readonly rows: number;
}

interface Descent {
  readonly work: EntityComparison;
  readonly folding: Folding;
  readonly source: SourceSide;
}

/** Goes into the ranges that differ, and only into these, until every record that differs is told or the limit of real differences is reached. */
export async function descend(
  work: EntityComparison,
  folding: Folding,
  source: SourceSide,
  target: TargetSide,
  told: Explainer,
): Promise<Unexamined> {
  const { buckets } = folding;
  const rows = (bucket: number): number => Math.max(source.fold.counts[bucket]!, target.fold.counts[bucket]!);
  const waiting: Differing[] = differing(source.fold, target.fold)
    .map((bucket) => ({ range: rangeOf(buckets, bucket, true), rows: rows(bucket), bucket }))
    .reverse();
  const descent = { work, folding, source };
  while (waiting.length > 0 && told.differences.length < work.limit) {
    const next = waiting.at(-1)!;
    if (next.rows > work.together && next.range.to > next.range.from) {
      waiting.pop();
      waiting.push(...(await divided(descent, next)).reverse());
      continue;
    }
    const group: Differing[] = [];
    for (let sum = 0; waiting.length > 0 && (group.length === 0 || sum + waiting.at(-1)!.rows <= work.together); ) {
      const range = waiting.pop()!;
      sum += range.rows;
      group.push(range);
    }
    await told.take(await lookInto(descent, group));
  }
  return { ranges: waiting.length, rows: waiting.reduce((sum, range) => sum + range.rows, 0) };
}

/** Rows of a range fetched on both sides and compared one by one. */
function lookInto({ work, folding, source }: Descent, group: readonly Differing[]): Promise<RawDifference[]> {
  const { entity, office, stage } = work;
  const space = spaceOf(office, entity);
  return compareRecords(
    {
      images: folding.images,
      expectation: folding.expectation,
      expected: source.expected,
      wanted: insideOf(group.map(({ range }) => range)),
      idText: (key) => space.text(key),
      recycle: (bytes) => stage.recycle(bytes),
    },
    targetRows(work, group),
    sourceRows(work, source.slices, new Set(group.map(({ bucket }) => bucket))),
  );
}

/** A range with too many rows, folded again in finer parts. */
async function divided(descent: Descent, { range, bucket }: Differing): Promise<Differing[]> {
  const { work, folding, source } = descent;
  const buckets = divideRange(range, PARTS);
  const finer = { ...folding, buckets };
  const inside = insideOf([range]);
  const fold = newFold(buckets);
  const seen = new KeyBitmap();
  for await (const { encoded } of sourceRows(work, source.slices, new Set([bucket]))) {
    const judged = await folding.expectation.judge(encoded, seen);
    foldExpected(judged, { ...finer, fold, sets: null, expected: null, inside });
    work.stage.recycle(encoded.bytes);
  }
  const target = await foldTarget(targetRows(work, [{ range }]), {
    ...finer,
    images: work.reader.images(work.entity),
    expected: source.expected,
    units: null,
    signal: work.signal,
  });
  const rows = (part: number): number => Math.max(fold.counts[part]!, target.fold.counts[part]!);
  return differing(fold, target.fold).map((part) => {
    const finerRange = rangeOf(buckets, part, false);
    return { range: { ...finerRange, to: Math.min(finerRange.to, range.to) }, rows: rows(part), bucket };
  });
}

function targetRows(
  { entity, office, reader, sample }: EntityComparison,
  group: readonly Pick<Differing, 'range'>[],
): AsyncIterable<ImageSlice> {
  const upper = new Uint8Array(16);
  spaceOf(office, entity).write(upper, 0, 0);
  return reader.rowsIn(
    entity,
    group.map(({ range }) => idRange(range, upper)),
    sample,
  );
}

/** The slices of the source that may hold rows of these buckets, read again; neighbours in one go. */
async function* sourceRows(
  work: EntityComparison,
  slices: readonly SlicePlace[],
  buckets: ReadonlySet<number>,
): AsyncGenerator<ReadSlice> {
  const wanted = [...buckets];
  const touched = slices.filter(({ lowest, highest }) =>
    wanted.some((bucket) => bucket >= lowest && bucket <= highest),
  );
  for (const stretch of joined(touched)) yield* readEncoded(work, stretch);
}

function joined(slices: readonly SlicePlace[]): Stretch[] {
  const stretches: Stretch[] = [];
  for (const { partition, before, next } of slices) {
    const last = stretches.at(-1);
    if (last !== undefined && last.partition === partition && same(last.until, before))
      stretches[stretches.length - 1] = { ...last, until: next };
    else stretches.push({ partition, from: before, until: next });
  }
  return stretches;
}

const same = (a: unknown, b: unknown): boolean => a === b || JSON.stringify(a) === JSON.stringify(b);

/** Whether a place is in one of these ranges. */
function insideOf(ranges: readonly PlaceRange[]): (place: Place) => boolean {
  const sorted = (hashed: boolean): PlaceRange[] =>
    ranges.filter((range) => range.hashed === hashed).toSorted((a, b) => a.from - b.from);
  const [integers, hashes] = [sorted(false), sorted(true)];
  return ({ hashed, number }) => {
    const list = hashed ? hashes : integers;
    let low = 0;
    let high = list.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >>> 1;
      if (list[middle]!.from <= number) low = middle;
      else high = middle - 1;
    }
    const range = list[low];
    return range !== undefined && range.from <= number && number <= range.to;
  };
}

import type { Emit } from '../../core/events.ts';
import type { EntityPlan } from '../../core/plan.ts';
import { integerKeyOf, uuidBytes, uuidText } from '../../core/target-id.ts';
import type { Source } from '../../sources/source.ts';
import type { KeySample, TargetReader } from '../../write/target-reader.ts';
import type { Stage } from '../stages.ts';
import type { RawDifference } from './compare-records.ts';
import { descend } from './descend.ts';
import { countKinds, type Difference, type DifferenceCounts } from './difference.ts';
import { openExpectation } from './expectation.ts';
import { openExplainer } from './explain-differences.ts';
import {
  type Folding,
  foldSource,
  foldTarget,
  type SourceCounts,
  type SourceSide,
  type TargetSide,
} from './fold-sides.ts';
import { type Buckets, divide } from './range-fold.ts';
import { type ComparedSet, compareSets } from './set-fold.ts';

export interface EntityComparison {
  readonly office: string;
  readonly entity: EntityPlan;
  /** All entities of the plan. */
  readonly entities: readonly EntityPlan[];
  readonly source: Source;
  readonly stage: Stage;
  readonly reader: TargetReader;
  readonly sample: KeySample | null;
  /** Legacy keys of the units in scope, as text; null: all units. */
  readonly units: ReadonlySet<string> | null;
  /** No finished run has read the whole entity. */
  readonly partial: boolean;
  /** The newest run has not finished. */
  readonly unsettled: boolean;
  readonly expectedRows: number | null;
  readonly jobs: number;
  /** Differences shown one by one at most; more are counted by range. */
  readonly limit: number;
  /** Rows fetched and compared one by one together. */
  readonly together: number;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface EntityReconcile {
  readonly entity: string;
  readonly counts: SourceCounts;
  /** Rows of the target that were compared. */
  readonly rows: number;
  readonly sets: readonly ComparedSet[];
  /** Records that differ and that a sync left as they are, by the code of its finding. */
  readonly left: Readonly<Record<string, number>>;
  readonly differences: readonly Difference[];
  readonly kinds: DifferenceCounts;
  /** Ranges that differ and were not looked into, since the limit was reached, and rows in them. */
  readonly unexamined: { readonly ranges: number; readonly rows: number };
  readonly milliseconds: number;
}

/** One entity, from set to record: both sides are folded by ranges of ids, ranges that differ are fetched and compared field by field. */
export async function compareEntity(work: EntityComparison): Promise<EntityReconcile> {
  const { emit, entity, reader, units } = work;
  const started = Date.now();
  const images = reader.images(entity);
  const expectation = await openExpectation({ ...work, images, scoped: units !== null });
  const buckets = await bucketsOf(work);
  const folding = { images, expectation, buckets };
  const [source, target] = await foldBoth(work, folding);
  const told = openExplainer(entity, images, reader);
  const unexamined = await descend(work, folding, source, target, told);
  await told.take(await straysOf(work, target));
  const { differences, left, setsLeft } = told;
  const sets = compareSets(images.meter.columns, source.sets, target.sets, setsLeft);
  const milliseconds = Date.now() - started;
  const { counts } = source;
  emit({ kind: 'entity-finished', entity: entity.name, counts: progress(counts.read), milliseconds });
  return {
    entity: entity.name,
    counts,
    rows: target.rows,
    sets,
    left: Object.fromEntries([...left].sort()),
    differences: differences.toSorted(byKey),
    kinds: countKinds(differences),
    unexamined,
    milliseconds,
  };
}

const progress = (read: number) => ({ read, loaded: 0, unchanged: 0, rejected: 0, skipped: 0 });

async function bucketsOf({ entity, reader }: EntityComparison): Promise<Buckets> {
  const bounds = await reader.bounds(entity);
  if (bounds === null) return divide(0, 2 ** 26 - 1);
  const key = (id: Uint8Array): number => integerKeyOf(uuidText(id, 0)) ?? 0;
  return divide(key(bounds.from), key(bounds.to));
}

/** Side by side; under `--unit` the source first, since it says which rows of the target are meant. */
async function foldBoth(work: EntityComparison, folding: Folding): Promise<[SourceSide, TargetSide]> {
  const { entity, reader, sample, units } = work;
  const stop = new AbortController();
  const signal = AbortSignal.any([work.signal, stop.signal]);
  const source = readSource(work, folding, signal);
  const ofTarget = (expected: SourceSide['expected']): Promise<TargetSide> =>
    foldTarget(reader.rows(entity, sample), { ...folding, images: reader.images(entity), expected, units, signal });
  const target = units === null ? ofTarget(null) : source.then(({ expected }) => ofTarget(expected));
  try {
    return await Promise.all([source, target]);
  } catch (error) {
    // Neither side may go on reading while what it reads from is closed
    stop.abort();
    await Promise.allSettled([source, target]);
    throw error;
  }
}

async function readSource(work: EntityComparison, folding: Folding, signal: AbortSignal): Promise<SourceSide> {
  const { emit, entity, expectedRows, jobs, source, stage } = work;
  const partitions = await source.partitions(entity.from.table, entity.from.key, Math.max(1, jobs));
  emit({ kind: 'entity-started', entity: entity.name, expectedRows, counts: progress(0) });
  let read = 0;
  return foldSource({
    ...folding,
    reading: { entity, sample: work.sample, source, stage, signal },
    partitions,
    jobs,
    keepExpected: work.units !== null,
    onRead(rows) {
      read += rows;
      emit({ kind: 'batch-committed', entity: entity.name, counts: progress(read) });
    },
  });
}

/** Under `--unit`: rows of a unit in scope that the source has not, and rows that no run knows. */
async function straysOf(work: EntityComparison, target: TargetSide): Promise<RawDifference[]> {
  const { entity, limit, reader, units } = work;
  if (units === null) return [];
  const ids = new Set([...target.outside, ...(await reader.unknownRows(entity, limit))]);
  const ranges = [...ids].slice(0, limit).map((id) => ({ from: uuidBytes(id), to: uuidBytes(id) }));
  const none = { key: null, source: null, sourceHash: null, codes: [] };
  const strays: RawDifference[] = [];
  for await (const { bytes, count, offsets } of reader.rowsIn(entity, ranges, work.sample)) {
    for (let row = 0; row < count; row++) {
      const image = bytes.slice(offsets[row]!, offsets[row + 1]!);
      strays.push({ ...none, id: uuidText(image, reader.images(entity).idOffset), target: image });
    }
  }
  return strays;
}

function byKey(a: Difference, b: Difference): number {
  return (a.key ?? '').localeCompare(b.key ?? '', 'pl', { numeric: true });
}

import pLimit from 'p-limit';
import { KeyBitmap } from '../core/key-bitmap.ts';
import type { EntityPlan } from '../core/plan.ts';
import type { SourcePosition } from '../core/slice.ts';
import type { EntityState } from '../ledger/ledger.ts';
import type { RunRef } from '../write/target.ts';
import type { Indexes } from './build-indexes.ts';
import { type Observe, readPartition, recallKeys } from './read-partition.ts';
import type { RunPorts, RunRequest } from './run-plan.ts';
import { createTally } from './tally.ts';

export interface EntityRun {
  readonly request: RunRequest;
  readonly entity: EntityPlan;
  readonly ref: RunRef;
  /** What an earlier attempt of the same run left. */
  readonly state: EntityState;
  readonly indexes: Indexes;
  /** A sync: told of every slice of the entity, those of an earlier attempt included. */
  readonly observe?: Observe;
  /** A sync that reads some keys again: partitions that are done are not looked at. */
  readonly onlyOpen?: boolean;
  /** A sync: called after the last batch, before the entity counts as finished. */
  readonly beforeFinish?: () => Promise<void>;
}

/** Loads one entity: prepare, read its partitions side by side, put in order. Goes on where the run stopped. */
export async function runEntity(work: EntityRun, ports: RunPorts): Promise<void> {
  const { entity, ref, state, request } = work;
  if (state.status === 'finished') return;
  const started = Date.now();
  await ports.target.beginEntity(ref, entity);
  const partitions = state.status === 'running' ? state.partitions : await planPartitions(work, ports);
  const expected = state.expectedRows ?? (await work.indexes.expectedRows(entity));
  const tally = createTally(entity.name, state.counts, ports.emit);
  ports.emit({ kind: 'entity-started', entity: entity.name, expectedRows: expected, counts: state.counts });

  const stage = await ports.stages.open(await work.indexes.stageSpec(entity, request));
  try {
    const keys = new KeyBitmap();
    const { observe } = work;
    const told = observe === undefined ? {} : { observe };
    const limit = pLimit(Math.max(1, Math.min(request.jobs, ports.target.maxWriters)));
    await Promise.all(
      partitions
        .filter(({ done }) => !done || (observe !== undefined && work.onlyOpen !== true))
        .map((partition) =>
          limit(async () => {
            const again = isTodo(partition.range);
            const seen = again ? null : keys;
            if (partition.done) {
              await recallKeys({ entity, partition, request, stage, seen, ...told }, ports);
              return;
            }
            const writer = await ports.target.openWriter({ run: ref, entity, partition: partition.index, seen, again });
            await readPartition({ entity, partition, request, stage, writer, seen, tally, ...told }, ports);
            await writer.close();
          }),
        ),
    );
  } finally {
    await stage.close();
  }
  if (ports.signal.aborted) return;
  await ports.target.endEntity(ref, entity);
  await work.beforeFinish?.();
  await ports.ledger.finishEntity(ref.id, entity.name);
  ports.emit({
    kind: 'entity-finished',
    entity: entity.name,
    counts: tally.counts(),
    milliseconds: Date.now() - started,
  });
}

/** Keys that a sync reads again: no key comes twice, and the record may have been written by this run. */
export const isTodo = (range: SourcePosition): boolean => range?.['todo'] === true;

async function planPartitions(
  { entity, ref, request, indexes }: EntityRun,
  { source, ledger, target }: RunPorts,
): Promise<EntityState['partitions']> {
  const wanted = Math.max(1, Math.min(request.jobs, target.maxWriters));
  const ranges: SourcePosition[] = (await source.partitions(entity.from.table, entity.from.key, wanted)).map(
    ({ range }) => range,
  );
  await ledger.startEntity(ref.id, entity.name, ranges, await indexes.expectedRows(entity));
  return ranges.map((range, index) => ({ index, range, position: null, batches: 0, done: false }));
}

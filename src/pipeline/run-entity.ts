import pLimit from 'p-limit';
import { KeyBitmap } from '../core/key-bitmap.ts';
import type { EntityPlan } from '../core/plan.ts';
import type { SourcePosition } from '../core/slice.ts';
import type { EntityState } from '../ledger/ledger.ts';
import type { RunRef } from '../write/target.ts';
import type { Indexes } from './build-indexes.ts';
import { readPartition } from './read-partition.ts';
import type { RunPorts, RunRequest } from './run-plan.ts';
import { createTally } from './tally.ts';

export interface EntityRun {
  readonly request: RunRequest;
  readonly entity: EntityPlan;
  readonly ref: RunRef;
  /** What an earlier attempt of the same run left. */
  readonly state: EntityState;
  readonly indexes: Indexes;
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
    const seen = new KeyBitmap();
    const limit = pLimit(Math.max(1, Math.min(request.jobs, ports.target.maxWriters)));
    await Promise.all(
      partitions
        .filter(({ done }) => !done)
        .map((partition) =>
          limit(async () => {
            const writer = await ports.target.openWriter({ run: ref, entity, partition: partition.index, seen });
            await readPartition({ entity, partition, request, stage, writer, seen, tally }, ports);
            await writer.close();
          }),
        ),
    );
  } finally {
    await stage.close();
  }
  if (ports.signal.aborted) return;
  await ports.target.endEntity(ref, entity);
  await ports.ledger.finishEntity(ref.id, entity.name);
  ports.emit({
    kind: 'entity-finished',
    entity: entity.name,
    counts: tally.counts(),
    milliseconds: Date.now() - started,
  });
}

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

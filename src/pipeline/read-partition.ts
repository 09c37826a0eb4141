import type { KeyBitmap } from '../core/key-bitmap.ts';
import type { EntityPlan } from '../core/plan.ts';
import { type EncodedSlice, keyAt, type SourcePosition, type SourceSlice } from '../core/slice.ts';
import type { PartitionState } from '../ledger/ledger.ts';
import type { ReadRequest } from '../sources/source.ts';
import type { Batch, BatchSlice, EntityWriter } from '../write/target.ts';
import type { RunPorts, RunRequest } from './run-plan.ts';
import type { Stage } from './stages.ts';
import type { Tally } from './tally.ts';

/** Rows a slice should have. */
export const SLICE_ROWS = 2500;

export interface PartitionWork {
  readonly entity: EntityPlan;
  readonly partition: PartitionState;
  readonly request: RunRequest;
  readonly stage: Stage;
  readonly writer: EntityWriter;
  /** Keys read so far, to find a key that comes twice; null: none can. */
  readonly seen: KeyBitmap | null;
  readonly tally: Tally;
  /** Told of every slice, those before the checkpoint included. */
  readonly observe?: Observe;
}

export type Observe = (encoded: EncodedSlice) => void;

/**
 * Reads one partition to its end or to the abort signal: slices go through the stage, a few side by side and in order; full batches are written
 * while the next one is read and encoded, one write at a time.
 */
export async function readPartition(work: PartitionWork, ports: RunPorts): Promise<void> {
  const { stage, partition, request } = work;
  if (partition.position !== null) await recallKeys(work, ports);
  const writes = createWriteQueue(work);
  const pending: { slice: SourceSlice; encoded: Promise<EncodedSlice> }[] = [];
  let batch = new BatchBuilder(request, partition.position);
  const { limit } = request.options;
  let rows = 0;

  const take = async (): Promise<number> => {
    const { slice, encoded } = pending.shift()!;
    const ready = await encoded;
    work.observe?.(ready);
    const { read } = batch.add(ready, slice, stage);
    if (batch.isFull()) {
      await writes.push(batch, false);
      batch = new BatchBuilder(request, batch.next);
    }
    return read;
  };

  try {
    for await (const slice of untilAborted(
      ports.source.read(readRequest(work, ports.signal), partition.position),
      ports.signal,
    )) {
      const wanted = limit === null ? slice : withinLimit(slice, limit - rows);
      const encoded = stage.process(wanted);
      encoded.catch(() => undefined);
      pending.push({ slice: wanted, encoded });
      if (pending.length > stage.width || limit !== null) rows += await take();
      if (ports.signal.aborted || (limit !== null && rows >= limit)) break;
    }
    while (pending.length > 0) await take();
    await writes.push(batch, !ports.signal.aborted);
    await writes.settled();
  } finally {
    await writes.settled().catch(() => undefined);
  }
}

/** A source may end or throw when the signal comes: both mean the same, stop reading and keep what is there. */
async function* untilAborted(slices: AsyncIterable<SourceSlice>, signal: AbortSignal): AsyncIterable<SourceSlice> {
  try {
    yield* slices;
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

function readRequest(
  { entity, partition, request }: Omit<PartitionWork, 'writer' | 'tally'>,
  signal: AbortSignal,
): ReadRequest {
  const { table, columns, key, sql } = entity.from;
  const limit = request.options.limit;
  return {
    table,
    columns,
    key,
    partition: { index: partition.index, range: partition.range },
    sql,
    sliceRows: Math.min(SLICE_ROWS, request.batchRows, limit ?? SLICE_ROWS),
    signal,
  };
}

/** `--limit`: at most so many rows of a slice; a slice of bytes stays whole, it is small then. */
function withinLimit(slice: SourceSlice, rows: number): SourceSlice {
  return slice.kind === 'rows' && slice.rows.length > rows ? { ...slice, rows: slice.rows.slice(0, rows) } : slice;
}

/** Fills the set of seen keys with those before the checkpoint, so that a duplicate is found also across an interruption. */
export async function recallKeys(work: Omit<PartitionWork, 'writer' | 'tally'>, ports: RunPorts): Promise<void> {
  const { partition, stage, seen, observe } = work;
  if (seen === null && observe === undefined) return;
  const request = { ...readRequest(work, ports.signal), until: partition.position };
  for await (const slice of untilAborted(ports.source.read(request, null), ports.signal)) {
    const encoded = await stage.process(slice);
    const { keys, count, bytes } = encoded;
    observe?.(encoded);
    stage.recycle(bytes);
    for (let i = 0; i < count; i++) {
      const key = keyAt(keys, i);
      if (key !== null) seen?.add(key);
    }
    if (ports.signal.aborted) return;
  }
}

/** Slices on their way into one batch. */
class BatchBuilder {
  readonly slices: BatchSlice[] = [];
  next: SourcePosition;
  readonly #request: RunRequest;
  #rows = 0;
  #bytes = 0;

  constructor(request: RunRequest, next: SourcePosition) {
    this.#request = request;
    this.next = next;
  }

  add(encoded: EncodedSlice, slice: SourceSlice, stage: Stage): EncodedSlice {
    this.slices.push({ encoded, explain: (positions) => stage.explain(slice, positions) });
    this.next = slice.next;
    this.#rows += encoded.read;
    this.#bytes += encoded.bytes.length;
    return encoded;
  }

  isFull(): boolean {
    return this.#rows >= this.#request.batchRows || this.#bytes >= this.#request.batchBytes;
  }
}

interface WriteQueue {
  /** Waits for the write before this one, then starts this one. */
  push(batch: BatchBuilder, last: boolean): Promise<void>;
  /** Waits for the write under way; throws what it threw. */
  settled(): Promise<void>;
}

function createWriteQueue({ writer, partition, stage, tally }: PartitionWork): WriteQueue {
  let writing: Promise<void> = Promise.resolve();
  let { batches } = partition;
  return {
    async push(builder, last) {
      await writing;
      batches += 1;
      const batch: Batch = { slices: builder.slices, next: builder.next, last, number: batches };
      writing = writer.write(batch).then(({ counts }) => {
        tally.add(counts);
        for (const { encoded } of builder.slices) stage.recycle(encoded.bytes);
      });
      writing.catch(() => undefined);
    },
    settled: () => writing,
  };
}

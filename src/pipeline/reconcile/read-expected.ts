import type { EntityPlan } from '../../core/plan.ts';
import type { EncodedSlice, SourcePosition, SourceSlice } from '../../core/slice.ts';
import type { Source, SourcePartition } from '../../sources/source.ts';
import type { KeySample } from '../../write/target-reader.ts';
import { SLICE_ROWS } from '../read-partition.ts';
import type { Stage } from '../stages.ts';
import { STRIPE_WIDTH } from './id-place.ts';

export interface SourceReading {
  readonly entity: EntityPlan;
  readonly source: Source;
  readonly stage: Stage;
  readonly signal: AbortSignal;
  /** Part of the keys that is compared; null: all. */
  readonly sample: KeySample | null;
}

/** A slice as the stage encoded it, and between which positions it lies. */
export interface ReadSlice {
  readonly encoded: EncodedSlice;
  readonly before: SourcePosition;
  readonly next: SourcePosition;
}

/** Part of a partition: from a position to one that a slice ended at; null: from the beginning, to the end. */
export interface Stretch {
  readonly partition: SourcePartition;
  readonly from: SourcePosition;
  readonly until: SourcePosition;
}

/** Reads a stretch through the stage as a run does, a few slices side by side and in order. Give the bytes of each back when done. */
export async function* readEncoded(
  { entity, sample, source, stage, signal }: SourceReading,
  { partition, from, until }: Stretch,
): AsyncGenerator<ReadSlice> {
  const { table, columns, key, sql } = entity.from;
  // A record made of several rows is found under the key of one of them: then every row is wanted
  const stripes = sample === null || entity.from.fold !== null ? {} : { stripes: { ...sample, width: STRIPE_WIDTH } };
  const request = { table, columns, key, sql, partition, sliceRows: SLICE_ROWS, signal, until, ...stripes };
  const pending: { slice: SourceSlice; before: SourcePosition; encoded: Promise<EncodedSlice> }[] = [];
  let before = from;
  const take = async (): Promise<ReadSlice> => {
    const { slice, before: start, encoded } = pending.shift()!;
    return { encoded: await encoded, before: start, next: slice.next };
  };
  for await (const slice of source.read(request, from)) {
    const encoded = stage.process(slice);
    encoded.catch(() => undefined);
    pending.push({ slice, before, encoded });
    before = slice.next;
    if (pending.length > stage.width) yield await take();
    signal.throwIfAborted();
  }
  while (pending.length > 0) yield await take();
}

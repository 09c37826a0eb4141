import { Worker } from 'node:worker_threads';
import { EzdError } from '../core/errors.ts';
import type { SourceValue } from '../core/record.ts';
import type { EncodedSlice, SourceSlice } from '../core/slice.ts';
import type { Stage, StageSpec } from './stages.ts';

/** What a worker is asked; answered in the order of asking. */
export type StageQuestion =
  | { readonly id: number; readonly kind: 'open'; readonly spec: StageSpec }
  | { readonly id: number; readonly kind: 'process'; readonly slice: SourceSlice }
  | { readonly id: number; readonly kind: 'recycle'; readonly bytes: Uint8Array }
  | {
      readonly id: number;
      readonly kind: 'explain';
      readonly slice: SourceSlice;
      readonly positions: readonly number[];
    };

export type StageAnswer =
  | {
      readonly id: number;
      readonly ok: true;
      readonly result: EncodedSlice | readonly Readonly<Record<string, SourceValue>>[];
    }
  | { readonly id: number; readonly ok: true; readonly result: null }
  | { readonly id: number; readonly ok: false; readonly message: string; readonly stack: string };

interface Seat {
  readonly worker: Worker;
  load: number;
}

/** Worker threads that live as long as a run: starting one costs as much as thousands of rows, and a run has dozens of entities. */
export interface WorkerCrew {
  /** Makes the stage of an entity in every worker. One entity at a time: the stage before is gone. */
  open(spec: StageSpec): Promise<Stage>;
  close(): Promise<void>;
}

/**
 * Stages in worker threads: each slice goes to the worker with the least to do; results come back as promises, so their order is the caller's.
 * `entry` is the compiled worker file, `data` what all its stages have in common.
 */
export function createWorkerCrew(entry: URL, data: unknown, threads: number): WorkerCrew {
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void; seat: Seat }>();
  const seats: Seat[] = Array.from({ length: threads }, () => ({
    worker: new Worker(entry, { workerData: data, resourceLimits: { maxYoungGenerationSizeMb: 12 } }),
    load: 0,
  }));
  for (const seat of seats) {
    seat.worker.on('message', (answer: StageAnswer) => settle(answer));
    seat.worker.on('error', (error) => fail(seat, error));
  }
  let next = 0;

  function settle(answer: StageAnswer): void {
    const entry = waiting.get(answer.id);
    if (entry === undefined) return;
    waiting.delete(answer.id);
    entry.seat.load -= 1;
    if (answer.ok) entry.resolve(answer.result);
    else entry.reject(new EzdError('INTERNAL', `A worker thread failed: ${answer.message}`, { cause: answer.stack }));
  }

  function fail(seat: Seat, error: unknown): void {
    const fault = new EzdError(
      'INTERNAL',
      `A worker thread died: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
    for (const [id, entry] of waiting) {
      if (entry.seat !== seat) continue;
      waiting.delete(id);
      entry.reject(fault);
    }
  }

  function ask(
    question:
      | { kind: 'open'; spec: StageSpec }
      | { kind: 'process'; slice: SourceSlice }
      | { kind: 'explain'; slice: SourceSlice; positions: readonly number[] },
    seat: Seat = seats.reduce((best, other) => (other.load < best.load ? other : best)),
  ): Promise<unknown> {
    const id = next++;
    seat.load += 1;
    return new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject, seat });
      seat.worker.postMessage({ ...question, id });
    });
  }

  const stage: Stage = {
    width: threads + 1,
    process: (slice) => ask({ kind: 'process', slice }) as Promise<EncodedSlice>,
    explain: (slice, positions) =>
      ask({ kind: 'explain', slice, positions }) as Promise<readonly Readonly<Record<string, SourceValue>>[]>,
    recycle(bytes) {
      const seat = seats.reduce((best, other) => (other.load < best.load ? other : best));
      const buffer = bytes.buffer as ArrayBuffer;
      seat.worker.postMessage({ id: -1, kind: 'recycle', bytes: new Uint8Array(buffer) } satisfies StageQuestion, [
        buffer,
      ]);
    },
    close: () => Promise.resolve(),
  };

  return {
    async open(spec) {
      await Promise.all(seats.map((seat) => ask({ kind: 'open', spec }, seat)));
      return stage;
    },
    async close() {
      await Promise.all(seats.map(({ worker }) => worker.terminate()));
    },
  };
}

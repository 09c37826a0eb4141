import type { ConnectionPool, Request } from 'mssql';
import type { SourceValue } from '../../core/record.ts';
import { withParameters } from './ask.ts';
import { type ChunkQueue, chunkQueue } from './chunk-queue.ts';
import type { BuiltQuery } from './sql-builder.ts';

export type RawRow = SourceValue[];

/** When a chunk of rows is full, and what to do to its rows. */
export interface ChunkRules {
  readonly rows: number;
  readonly bytes: number;
  /** Places of columns with long values. */
  readonly wide: readonly number[];
  readonly reals: readonly number[];
  /** Silence of the server, in milliseconds, after which the statement is cancelled. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** Runs a SELECT and yields its rows in chunks, held back by the reader (see chunk-queue.ts). Throws what the driver reports, as it is. */
export async function* rowStream(pool: ConnectionPool, query: BuiltQuery, rules: ChunkRules): AsyncGenerator<RawRow[]> {
  const request = withParameters(pool.request(), query);
  request.stream = true;
  request.arrayRowMode = true;
  const steered = {
    pause: () => void request.pause(),
    resume: () => void request.resume(),
    cancel: () => void request.cancel(),
  };
  const queue = chunkQueue<RawRow[]>({ steered, patience: rules.patience, signal: rules.signal });
  listen(request, queue, rules);
  request.query(query.sql).catch(queue.fail);
  yield* queue.drain();
}

function listen(request: Request, queue: ChunkQueue<RawRow[]>, { wide, reals, rows, bytes }: ChunkRules): void {
  let chunk: RawRow[] = [];
  let size = 0;
  request.on('row', (row: RawRow) => {
    for (const at of reals) row[at] = shortReal(row[at] as number | null);
    for (const at of wide) size += lengthOf(row[at]!);
    queue.progress();
    if (chunk.push(row) < rows && size < bytes) return;
    queue.push(chunk);
    chunk = [];
    size = 0;
  });
  request.on('error', queue.fail);
  request.on('done', () => {
    if (chunk.length > 0) queue.push(chunk);
    queue.finish();
  });
}

/** About how many bytes a value holds. */
export function lengthOf(value: SourceValue): number {
  return typeof value === 'string' || value instanceof Uint8Array ? value.length : 8;
}

/** The shortest number that is the same single-precision number: 0.1 instead of 0.10000000149011612. */
export function shortReal(value: number | null): number | null {
  if (value === null || (Number.isInteger(value) && Math.abs(value) < 1e6)) return value;
  for (let digits = 6; digits <= 9; digits++) {
    const shorter = Number(value.toPrecision(digits));
    if (Math.fround(shorter) === value) return shorter;
  }
  return value;
}

import type { ConnectionPool, Request } from 'mssql';
import { EzdError } from '../../core/errors.ts';
import type { SourceValue } from '../../core/record.ts';
import { withParameters } from './ask.ts';
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

/** Full chunks that may wait for the consumer before the socket is stopped. */
const WAITING_CHUNKS = 2;

interface StreamState {
  chunk: RawRow[];
  bytes: number;
  readonly waiting: RawRow[][];
  paused: boolean;
  finished: boolean;
  fault: unknown;
  /** Rows since the last look of the watchdog. */
  progress: number;
  wake: () => void;
}

/**
 * Runs a SELECT and yields its rows in chunks. While the consumer is busy, at most a few chunks wait; then the request is paused, the driver stops
 * reading, the socket fills and the server waits. Leaving the loop early cancels the statement. Throws what the driver reports, as it is.
 */
export async function* rowStream(pool: ConnectionPool, query: BuiltQuery, rules: ChunkRules): AsyncGenerator<RawRow[]> {
  const request = withParameters(pool.request(), query);
  request.stream = true;
  request.arrayRowMode = true;
  const state: StreamState = {
    chunk: [],
    bytes: 0,
    waiting: [],
    paused: false,
    finished: false,
    fault: undefined,
    progress: 0,
    wake: () => undefined,
  };
  const ended = listen(request, state, rules);
  const watchdog = watch(request, state, rules.patience);
  const abort = (): void => stop(request, state, rules.signal.reason);
  rules.signal.addEventListener('abort', abort, { once: true });
  try {
    rules.signal.throwIfAborted();
    request.query(query.sql).catch((error: unknown) => {
      state.fault ??= error;
    });
    yield* chunks(request, state);
  } finally {
    rules.signal.removeEventListener('abort', abort);
    clearInterval(watchdog);
    if (!state.finished) {
      request.cancel();
      await ended;
    }
  }
}

async function* chunks(request: Request, state: StreamState): AsyncGenerator<RawRow[]> {
  for (;;) {
    const next = state.waiting.shift();
    if (next !== undefined) {
      yield next;
      continue;
    }
    if (state.fault !== undefined) throw state.fault;
    if (state.finished) break;
    await new Promise<void>((resolve) => {
      state.wake = resolve;
      if (state.paused) {
        state.paused = false;
        request.resume();
      }
    });
  }
  if (state.chunk.length > 0) yield state.chunk;
}

function listen(request: Request, state: StreamState, rules: ChunkRules): Promise<void> {
  const { wide, reals, rows, bytes } = rules;
  request.on('row', (row: RawRow) => {
    for (const at of reals) row[at] = shortReal(row[at] as number | null);
    for (const at of wide) state.bytes += lengthOf(row[at]!);
    state.progress++;
    if (state.chunk.push(row) < rows && state.bytes < bytes) return;
    state.waiting.push(state.chunk);
    state.chunk = [];
    state.bytes = 0;
    if (state.waiting.length >= WAITING_CHUNKS && !state.paused) {
      state.paused = true;
      request.pause();
    }
    state.wake();
  });
  request.on('error', (error: unknown) => {
    state.fault ??= error;
    state.wake();
  });
  return new Promise((resolve) => {
    request.on('done', () => {
      state.finished = true;
      state.wake();
      resolve();
    });
  });
}

function stop(request: Request, state: StreamState, fault: unknown): void {
  state.fault ??= fault;
  request.cancel();
  state.wake();
}

/** Cancels a statement whose server has gone silent; the driver's own timer stops at the first row. */
function watch(request: Request, state: StreamState, patience: number): NodeJS.Timeout {
  let silent = 0;
  const step = Math.max(20, Math.min(1000, patience / 4));
  return setInterval(() => {
    silent = state.progress > 0 || state.paused ? 0 : silent + step;
    state.progress = 0;
    if (silent < patience || state.finished) return;
    silent = 0;
    const message = `the server sent nothing for ${Math.round(patience / 1000)} s`;
    stop(
      request,
      state,
      new EzdError('SOURCE_UNREACHABLE', `Reading from the legacy database: ${message}.`, { retryable: true }),
    );
  }, step).unref();
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

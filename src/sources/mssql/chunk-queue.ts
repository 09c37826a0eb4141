import { EzdError } from '../../core/errors.ts';

/** A request of the driver, as far as a queue steers it. */
export interface Steered {
  pause(): void;
  resume(): void;
  cancel(): void;
}

/** Chunks of rows between the driver, which pushes, and the reader, who pulls. */
export interface ChunkQueue<Chunk> {
  push(chunk: Chunk): void;
  /** The server has sent something: it is not silent. */
  progress(): void;
  fail(fault: unknown): void;
  finish(): void;
  /** Everything in order; throws the fault when it is its turn. Leaving early cancels the request and waits for its end. */
  drain(): AsyncGenerator<Chunk>;
}

export interface QueueRules {
  readonly steered: Steered;
  /** Silence of the server, in milliseconds, after which the request is cancelled. */
  readonly patience: number;
  readonly signal: AbortSignal;
}

/** Full chunks that may wait for the reader before the driver is stopped. */
const WAITING_CHUNKS = 2;

/**
 * While the reader is busy, at most a few chunks wait; then the request is paused, the driver stops reading, the socket fills and the server waits.
 */
export function chunkQueue<Chunk>({ steered, patience, signal }: QueueRules): ChunkQueue<Chunk> {
  const waiting: Chunk[] = [];
  const state = {
    paused: false,
    finished: false,
    fault: undefined as unknown,
    progress: 0,
    wake: (): void => undefined,
  };
  let markEnd = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    markEnd = resolve;
  });
  const stop = (fault: unknown): void => {
    state.fault ??= fault;
    steered.cancel();
    state.wake();
  };

  /** Waits for the driver's next word, letting it go on when it was stopped. */
  const next = (): Promise<void> =>
    new Promise((resolve) => {
      state.wake = resolve;
      if (!state.paused) return;
      state.paused = false;
      steered.resume();
    });

  async function* chunks(): AsyncGenerator<Chunk> {
    for (;;) {
      const chunk = waiting.shift();
      if (chunk !== undefined) yield chunk;
      else if (state.fault !== undefined) throw state.fault;
      else if (state.finished) return;
      else await next();
    }
  }

  return {
    push: (chunk) => {
      waiting.push(chunk);
      if (waiting.length >= WAITING_CHUNKS && !state.paused) {
        state.paused = true;
        steered.pause();
      }
      state.wake();
    },
    progress: () => {
      state.progress++;
    },
    fail: (fault) => {
      state.fault ??= fault;
      state.wake();
    },
    finish: () => {
      state.finished = true;
      state.wake();
      markEnd();
    },
    async *drain() {
      const abort = (): void => stop(signal.reason);
      signal.addEventListener('abort', abort, { once: true });
      const watchdog = watch(state, patience, stop);
      try {
        signal.throwIfAborted();
        yield* chunks();
      } finally {
        signal.removeEventListener('abort', abort);
        clearInterval(watchdog);
        if (!state.finished) {
          steered.cancel();
          await ended;
        }
      }
    },
  };
}

/** Cancels a request whose server has gone silent; the driver's own timer stops at the first row. */
function watch(
  state: { paused: boolean; finished: boolean; progress: number },
  patience: number,
  stop: (fault: unknown) => void,
): NodeJS.Timeout {
  let silent = 0;
  const step = Math.max(20, Math.min(1000, patience / 4));
  return setInterval(() => {
    silent = state.progress > 0 || state.paused ? 0 : silent + step;
    state.progress = 0;
    if (silent < patience || state.finished) return;
    silent = 0;
    const message = `the server sent nothing for ${Math.round(patience / 1000)} s`;
    stop(new EzdError('SOURCE_UNREACHABLE', `Reading from the legacy database: ${message}.`, { retryable: true }));
  }, step).unref();
}

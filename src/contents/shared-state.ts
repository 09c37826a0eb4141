/**
 * Numbers that the main thread and the workers share: a stop flag, bytes read so far, and the time up to which the allowed bandwidth is spent.
 */
export interface SharedState {
  readonly buffer: SharedArrayBuffer;
  stop(): void;
  stopped(): boolean;
  bytesRead(): number;
  /** Counts bytes, and waits when they came faster than `bandwidth` allows over all workers together. Blocks the calling thread: workers only. */
  spend(bytes: number, bandwidth: number | null): void;
}

const STOP = 0;
const BYTES = 1;
const SPENT_UNTIL = 2;

export function openSharedState(buffer: SharedArrayBuffer = new SharedArrayBuffer(32)): SharedState {
  const numbers = new BigInt64Array(buffer);
  const sleeper = new Int32Array(buffer, 24, 1);
  return {
    buffer,
    stop: () => {
      Atomics.store(numbers, STOP, 1n);
    },
    stopped: () => Atomics.load(numbers, STOP) === 1n,
    bytesRead: () => Number(Atomics.load(numbers, BYTES)),
    spend: (bytes, bandwidth) => {
      Atomics.add(numbers, BYTES, BigInt(bytes));
      if (bandwidth === null) return;
      const wait = reserve(numbers, BigInt(Math.ceil((bytes * 1e6) / bandwidth)));
      // Waits on a number that nobody changes: a sleep.
      if (wait > 0) Atomics.wait(sleeper, 0, 0, wait);
    },
  };
}

/** Takes the next stretch of time of the shared line; returns the milliseconds until it is over. */
function reserve(numbers: BigInt64Array, microseconds: bigint): number {
  for (;;) {
    const now = BigInt(Date.now()) * 1000n;
    const until = Atomics.load(numbers, SPENT_UNTIL);
    const next = (until > now ? until : now) + microseconds;
    if (Atomics.compareExchange(numbers, SPENT_UNTIL, until, next) === until) return Number(next - now) / 1000;
  }
}

/** Above this many different values a column is not watched any further: 2 million take 32 MiB. */
const MOST_VALUES = 2_000_000;
/** Repetitions that a key of a dirty database may have, as a share of its rows; in a small table, two. */
const DIRT = 0.04;
const ALWAYS_FORGIVEN = 2;
const SMALL = 10;
/** Rows from which a column with too many repetitions is given up. */
const EARLIEST = 500;

/** Tells whether the values of a column tell its rows apart. Remembers hashes while they nearly do, and nothing once they do not. */
export interface KeyWatch {
  add(hash: number): void;
  /** null: the values repeat, or there are too many to say. */
  finish(): WatchedKey | null;
}

export interface WatchedKey {
  /** Rows whose value an earlier row had. */
  readonly repeated: number;
  readonly distinct: number;
  /** Hashes of all values, in no order. */
  readonly hashes: Float64Array;
}

export function createKeyWatch(): KeyWatch {
  // Open addressing; 0 is an empty place.
  let slots: Float64Array | null = new Float64Array(64);
  let distinct = 0;
  let repeated = 0;
  return {
    add(hash) {
      if (slots === null) return;
      if (!insert(slots, hash)) {
        repeated++;
        const rows = distinct + repeated;
        if (rows >= EARLIEST && repeated > rows * DIRT) slots = null;
        return;
      }
      distinct++;
      if (distinct > MOST_VALUES) slots = null;
      else if (distinct * 2 > slots.length) slots = grown(slots);
    },
    finish() {
      const rows = distinct + repeated;
      if (
        slots === null ||
        distinct === 0 ||
        repeated > Math.max(rows * DIRT, rows < SMALL ? ALWAYS_FORGIVEN - 1 : ALWAYS_FORGIVEN)
      )
        return null;
      return { repeated, distinct, hashes: slots.filter((hash) => hash !== 0) };
    },
  };
}

/** False when it was there. */
function insert(slots: Float64Array, hash: number): boolean {
  const mask = slots.length - 1;
  for (let at = (hash ^ (hash / 4294967296)) & mask; ; at = (at + 1) & mask) {
    const there = slots[at];
    if (there === hash) return false;
    if (there !== 0) continue;
    slots[at] = hash;
    return true;
  }
}

function grown(slots: Float64Array): Float64Array {
  const larger = new Float64Array(slots.length * 2);
  for (const hash of slots) if (hash !== 0) insert(larger, hash);
  return larger;
}

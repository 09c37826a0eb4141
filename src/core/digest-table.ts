import { hash } from 'node:crypto';

/**
 * Numbers by text, in 20 bytes a slot whatever the texts are: of a text only 128 bits of its SHA-256 are kept, so that two texts are taken for one as often as
 * two random 128-bit numbers are equal, which does not happen.
 */
export interface DigestTable {
  readonly size: number;
  has(text: string): boolean;
  get(text: string): number | undefined;
  /** `value`: a whole number of at most 32 bits with its sign. */
  set(text: string, value: number): void;
  /** Adds a text without a number; true when it was there already. */
  add(text: string): boolean;
}

const WORDS = 4;

const wordAt = (digest: string, at: number): number =>
  digest.charCodeAt(at) |
  (digest.charCodeAt(at + 1) << 8) |
  (digest.charCodeAt(at + 2) << 16) |
  (digest.charCodeAt(at + 3) << 24);

export function openDigestTable(): DigestTable {
  let digests = new Int32Array(1024 * WORDS);
  let values = new Int32Array(1024);
  let taken = new Uint8Array(1024);
  let size = 0;
  const key = new Int32Array(WORDS);

  /** Slot of the digest in `key`, or the free one where it belongs. */
  const slotOf = (): number => {
    const mask = values.length - 1;
    let slot = (key[0] ?? 0) & mask;
    while (taken[slot] === 1 && !isAt(slot)) slot = (slot + 1) & mask;
    return slot;
  };
  const isAt = (slot: number): boolean => {
    for (let word = 0; word < WORDS; word++) if (digests[slot * WORDS + word] !== key[word]) return false;
    return true;
  };
  const find = (text: string): number => {
    // A character a byte: no buffer to be made and collected for each look-up.
    const digest = hash('sha256', text, 'binary');
    for (let word = 0; word < WORDS; word++) key[word] = wordAt(digest, word * 4);
    return slotOf();
  };
  const put = (slot: number, value: number): void => {
    digests.set(key, slot * WORDS);
    values[slot] = value;
    taken[slot] = 1;
  };
  const grow = (): void => {
    const old = { digests, values, taken };
    digests = new Int32Array(old.digests.length * 2);
    values = new Int32Array(old.values.length * 2);
    taken = new Uint8Array(old.taken.length * 2);
    for (let slot = 0; slot < old.taken.length; slot++) {
      if (old.taken[slot] === 0) continue;
      key.set(old.digests.subarray(slot * WORDS, slot * WORDS + WORDS));
      put(slotOf(), old.values[slot] ?? 0);
    }
  };
  /** A free slot for the digest in `key`, in a larger table when this one is getting full. */
  const take = (free: number): number => {
    size += 1;
    if (size * 5 < taken.length * 4) return free;
    const digest = key.slice();
    grow();
    key.set(digest);
    return slotOf();
  };
  return {
    get size() {
      return size;
    },
    has: (text) => taken[find(text)] === 1,
    get: (text) => {
      const slot = find(text);
      return taken[slot] === 1 ? values[slot] : undefined;
    },
    set: (text, value) => {
      let slot = find(text);
      if (taken[slot] === 0) slot = take(slot);
      put(slot, value);
    },
    add: (text) => {
      const slot = find(text);
      if (taken[slot] === 1) return true;
      put(take(slot), 0);
      return false;
    },
  };
}

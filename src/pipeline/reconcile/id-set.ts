const FIRST_SLOTS = 1024;

/**
 * A set of 64-bit numbers given as two words, in one typed array at most half full: 16 bytes a member, no object. Holds lower halves of ids (whose upper half
 * is the entity's) and mixes of several.
 */
export class IdSet {
  #slots = new Uint32Array(FIRST_SLOTS * 2);
  #size = 0;
  #hasZero = false;

  get size(): number {
    return this.#size;
  }

  /** True when it was there already. */
  add(high: number, low: number): boolean {
    if (high === 0 && low === 0) {
      const before = this.#hasZero;
      this.#hasZero = true;
      if (!before) this.#size += 1;
      return before;
    }
    const slot = find(this.#slots, high, low);
    if (this.#slots[slot] === high && this.#slots[slot + 1] === low) return true;
    this.#slots[slot] = high;
    this.#slots[slot + 1] = low;
    this.#size += 1;
    if (this.#size * 4 > this.#slots.length) this.#grow();
    return false;
  }

  has(high: number, low: number): boolean {
    if (high === 0 && low === 0) return this.#hasZero;
    if (this.#size === 0) return false;
    const slot = find(this.#slots, high, low);
    return this.#slots[slot] === high && this.#slots[slot + 1] === low;
  }

  /** Whether the number in the eight bytes at `at` is there. */
  hasAt(view: DataView, at: number): boolean {
    return this.#size > 0 && this.has(view.getUint32(at), view.getUint32(at + 4));
  }

  #grow(): void {
    const old = this.#slots;
    this.#slots = new Uint32Array(old.length * 2);
    for (let i = 0; i < old.length; i += 2) {
      const high = old[i]!;
      const low = old[i + 1]!;
      if (high === 0 && low === 0) continue;
      const slot = find(this.#slots, high, low);
      this.#slots[slot] = high;
      this.#slots[slot + 1] = low;
    }
  }
}

/** The slot that holds the number, or the free one where it belongs. */
function find(slots: Uint32Array, high: number, low: number): number {
  const mask = slots.length / 2 - 1;
  let slot = mixed(high, low) & mask;
  for (;;) {
    const a = slots[slot * 2]!;
    const b = slots[slot * 2 + 1]!;
    if ((a === high && b === low) || (a === 0 && b === 0)) return slot * 2;
    slot = (slot + 1) & mask;
  }
}

/** Spreads numbers that follow each other. */
export function mixed(high: number, low: number): number {
  let value = Math.imul(low ^ Math.imul(high, 0x85eb_ca6b), 0x9e37_79b1);
  value ^= value >>> 15;
  value = Math.imul(value, 0x2c1b_3c6d);
  return (value ^ (value >>> 13)) >>> 0;
}

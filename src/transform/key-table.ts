import type { LegacyKey } from '../core/record.ts';

/**
 * Legacy keys → row numbers, compact and shared: integers in an open hash table of typed arrays (24 bytes a key and no object), other keys in a Map. Finding an
 * integer costs a few nanoseconds.
 */
export interface KeyTableData {
  /** Keys by slot, NaN for a free one; the length is a power of two, at most half full. */
  readonly slots: Float64Array;
  /** Row number of the key in the same slot. */
  readonly rows: Int32Array;
  readonly texts: ReadonlyMap<string, number>;
}

export interface KeyTable {
  /** Row number of a key, -1 when it is not there. */
  find(key: LegacyKey): number;
  /** Row number of a key; a new one gets the next number. */
  add(key: LegacyKey): number;
  readonly size: number;
  /** The table as data that structured clone shares instead of copying. */
  build(): KeyTableData;
}

const FIRST_SLOTS = 1024;

/** Spreads keys that follow each other over the table. */
const slotOf = (key: number, mask: number): number => {
  const low = key | 0;
  const high = (key / 4_294_967_296) | 0;
  const mixed = Math.imul(low ^ Math.imul(high, 0x85ebca6b), 0x9e3779b1);
  return (mixed ^ (mixed >>> 15)) & mask;
};

/** Slot that holds the key, or the free one where it belongs. */
const probe = (slots: Float64Array, key: number): number => {
  const mask = slots.length - 1;
  let slot = slotOf(key, mask);
  while (slots[slot] !== key && !Number.isNaN(slots[slot]!)) slot = (slot + 1) & mask;
  return slot;
};

const shared = (slots: Float64Array, rows: Int32Array): Pick<KeyTableData, 'slots' | 'rows'> => {
  const sharedSlots = new Float64Array(new SharedArrayBuffer(slots.byteLength));
  sharedSlots.set(slots);
  const sharedRows = new Int32Array(new SharedArrayBuffer(rows.byteLength));
  sharedRows.set(rows);
  return { slots: sharedSlots, rows: sharedRows };
};

/** An empty table that grows. */
export const createKeyTable = (): KeyTable => {
  let slots = new Float64Array(FIRST_SLOTS).fill(Number.NaN);
  let rows = new Int32Array(FIRST_SLOTS);
  const texts = new Map<string, number>();
  let size = 0;
  let integers = 0;

  const grow = (): void => {
    const oldSlots = slots;
    const oldRows = rows;
    slots = new Float64Array(oldSlots.length * 2).fill(Number.NaN);
    rows = new Int32Array(slots.length);
    for (let i = 0; i < oldSlots.length; i++) {
      if (Number.isNaN(oldSlots[i]!)) continue;
      const slot = probe(slots, oldSlots[i]!);
      slots[slot] = oldSlots[i]!;
      rows[slot] = oldRows[i]!;
    }
  };
  const addInteger = (key: number): number => {
    const slot = probe(slots, key);
    if (slots[slot] === key) return rows[slot]!;
    slots[slot] = key;
    rows[slot] = size++;
    if (++integers * 2 > slots.length) grow();
    return size - 1;
  };
  const addText = (key: string): number => {
    const known = texts.get(key);
    if (known !== undefined) return known;
    texts.set(key, size);
    return size++;
  };
  return {
    find: (key) => findKey({ slots, rows, texts }, key),
    add: (key) => (typeof key === 'number' ? addInteger(key) : addText(key)),
    get size() {
      return size;
    },
    build: () => ({ ...shared(slots, rows), texts }),
  };
};

/** Row number of a key, -1 when the table does not have it. */
export const findKey = (data: KeyTableData, key: LegacyKey): number => {
  if (typeof key === 'string') return data.texts.get(key) ?? -1;
  const slot = probe(data.slots, key);
  return data.slots[slot] === key ? data.rows[slot]! : -1;
};

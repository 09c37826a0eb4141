import type { JoinPlan } from '../core/plan.ts';
import type { SourceRow, SourceValue } from '../core/record.ts';
import { compileCondition } from './compile-condition.ts';
import { createKeyTable, findKey, type KeyTableData } from './key-table.ts';
import { keyOf } from './legacy-key.ts';
import type { JoinIndex } from './transformer.ts';

/** Rows of a joined table as plain data on shared memory. */
export interface JoinIndexData {
  readonly table: KeyTableData;
  readonly columns: number;
  /** Where each value begins: `offsets[row * columns + column]`. */
  readonly offsets: Uint32Array;
  /** Values, each a tag and its bytes. */
  readonly blob: Uint8Array;
}

export interface JoinIndexBuilder {
  /** Columns that `addRow` wants, in this order: `JoinPlan.columns`, then `on` and the table's key as far as they are not among them. */
  readonly columns: readonly string[];
  /**
   * Rows may come in any order; those that `JoinPlan.where` leaves out do not count. Of several rows with the same value of `on` the one with the greatest
   * key stays; where the key is not known or equal, the greatest by its other values in order.
   */
  addRow(row: SourceRow): void;
  /** Call once; the builder is empty afterwards. */
  build(): JoinIndexData;
}

const TAG = { null: 0, number: 1, text: 2, true: 3, false: 4, bytes: 5 } as const;

/** Bytes that grow. */
const createBlob = () => {
  let bytes = Buffer.allocUnsafe(65_536);
  let length = 0;
  const room = (wanted: number): void => {
    if (length + wanted <= bytes.length) return;
    const larger = Buffer.allocUnsafe(Math.max(bytes.length * 2, length + wanted));
    bytes.copy(larger, 0, 0, length);
    bytes = larger;
  };
  const writeBytes = (tag: number, value: Uint8Array): void => {
    room(5 + value.length);
    bytes[length] = tag;
    bytes.writeUInt32LE(value.length, length + 1);
    bytes.set(value, length + 5);
    length += 5 + value.length;
  };
  return {
    /** Appends a value and answers where it begins. */
    write(value: SourceValue): number {
      const start = length;
      if (typeof value === 'number') {
        room(9);
        bytes[length] = TAG.number;
        bytes.writeDoubleLE(value, length + 1);
        length += 9;
      } else if (value === null || typeof value === 'boolean') {
        room(1);
        bytes[length++] = value === null ? TAG.null : TAG[value ? 'true' : 'false'];
      } else if (value instanceof Uint8Array) {
        writeBytes(TAG.bytes, value);
      } else {
        writeBytes(TAG.text, Buffer.from(String(value), 'utf8'));
      }
      return start;
    },
    view: () => bytes.subarray(0, length),
  };
};

const readValue = (blob: Buffer, at: number): SourceValue => {
  switch (blob[at]) {
    case TAG.number:
      return blob.readDoubleLE(at + 1);
    case TAG.text: {
      const length = blob.readUInt32LE(at + 1);
      return blob.toString('utf8', at + 5, at + 5 + length);
    }
    case TAG.true:
      return true;
    case TAG.false:
      return false;
    case TAG.bytes: {
      const length = blob.readUInt32LE(at + 1);
      return Uint8Array.from(blob.subarray(at + 5, at + 5 + length));
    }
    default:
      return null;
  }
};

/** Order of two values: NULL first, numbers by value, all else as text. */
const compareValues = (a: SourceValue, b: SourceValue): number => {
  if (a === null || b === null) return Number(a !== null) - Number(b !== null);
  const left = keyOf(a) ?? '';
  const right = keyOf(b) ?? '';
  if (typeof left !== typeof right) return typeof left === 'number' ? -1 : 1;
  if (left === right) return 0;
  return left > right ? 1 : -1;
};

/** Collects the rows of a joined table. `key`: its legacy key, where it is known. */
export const createJoinIndexBuilder = (join: JoinPlan, key: readonly string[] = []): JoinIndexBuilder => {
  const columns = [...new Set([...join.columns, join.on, ...key])];
  const ranked = [...new Set([...key, ...columns])].map((name) => columns.indexOf(name));
  const width = columns.length;
  const on = columns.indexOf(join.on);
  const counts = compileCondition({
    all: (join.where ?? []).map(({ column, value }) => ({
      column: columns.indexOf(column),
      test: 'in',
      values: [value],
    })),
  });
  let table = createKeyTable();
  let offsets: number[] = [];
  let blob = createBlob();
  const beats = (row: SourceRow, at: number): boolean => {
    for (const column of ranked) {
      const order = compareValues(row[column] ?? null, readValue(blob.view(), offsets[at * width + column]!));
      if (order !== 0) return order > 0;
    }
    return false;
  };
  return {
    columns,
    addRow(row) {
      const value = keyOf(row[on] ?? null);
      if (value === null || !counts(row)) return;
      const known = table.size;
      const at = table.add(value);
      if (at < known && !beats(row, at)) return;
      for (let column = 0; column < width; column++) offsets[at * width + column] = blob.write(row[column] ?? null);
    },
    build() {
      const view = blob.view();
      const sharedBlob = new Uint8Array(new SharedArrayBuffer(view.length));
      sharedBlob.set(view);
      const sharedOffsets = new Uint32Array(new SharedArrayBuffer(offsets.length * 4));
      sharedOffsets.set(offsets);
      const data = { table: table.build(), columns: width, offsets: sharedOffsets, blob: sharedBlob };
      table = createKeyTable();
      offsets = [];
      blob = createBlob();
      return data;
    },
  };
};

/** Opens the data in any thread. */
export const openJoinIndex = (data: JoinIndexData): JoinIndex => {
  const { table, columns, offsets } = data;
  const blob = Buffer.from(data.blob.buffer, data.blob.byteOffset, data.blob.byteLength);
  return {
    get(key, column) {
      const row = findKey(table, key);
      return row < 0 ? undefined : readValue(blob, offsets[row * columns + column]!);
    },
  };
};

import type { Table, TestDatabase } from '../tds/database.ts';
import type { SqlRow, SqlValue } from '../tds/value.ts';
import { STAMP_COLUMN, VERSION_COLUMN } from './living-office.ts';

/** Random numbers from a seed (mulberry32): the same office on every machine. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What a night leaves for later ones: rows that were deleted and may come back. */
export interface OfficeMemory {
  readonly deleted: { readonly table: string; readonly row: SqlRow }[];
}

export interface Night {
  readonly db: TestDatabase;
  readonly random: () => number;
  readonly memory: OfficeMemory;
  /** Local time of the office, for its stamps. */
  readonly now: string;
}

type Change = (night: Night, table: Table) => void;

/**
 * Changes that people and programs make in a night, over all tables: values, references (re-parenting, heads of lineages), soft deletes, values that no rule lets
 * in and their cure, new rows, rows that go, rows that come back. `frozen`: tables that stay as they are.
 */
export function changeOffice(night: Night, count: number, frozen: readonly string[] = []): void {
  const tables = night.db.tables.filter(
    ({ name, rows, primaryKey }) => rows.length > 0 && primaryKey.length > 0 && !frozen.includes(name),
  );
  for (let i = 0; i < count; i++) {
    const change = CHANGES[Math.floor(night.random() * CHANGES.length)]!;
    change(night, pick(night.random, tables));
  }
}

export const pick = <T>(random: () => number, list: readonly T[]): T => list[Math.floor(random() * list.length)]!;

const keyOf = (table: Table, row: SqlRow): SqlRow =>
  table.primaryKey.map((name) => row[table.columns.findIndex((column) => column.name === name)]!);

const ownColumns = (table: Table) =>
  table.columns.filter(
    ({ name, identity }) =>
      !table.primaryKey.includes(name) && name !== VERSION_COLUMN && name !== STAMP_COLUMN && !identity,
  );

/** A value of a column as another row has it: a reference then means another record, a head another lineage. */
const swapValue: Change = (night, table) => {
  const [from, to] = [pick(night.random, table.rows), pick(night.random, table.rows)];
  const column = pick(night.random, ownColumns(table));
  if (column === undefined) return;
  const at = table.columns.indexOf(column);
  set(night, table, to, { [column.name]: from[at]! });
};

/** A reference to a record that may or may not be there. */
const moveReference: Change = (night, table) => {
  const references = ownColumns(table).filter(
    ({ name, type }) => /^Id[A-Z]|Orginal|Oryginal|IdP/.test(name) && type.name !== 'nvarchar',
  );
  if (references.length === 0) return;
  const column = pick(night.random, references);
  const at = table.columns.indexOf(column);
  const known = table.rows.map((row) => row[at]!).filter((value) => value !== null);
  const value = night.random() < 0.15 ? 987_654 : known.length === 0 ? 1 : pick(night.random, known);
  set(night, table, pick(night.random, table.rows), {
    [column.name]: typeof known[0] === 'bigint' ? BigInt(Number(value)) : value,
  });
};

/** A text that is empty, odd or new. */
const rewriteText: Change = (night, table) => {
  const texts = ownColumns(table).filter(({ type }) => type.name === 'nvarchar');
  if (texts.length === 0) return;
  const column = pick(night.random, texts);
  const value = pick(night.random, ['', 'Zażółć gęślą jaźń', `wpis ${Math.floor(night.random() * 1000)}`, 'X']);
  const short = column.type.length > 0 ? value.slice(0, column.type.length) : value;
  set(night, table, pick(night.random, table.rows), { [column.name]: short });
};

/** A value that becomes NULL where it may be. */
const clearValue: Change = (night, table) => {
  const nullable = ownColumns(table).filter((column) => column.nullable);
  if (nullable.length === 0) return;
  set(night, table, pick(night.random, table.rows), { [pick(night.random, nullable).name]: null });
};

const remove: Change = (night, table) => {
  if (table.rows.length < 3) return;
  const row = pick(night.random, table.rows);
  night.memory.deleted.push({ table: `${table.schema}.${table.name}`, row });
  night.db.remove(`${table.schema}.${table.name}`, keyOf(table, row));
};

/** A deleted row comes back as it was. */
const restore: Change = ({ db, memory, random, now }) => {
  const at = Math.floor(random() * memory.deleted.length);
  const [back] = memory.deleted.splice(at, 1);
  if (back === undefined) return;
  const table = db.table(back.table);
  // Its key may have been given to a new row since
  const key = keyOf(table, back.row);
  if (table.rows.some((row) => keyOf(table, row).every((value, i) => value === key[i]))) return;
  db.insert(back.table, stamped(table, back.row, now));
};

/** A new row like another one, with the next key. */
const add: Change = (night, table) => {
  if (table.primaryKey.length !== 1) return;
  const at = table.columns.findIndex(({ name }) => name === table.primaryKey[0]);
  const keys = table.rows.map((row) => row[at]!);
  if (keys.some((key) => typeof key !== 'number' && typeof key !== 'bigint')) return;
  const next = keys.reduce<number>((most, key) => Math.max(most, Number(key)), 0) + 1 + Math.floor(night.random() * 2);
  const row = [...pick(night.random, table.rows)];
  row[at] = typeof keys[0] === 'bigint' ? BigInt(next) : next;
  night.db.insert(`${table.schema}.${table.name}`, stamped(table, row, night.now));
};

const CHANGES: readonly Change[] = [
  swapValue,
  swapValue,
  moveReference,
  moveReference,
  rewriteText,
  clearValue,
  remove,
  restore,
  add,
  add,
];

export function set({ db, now }: Night, table: Table, row: SqlRow, values: Readonly<Record<string, SqlValue>>): void {
  db.update(`${table.schema}.${table.name}`, keyOf(table, row), { ...values, [STAMP_COLUMN]: now });
}

function stamped(table: Table, row: SqlRow, now: string): SqlRow {
  const at = table.columns.findIndex(({ name }) => name === STAMP_COLUMN);
  return row.map((value, i) => (i === at ? now : value));
}

import { compareValues } from './compare.ts';
import { parseSqlType, type SqlType } from './sql-type.ts';
import type { SqlRow, SqlValue } from './value.ts';

/** One column of a table in the test database. */
export interface TableColumn {
  readonly name: string;
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly identity: boolean;
}

export interface ForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  /** `schema.table`. */
  readonly refTable: string;
  readonly refColumns: readonly string[];
}

/** A secondary index of a table; the primary key has its own. */
export interface TableIndex {
  readonly name: string;
  readonly columns: readonly string[];
  readonly unique: boolean;
}

/** A table as the tests describe it; types as DDL text. */
export interface TableSpec {
  /** `schema.table`; `dbo` when there is no dot. */
  readonly name: string;
  /** `[name, type]`; the type may end in `NOT NULL`, `IDENTITY` and name a `COLLATE`. */
  readonly columns: readonly (readonly [name: string, type: string])[];
  readonly primaryKey?: readonly string[];
  readonly foreignKeys?: readonly ForeignKey[];
  readonly indexes?: readonly TableIndex[];
  readonly rows?: readonly SqlRow[];
  readonly changeTracking?: boolean;
  /** Instead of rows: a table whose rows are computed (see synthetic-table.ts). */
  readonly synthetic?: SyntheticRows;
}

/** Rows 1 … count, of which row `i` is the template `i mod templates.length` with `i` as its key. */
export interface SyntheticRows {
  readonly count: number;
  readonly keyColumn: string;
  readonly templates: readonly SqlRow[];
}

export interface Table {
  readonly objectId: number;
  readonly schema: string;
  name: string;
  columns: TableColumn[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly ForeignKey[];
  readonly indexes: readonly TableIndex[];
  /** In the order of the primary key, where there is one. */
  rows: SqlValue[][];
  readonly synthetic: SyntheticRows | undefined;
  readonly changeTracking: boolean;
  /** What changed, for CHANGETABLE: version, kind, key. */
  readonly changes: ChangeRecord[];
}

export interface ChangeRecord {
  readonly version: number;
  readonly operation: 'I' | 'U' | 'D';
  readonly key: SqlRow;
}

export interface DatabaseOptions {
  readonly name?: string;
  readonly collation?: string;
  readonly snapshotIsolation?: boolean;
  readonly readCommittedSnapshot?: boolean;
  readonly changeTracking?: boolean;
  readonly compatibilityLevel?: number;
}

/** The database behind the test server. Tests change it while the server runs. */
export interface TestDatabase {
  readonly name: string;
  readonly collation: string;
  readonly options: Required<DatabaseOptions>;
  readonly tables: Table[];
  /** Change tracking version, and the oldest one that is still kept. */
  readonly tracking: { version: number; minValid: number };
  addTable: (spec: TableSpec) => Table;
  /** The table of `schema.table` or `table`, without regard to case; throws when there is none. */
  table: (name: string) => Table;
  insert: (table: string, row: SqlRow) => void;
  /** Changes columns of the row with this key. */
  update: (table: string, key: SqlRow, changes: Readonly<Record<string, SqlValue>>) => void;
  remove: (table: string, key: SqlRow) => void;
  /**
   * Inserts a row in a transaction that stays open: its rowversion is given now, MIN_ACTIVE_ROWVERSION() stays at it, and nobody sees the row (as under row versioning)
   * until `commit`.
   */
  insertLater: (table: string, row: SqlRow) => { commit: () => void };
  /** Rowversions of transactions that are open. */
  readonly openVersions: Set<bigint>;
  /** The server's clock; tests may set another. */
  clock: () => Date;
  /** Functions that this server does not have, in small letters: as on Babelfish. */
  readonly lacking: Set<string>;
  /** The next rowversion value (like @@DBTS + 1). */
  nextRowversion: () => bigint;
}

export function createDatabase(specs: readonly TableSpec[] = [], options: DatabaseOptions = {}): TestDatabase {
  const state = { rowversion: 2000n };
  const all = {
    name: options.name ?? 'EZD_TEST',
    collation: options.collation ?? 'Polish_CI_AS',
    snapshotIsolation: options.snapshotIsolation ?? false,
    readCommittedSnapshot: options.readCommittedSnapshot ?? false,
    changeTracking: options.changeTracking ?? false,
    compatibilityLevel: options.compatibilityLevel ?? 150,
  };
  const db: TestDatabase = {
    name: all.name,
    collation: all.collation,
    options: all,
    tables: [],
    tracking: { version: 0, minValid: 0 },
    addTable: (spec) => {
      const table = makeTable(spec, db);
      db.tables.push(table);
      return table;
    },
    table: (name) => findTable(db, name.split('.')) ?? missing(name),
    insert: (name, row) => {
      const table = db.table(name);
      const full = stamped(table, [...row], db);
      table.rows.splice(placeOf(table, full), 0, full);
      record(db, table, 'I', full);
    },
    update: (name, key, changes) => {
      const table = db.table(name);
      const at = rowAt(table, key);
      const row = [...table.rows[at]!];
      for (const [column, value] of Object.entries(changes)) row[columnIndex(table, column)] = value;
      table.rows[at] = stamped(table, row, db);
      record(db, table, 'U', row);
    },
    remove: (name, key) => {
      const table = db.table(name);
      const [row] = table.rows.splice(rowAt(table, key), 1);
      record(db, table, 'D', row!);
    },
    insertLater: (name, row) => {
      const table = db.table(name);
      const full = stamped(table, [...row], db);
      const version = state.rowversion;
      db.openVersions.add(version);
      return {
        commit: () => {
          db.openVersions.delete(version);
          table.rows.splice(placeOf(table, full), 0, full);
          record(db, table, 'I', full);
        },
      };
    },
    openVersions: new Set(),
    clock: () => new Date(),
    lacking: new Set(),
    nextRowversion: () => ++state.rowversion,
  };
  for (const spec of specs) db.addTable(spec);
  return db;
}

function missing(name: string): never {
  throw new Error(`the test database has no table ${name}`);
}

/** Finds a table by its dotted name; one part means schema dbo, three parts begin with the database. */
export function findTable(db: TestDatabase, name: readonly string[]): Table | undefined {
  const [schema = 'dbo', table = ''] = name.length === 1 ? ['dbo', name[0]] : name.slice(-2);
  const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();
  return db.tables.find((candidate) => same(candidate.schema, schema || 'dbo') && same(candidate.name, table));
}

export function columnIndex(table: Table, name: string): number {
  const at = table.columns.findIndex((column) => column.name.toLowerCase() === name.toLowerCase());
  if (at < 0) throw new Error(`table ${table.name} has no column ${name}`);
  return at;
}

function makeTable(spec: TableSpec, db: TestDatabase): Table {
  const [schema = 'dbo', name = ''] = spec.name.includes('.') ? spec.name.split('.') : ['dbo', spec.name];
  const table: Table = {
    objectId: 245_575_913 + db.tables.length * 16,
    schema,
    name,
    columns: spec.columns.map(([column, type]) => parseColumn(column, type, db.collation)),
    primaryKey: spec.primaryKey ?? [],
    foreignKeys: spec.foreignKeys ?? [],
    indexes: spec.indexes ?? [],
    rows: [],
    synthetic: spec.synthetic,
    changeTracking: spec.changeTracking ?? false,
    changes: [],
  };
  table.rows = (spec.rows ?? []).map((row) => stamped(table, [...row], db));
  if (table.primaryKey.length > 0) table.rows.sort(keyComparer(table));
  return table;
}

function parseColumn(name: string, text: string, collation: string): TableColumn {
  const own = /\s+collate\s+(\w+)/i.exec(text)?.[1];
  const type = text.replace(/\s+(collate\s+\w+|not null|null|identity(\s*\(\d+,\s*\d+\))?)/gi, '');
  const nullable = !/\bnot null\b/i.test(text);
  return { name, type: parseSqlType(type, own ?? collation), nullable, identity: /\bidentity\b/i.test(text) };
}

/** Order of two rows by the primary key. */
export function keyComparer(table: Table): (a: SqlRow, b: SqlRow) => number {
  const parts = table.primaryKey.map((name) => {
    const at = columnIndex(table, name);
    const compare = compareValues(table.columns[at]!.type);
    return { at, compare };
  });
  return (a, b) => {
    for (const part of parts) {
      const order = part.compare(a[part.at]!, b[part.at]!);
      if (order !== 0) return order;
    }
    return 0;
  };
}

/** Sets the rowversion column, if the table has one and the row does not say otherwise. */
function stamped(table: Table, row: SqlValue[], db: TestDatabase): SqlValue[] {
  const at = table.columns.findIndex((column) => column.type.name === 'rowversion');
  if (at < 0) return row;
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(db.nextRowversion());
  row[at] = bytes;
  return row;
}

function placeOf(table: Table, row: SqlRow): number {
  if (table.primaryKey.length === 0) return table.rows.length;
  const compare = keyComparer(table);
  const at = table.rows.findIndex((other) => compare(other, row) >= 0);
  if (at >= 0 && compare(table.rows[at]!, row) === 0) throw new Error(`duplicate key in ${table.name}`);
  return at < 0 ? table.rows.length : at;
}

function rowAt(table: Table, key: SqlRow): number {
  const columns = table.primaryKey.map((name) => columnIndex(table, name));
  const at = table.rows.findIndex((row) => columns.every((column, i) => row[column] === key[i]));
  if (at < 0) throw new Error(`table ${table.name} has no row with that key`);
  return at;
}

function record(db: TestDatabase, table: Table, operation: ChangeRecord['operation'], row: SqlRow): void {
  if (!table.changeTracking) return;
  const key = table.primaryKey.map((name) => row[columnIndex(table, name)]!);
  table.changes.push({ version: ++db.tracking.version, operation, key });
}

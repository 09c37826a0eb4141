import type { DatabaseFacts, SourceCatalogue, SourceColumn, SourceTable, TableDesign } from '../../core/catalogue.ts';
import { columnTypeRule } from './column-types.ts';
import { quoteName } from './quote-name.ts';

/** Everything that the catalogue of the legacy database tells. */
export interface DatabaseCatalogue {
  readonly server: ServerFacts;
  readonly tables: readonly DatabaseTable[];
}

export interface ServerFacts {
  /** First line of @@VERSION. */
  readonly version: string;
  readonly database: string;
  readonly collation: string;
  readonly compatibilityLevel: number;
  /** ALLOW_SNAPSHOT_ISOLATION is on: reads block nobody and see one moment. */
  readonly snapshotIsolation: boolean;
  /** READ_COMMITTED_SNAPSHOT is on. */
  readonly readCommittedSnapshot: boolean;
  readonly changeTracking: boolean;
  /** Local time of the server, without zone, and its difference from UTC in minutes. */
  readonly localTime: string;
  readonly offsetMinutes: number;
}

export interface DatabaseTable {
  readonly schema: string;
  readonly name: string;
  readonly kind: 'table' | 'view';
  readonly columns: readonly DatabaseColumn[];
  readonly primaryKey: readonly string[];
  /** Unique indexes and constraints besides the primary key, by columns. */
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly indexes: readonly { readonly name: string; readonly columns: readonly string[]; readonly unique: boolean }[];
  readonly foreignKeys: readonly DatabaseForeignKey[];
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly changeTracking: boolean;
}

export interface DatabaseColumn {
  readonly name: string;
  /** Base type without length, in lower case: `nvarchar`. */
  readonly baseType: string;
  /** As in DDL: `nvarchar(400)`, `decimal(18,2)`. */
  readonly type: string;
  readonly nullable: boolean;
  /** Only for character types. */
  readonly collation: string | null;
  readonly identity: boolean;
  readonly computed: boolean;
  /** Values can be long (MAX, text, image, xml). */
  readonly wide: boolean;
}

export interface DatabaseForeignKey {
  readonly name: string;
  readonly columns: readonly string[];
  readonly refSchema: string;
  readonly refTable: string;
  readonly refColumns: readonly string[];
}

/** The catalogue in the words that every source shares. */
export function sourceCatalogue(catalogue: DatabaseCatalogue): SourceCatalogue {
  const { tables, server } = catalogue;
  return { tables: tables.map((table) => sourceTable(table, server.collation)), database: databaseFacts(server) };
}

function databaseFacts({ database, localTime: _time, offsetMinutes: _offset, ...facts }: ServerFacts): DatabaseFacts {
  return { name: database, ...facts };
}

function sourceTable(table: DatabaseTable, collation: string): SourceTable {
  return {
    name: `${table.schema}.${table.name}`,
    columns: table.columns.map((column) => sourceColumn(column, collation)),
    primaryKey: table.primaryKey,
    rows: table.rows === null ? null : { count: table.rows, exact: false },
    bytes: table.bytes,
    design: tableDesign(table),
  };
}

function sourceColumn(column: DatabaseColumn, usual: string): SourceColumn {
  const { name, type, nullable, wide, baseType, collation } = column;
  return {
    name,
    type,
    nullable,
    ...(wide ? { long: true } : {}),
    ...(columnTypeRule(baseType) === undefined ? { unreadable: true } : {}),
    ...(collation === null || collation === usual ? {} : { collation }),
  };
}

const ROW_VERSIONS = ['rowversion', 'timestamp'];

function tableDesign({ kind, uniqueKeys, indexes, foreignKeys, changeTracking, columns }: DatabaseTable): TableDesign {
  return {
    kind,
    uniqueKeys,
    indexes,
    foreignKeys: foreignKeys.map(({ name, columns, refSchema, refTable, refColumns }) => ({
      name,
      columns,
      refTable: `${refSchema}.${refTable}`,
      refColumns,
    })),
    changeTracking,
    rowVersion: columns.find(({ baseType }) => ROW_VERSIONS.includes(baseType))?.name ?? null,
  };
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The table of `schema.table` or `table` (then `dbo`), without regard to case and brackets. */
export function findTable(catalogue: DatabaseCatalogue, name: string): DatabaseTable | undefined {
  const parts = name.split('.').map((part) => part.replace(/^\[(.*)\]$/, '$1'));
  const [schema = 'dbo', table = ''] = parts.length === 1 ? ['dbo', parts[0]] : parts.slice(-2);
  return catalogue.tables.find((candidate) => same(candidate.schema, schema) && same(candidate.name, table));
}

export function findColumn(table: DatabaseTable, name: string): DatabaseColumn | undefined {
  return table.columns.find((column) => same(column.name, name));
}

/** `[dbo].[Order]`. */
export function quotedTable(table: DatabaseTable): string {
  return `${quoteName(table.schema)}.${quoteName(table.name)}`;
}

/** True when the columns hold a primary or unique key that knows no NULL, so that no two rows are alike in them. */
export function isUniqueKey(table: DatabaseTable, key: readonly string[]): boolean {
  const holds = (unique: readonly string[]): boolean =>
    unique.length > 0 && unique.every((column) => key.some((part) => same(part, column)));
  const strict = table.uniqueKeys.filter((unique) =>
    unique.every((column) => findColumn(table, column)?.nullable === false),
  );
  return holds(table.primaryKey) || strict.some(holds);
}

/** True when an index begins with these columns, so that the server need not sort. */
export function isIndexed(table: DatabaseTable, key: readonly string[]): boolean {
  const begins = (columns: readonly string[]): boolean =>
    key.every((part, i) => columns[i] !== undefined && same(columns[i], part));
  return begins(table.primaryKey) || table.indexes.some((index) => begins(index.columns));
}

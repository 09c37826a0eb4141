import { type OfficeRow, readOffice } from '../../../fixtures/office/read-office.ts';
import { type LegacyColumn, type LegacyTable, legacyTables } from '../../../fixtures/schema.ts';
import { convertValue } from './convert.ts';
import type { TableSpec } from './database.ts';
import { makeSqlType, parseSqlType, type SqlType } from './sql-type.ts';
import type { SqlRow, SqlValue } from './value.ts';

const TEXT = makeSqlType('nvarchar', -1);

/** Rows by table name (without schema), values by column name; columns left out are NULL. */
export type LegacyRows = Readonly<Record<string, readonly Readonly<Record<string, SqlValue>>[]>>;

/** The tables of the fixture office's schema, empty but for the rows given. */
export function legacyDatabase(rows: LegacyRows = {}): TableSpec[] {
  return legacyTables().map((table) => {
    const given = rows[table.name] ?? [];
    return specOf(
      table,
      given.map((row) => table.columns.map((column) => row[column.name] ?? null)),
    );
  });
}

/**
 * A fixture office in UTF-8 (the folder that `npm run fixtures` fills) as a database. Lines that no database could hold are left out. A dirty office may hold a key
 * twice: such a table has an index on its key instead of a primary key, as a legacy database would; and a column whose values do not fit its type is NVARCHAR.
 */
export function legacyDatabaseFrom(folder: string): TableSpec[] {
  const office = readOffice(folder);
  return legacyTables().map((table) => {
    const dump = office.get(table.name) ?? [];
    const columns = table.columns.map((column) => fittingColumn(column, dump));
    const rows = dump.map((row) =>
      columns.map((column) => cellValue(row[column.name] ?? null, parseSqlType(column.sqlType))),
    );
    const spec = specOf({ ...table, columns }, rows);
    const places = table.primaryKey.map((name) => table.columns.findIndex((column) => column.name === name));
    const keys = new Set(rows.map((row) => places.map((at) => String(row[at])).join('|')));
    if (keys.size === rows.length && places.every((at) => !columns[at]!.nullable)) return spec;
    const index = { name: `IX_${table.name}`, columns: table.primaryKey, unique: false };
    return { ...spec, primaryKey: [], indexes: [index] };
  });
}

/** The column as declared, as text when the dump has values that its type cannot hold, nullable when it has NULLs. */
function fittingColumn(column: LegacyColumn, rows: readonly OfficeRow[]): LegacyColumn {
  const type = parseSqlType(column.sqlType);
  const nullable = column.nullable || rows.some((row) => (row[column.name] ?? null) === null);
  try {
    for (const row of rows) cellValue(row[column.name] ?? null, type);
    return { ...column, nullable };
  } catch {
    return { ...column, nullable, sqlType: 'NVARCHAR(4000)' };
  }
}

function specOf(table: LegacyTable, rows: readonly SqlRow[]): TableSpec {
  return {
    name: `${table.schema}.${table.name}`,
    columns: table.columns.map((column) => [
      column.name,
      `${column.sqlType}${column.nullable ? '' : ' NOT NULL'}${column.identity ? ' IDENTITY' : ''}`,
    ]),
    primaryKey: table.primaryKey,
    foreignKeys: table.foreignKeys.map((key) => ({
      name: key.name,
      columns: key.columns,
      refTable: `${table.schema}.${key.references.table}`,
      refColumns: key.references.columns,
    })),
    rows,
  };
}

function cellValue(cell: string | null, type: SqlType): SqlValue {
  if (cell === null) return null;
  const bytes = cell.startsWith('0x') && type.name === 'varbinary';
  return convertValue(bytes ? Buffer.from(cell.slice(2), 'hex') : cell, TEXT, type);
}

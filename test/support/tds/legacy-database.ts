import { createReadStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse';
import { type LegacyTable, legacyTables } from '../../../fixtures/schema.ts';
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
 * The fixture office from a dump folder in UTF-8 (`dbo.Pisma.csv`, header, comma, empty = NULL): what `npm run fixtures` writes.
 * A table without a file is empty.
 */
export async function legacyDatabaseFrom(folder: string): Promise<TableSpec[]> {
  const specs: TableSpec[] = [];
  for (const table of legacyTables()) specs.push(specOf(table, await readRows(table, folder)));
  return specs;
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

async function readRows(table: LegacyTable, folder: string): Promise<SqlRow[]> {
  const file = join(folder, `${table.schema}.${table.name}.csv`);
  if (!existsSync(file)) return [];
  const types = table.columns.map((column) => parseSqlType(column.sqlType));
  const rows: SqlRow[] = [];
  // A quoted empty cell is an empty text, a bare one is NULL. A broken line of a dirty office cannot be in a database.
  const cast = (cell: string, { quoting }: { quoting: boolean }): string | null =>
    cell === '' && !quoting ? null : cell;
  const options = { bom: true, columns: true, skip_records_with_error: true, cast };
  const records: AsyncIterable<Record<string, string | null>> = createReadStream(file).pipe(parse(options));
  for await (const record of records) {
    rows.push(table.columns.map((column, i) => cellValue(record[column.name] ?? null, types[i]!)));
  }
  return rows;
}

function cellValue(cell: string | null, type: SqlType): SqlValue {
  if (cell === null) return null;
  const bytes = cell.startsWith('0x') && type.name === 'varbinary';
  return convertValue(bytes ? Buffer.from(cell.slice(2), 'hex') : cell, TEXT, type);
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { legacyTables } from '../../fixtures/schema.ts';

/** One row of a dump; null = NULL (empty and unquoted), '' = empty string. */
export type OfficeRow = Readonly<Record<string, string | null>>;

/** All tables of a small UTF-8 office in memory, by table name. For tests only: it does not stream, and it wants clean CSV. */
export function readOffice(folder: string): ReadonlyMap<string, readonly OfficeRow[]> {
  return new Map(legacyTables().map((table) => [table.name, readTable(folder, table.name)]));
}

/** The rows of one table of a UTF-8 office. */
export function readTable(folder: string, table: string): OfficeRow[] {
  return parse(readFileSync(join(folder, 'tables', `dbo.${table}.csv`)), {
    columns: true,
    cast: (value, context) => (value === '' && !context.quoting ? null : value),
  });
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { legacyTables } from '../../fixtures/schema.ts';
import { readDefects } from './read-defects.ts';

/** One row of a dump; null = NULL (empty and unquoted), '' = empty string. */
export type OfficeRow = Readonly<Record<string, string | null>>;

/**
 * All tables of a small UTF-8 office in memory, by table name; lines that `defects.json` names as broken are left out.
 * For tests only: it does not stream.
 */
export function readOffice(folder: string): ReadonlyMap<string, readonly OfficeRow[]> {
  const broken = readDefects(folder)
    .filter((defect) => defect.kind === 'CSV_BROKEN_LINE')
    .map((defect) => defect.file);
  return new Map(legacyTables().map((table) => [table.name, readTable(folder, table.name, broken)]));
}

/** The rows of one table of a UTF-8 office; `broken` holds `tables/<file>:<line>` of lines to leave out. */
export function readTable(folder: string, table: string, broken: readonly string[] = []): OfficeRow[] {
  const file = `tables/dbo.${table}.csv`;
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const text = lines.filter((_line, index) => !broken.includes(`${file}:${index + 1}`)).join('\n');
  return parse(text, { columns: true, cast: (value, context) => (value === '' && !context.quoting ? null : value) });
}

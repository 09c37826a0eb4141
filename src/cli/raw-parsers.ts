import { CSV_PARSER, parseCsvSlice } from '../sources/csv/parse-slice.ts';
import { MSSQL_PARSER, unpackRows } from '../sources/mssql/pack-rows.ts';
import { parseTdsRows, TDS_PARSER } from '../sources/mssql/tds-rows.ts';
import type { RawParser } from '../sources/source.ts';

/** Parsers of raw slices, by the name that the source puts into a slice. One line a source that yields bytes. */
export const RAW_PARSERS: Readonly<Record<string, RawParser>> = {
  [CSV_PARSER]: parseCsvSlice,
  [MSSQL_PARSER]: unpackRows,
  [TDS_PARSER]: parseTdsRows,
};

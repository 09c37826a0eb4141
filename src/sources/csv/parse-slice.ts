import { isUtf8 } from 'node:buffer';
import { parse } from 'csv-parse/sync';
import type { SourceRow } from '../../core/record.ts';
import type { BrokenLine, ParsedSlice, RawSpec } from '../../core/slice.ts';
import type { CsvDialect } from './dialect.ts';
import { inText } from './haystack.ts';
import { createRowScanner } from './row-scanner.ts';

/** Name of this parser in raw slices. */
export const CSV_PARSER = 'csv';

/** Why a line is broken: `columnCount:<found>:<expected>`, or one of the words. */
export const BROKEN_REASONS = ['columnCount', 'quotes', 'encoding', 'emptyLine'] as const;

/** What the parser is told about a slice. Plain data: it crosses to a worker thread. */
export type CsvSliceSpec = CsvDialect & {
  /** File name for messages. */
  readonly file: string;
  /** Number of the slice's first line in the file, from 1. */
  readonly line: number;
  /** Number of columns of the file. */
  readonly columns: number;
  /** Positions of the wanted columns in the file, in the wanted order. */
  readonly pick: readonly number[];
};

/** Characters that stand for bytes which the encoding does not know. */
const NOT_DECODED: Readonly<Record<CsvDialect['encoding'], RegExp>> = {
  utf8: /\uFFFD/,
  'windows-1250': /[\u0081\u0083\u0088\u0090\u0098]/,
  utf16le: /\p{Surrogate}/u,
};

/** Parses one slice of whole rows as `cutSlices` cuts them. Never throws for what stands in the data. */
export function parseCsvSlice(bytes: Uint8Array, spec: RawSpec): ParsedSlice {
  const slice = spec as unknown as CsvSliceSpec;
  const { text, sound } = decode(bytes, slice.encoding);
  const collect = createCollector(slice, sound);
  if (slice.quote === null || !text.includes(slice.quote)) splitPlain(text, slice, collect);
  else splitQuoted(text, slice, collect);
  return collect.finish();
}

function decode(bytes: Uint8Array, encoding: CsvDialect['encoding']): { text: string; sound: boolean } {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (encoding === 'utf8') return { text: buffer.toString('utf8'), sound: isUtf8(buffer) };
  const text = encoding === 'utf16le' ? buffer.toString('utf16le') : new TextDecoder(encoding).decode(buffer);
  return { text, sound: !NOT_DECODED[encoding].test(text) };
}

function splitPlain(text: string, slice: CsvSliceSpec, collect: Collector): void {
  const rowEnd = slice.rowEnd === 'crlf' ? '\r\n' : '\n';
  for (let start = 0; start < text.length; ) {
    const found = text.indexOf(rowEnd, start);
    const end = found === -1 ? text.length : found;
    const row = text.slice(start, contentEnd(text, start, end, slice));
    collect.plain(row, slice.rowEnd === 'crlf' ? linesOf(row) : 1);
    start = end + rowEnd.length;
  }
}

function linesOf(row: string): number {
  let lines = 1;
  for (let at = row.indexOf('\n'); at !== -1; at = row.indexOf('\n', at + 1)) lines += 1;
  return lines;
}

function splitQuoted(text: string, slice: CsvSliceSpec, collect: Collector): void {
  const scanner = createRowScanner(inText(text), slice, slice.columns, true);
  for (let start = 0; start < text.length; ) {
    const next = scanner.next(start);
    const withoutLf = text.charCodeAt(next - 1) === 10 ? next - 1 : next;
    const cr = slice.rowEnd === 'crlf' && withoutLf < next && text.charCodeAt(withoutLf - 1) === 13 ? 1 : 0;
    const row = text.slice(start, contentEnd(text, start, withoutLf - cr, slice));
    if (scanner.broken) collect.broken(row, scanner.lines, 'quotes');
    else if (scanner.quoted) collect.quoted(row, scanner.lines);
    else collect.plain(row, scanner.lines);
    start = next;
  }
}

/** In files with mixed row ends a CR before the LF belongs to the row end. */
const contentEnd = (text: string, start: number, end: number, slice: CsvSliceSpec): number =>
  slice.rowEnd === 'any' && end > start && text.charCodeAt(end - 1) === 13 ? end - 1 : end;

interface Collector {
  /** A row in which no quote opens a field. */
  plain(row: string, lines: number): void;
  quoted(row: string, lines: number): void;
  broken(row: string, lines: number, reason: string): void;
  finish(): ParsedSlice;
}

/** A row that csv-parse still has to take apart, at its place among the rows. */
interface QuotedRow {
  readonly at: number;
  readonly line: number;
  readonly text: string;
}

function createCollector(slice: CsvSliceSpec, sound: boolean): Collector {
  const { delimiter, columns } = slice;
  const pick = createPick(slice);
  const rows: (SourceRow | null)[] = [];
  const later: QuotedRow[] = [];
  const broken: BrokenLine[] = [];
  const undecodable = NOT_DECODED[slice.encoding];
  let line = slice.line;

  function reject(raw: string, lineNumber: number, reason: string, at: number): void {
    broken.push({ row: at, file: slice.file, line: lineNumber, reason, raw });
  }
  function readable(row: string): boolean {
    if (sound || !undecodable.test(row)) return true;
    reject(row, line, 'encoding', rows.length);
    return false;
  }
  return {
    plain(row, lines) {
      if (row === '' && columns > 1) reject(row, line, 'emptyLine', rows.length);
      else if (readable(row)) {
        const fields = row.split(delimiter);
        if (fields.length === columns) rows.push(pick(fields));
        else reject(row, line, `columnCount:${fields.length}:${columns}`, rows.length);
      }
      line += lines;
    },
    quoted(row, lines) {
      if (readable(row)) {
        later.push({ at: rows.length, line, text: row });
        rows.push(null);
      }
      line += lines;
    },
    broken(row, lines, reason) {
      reject(row, line, reason, rows.length);
      line += lines;
    },
    finish: () => finish(slice, rows, later, broken),
  };
}

function finish(
  slice: CsvSliceSpec,
  rows: (SourceRow | null)[],
  later: readonly QuotedRow[],
  broken: BrokenLine[],
): ParsedSlice {
  const pick = createPick(slice);
  for (const [index, fields] of takeApart(slice, later).entries()) {
    const { at, line, text } = later[index]!;
    if (fields?.length === slice.columns) rows[at] = pick(fields);
    else {
      const reason = fields === null ? 'quotes' : `columnCount:${fields.length}:${slice.columns}`;
      broken.push({ row: at, file: slice.file, line, reason, raw: text });
    }
  }
  if (broken.length === 0) return { rows: rows as SourceRow[], broken };
  return withoutGaps(rows, broken);
}

/** Rows without the places of broken ones; broken lines in file order, each before the row it stood before. */
function withoutGaps(rows: readonly (SourceRow | null)[], broken: BrokenLine[]): ParsedSlice {
  const good: SourceRow[] = [];
  const place = new Uint32Array(rows.length + 1);
  for (const [index, row] of rows.entries()) {
    place[index] = good.length;
    if (row !== null) good.push(row);
  }
  place[rows.length] = good.length;
  const ordered = broken.toSorted((a, b) => a.line - b.line);
  return { rows: good, broken: ordered.map((each) => ({ ...each, row: place[each.row]! })) };
}

/**
 * Fields of rows with quoted fields: all rows in one call, since a call costs as much as ten rows. Only when they do not come out one for one, each on its own;
 * null: cannot be read.
 */
function takeApart(slice: CsvSliceSpec, rows: readonly QuotedRow[]): (string[] | null)[] {
  if (rows.length === 0) return [];
  const rowEnd = slice.rowEnd === 'crlf' ? '\r\n' : '\n';
  const options = {
    delimiter: slice.delimiter,
    quote: slice.quote,
    escape: slice.quote,
    record_delimiter: rowEnd,
    relax_column_count: true,
    relax_quotes: true,
  };
  const read = (text: string): string[][] => {
    try {
      return parse(text, options);
    } catch {
      return [];
    }
  };
  const all = read(rows.map((row) => row.text).join(rowEnd));
  if (all.length === rows.length) return all;
  return rows.map((row) => {
    const [fields, ...more] = read(row.text);
    return fields === undefined || more.length > 0 ? null : fields;
  });
}

/** Wanted fields in the wanted order, markers turned into what they stand for. */
function createPick(slice: CsvSliceSpec): (fields: readonly string[]) => SourceRow {
  const { pick, nullMarker, emptyMarker } = slice;
  const count = pick.length;
  return (fields) => {
    const row: (string | null)[] = new Array(count);
    for (let i = 0; i < count; i++) {
      const value = fields[pick[i]!]!;
      row[i] = value === nullMarker ? null : value === emptyMarker ? '' : value;
    }
    return row;
  };
}

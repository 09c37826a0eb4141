import { open } from 'node:fs/promises';
import type { SourceColumn } from '../../core/catalogue.ts';
import { EzdError } from '../../core/errors.ts';
import { readStart } from './byte-stream.ts';
import { readColumnsFile } from './columns-file.ts';
import type { CutPosition } from './cut-slices.ts';
import type { CsvDialect, CsvDialectSettings, CsvEncoding } from './dialect.ts';
import type { TableFile } from './dump-folder.ts';
import { inBytes, inText } from './haystack.ts';
import { createRowScanner } from './row-scanner.ts';
import { type Sample, sniffDialect, sniffEncoding } from './sniff-dialect.ts';

/** A table file whose dialect and columns are known. */
export interface OpenTable {
  readonly file: TableFile;
  readonly dialect: CsvDialect;
  readonly columns: readonly SourceColumn[];
  /** Where the first row of data starts. */
  readonly first: CutPosition;
  /** Rows, counted when the whole file was looked at, else estimated from its start; null for a packed file that is longer. */
  readonly rows: { readonly count: number; readonly exact: boolean } | null;
  /** Samples from all over the file, for what only all files together tell. */
  readonly samples: readonly string[];
}

const START_BYTES = 256 * 1024;
const GZIP_START_BYTES = 1024 * 1024;
const FURTHER_PIECES = 8;
const FURTHER_BYTES = 32 * 1024;
const NAME = /^[\p{L}_@#][\p{L}\p{N}_@#$ -]*$/u;

/** Reads the start of a table file (and a few samples of a plain one). Throws SOURCE_UNREADABLE with what to do. */
export async function openTable(file: TableFile, settings: CsvDialectSettings): Promise<OpenTable> {
  const fromFile = file.columnsFile === null ? null : await readColumnsFile(file.columnsFile);
  const bytes = await readStart(file, file.gzip ? GZIP_START_BYTES : START_BYTES);
  const further = file.gzip ? [] : await readFurther(file, bytes.length);
  const encoding = settings.encoding ?? sniffEncoding([bytes, ...further]);
  const bom = bomLength(bytes, encoding);
  const start = decode(bytes.subarray(bom), encoding);
  const sample: Sample = { encoding, start, further: further.map((piece) => decode(piece, encoding)) };
  const dialect = withHeaderSeen(sniffDialect(sample, settings, fromFile?.length ?? null), start, settings, fromFile);
  const samples = [start, ...sample.further];
  const data = bytes.subarray(bom);
  if (!dialect.header) {
    const columns = fromFile ?? [];
    if (columns.length === 0) throw noColumns(file);
    checkDelimiter(file, dialect, columns, rowTexts(data, dialect, columns.length, 1)[0]?.text ?? '');
    const first = { offset: bom, line: 1, row: 0 };
    return { file, dialect, columns, first, rows: rowsOf(file, bytes, first.offset, dialect, columns.length), samples };
  }
  const [header, second] = rowTexts(data, dialect, 0, 2);
  if (header === undefined) throw noColumns(file);
  const columns = fromFile ?? headerColumns(file, header.text, dialect);
  checkDelimiter(file, dialect, columns, header.text);
  const last = second !== undefined && isUnderline(second.text, dialect) ? second : header;
  const first = { offset: bom + last.end, line: 1 + header.lines + (last === second ? second.lines : 0), row: 0 };
  return { file, dialect, columns, first, rows: rowsOf(file, bytes, first.offset, dialect, columns.length), samples };
}

/** Rows of the file, from the bytes at its start. */
function rowsOf(
  file: TableFile,
  start: Uint8Array,
  offset: number,
  dialect: CsvDialect,
  columns: number,
): OpenTable['rows'] {
  const whole = start.length < (file.gzip ? GZIP_START_BYTES : START_BYTES);
  if (!whole && file.gzip) return null;
  const unit = dialect.encoding === 'utf16le' ? 2 : 1;
  const data = start.subarray(offset);
  const hay = unit === 2 ? inText(decode(data, dialect.encoding)) : inBytes(data);
  const isLineEnd = (at: number): boolean => hay.at(at) === 10 || hay.at(at) === 13;
  let length = hay.length;
  if (columns > 1) while (length > 0 && isLineEnd(length - 1)) length -= 1;
  const scanner = createRowScanner(hay, dialect, columns, true);
  let count = 0;
  for (let at = 0; at < length; at = scanner.next(at)) count += 1;
  if (whole) return { count, exact: true };
  return { count: Math.round((count / data.length) * (file.size - offset)), exact: false };
}

async function readFurther(file: TableFile, from: number): Promise<Uint8Array[]> {
  if (file.size <= from) return [];
  const pieces: Uint8Array[] = [];
  const handle = await open(file.path, 'r');
  try {
    const stride = Math.max(FURTHER_BYTES, Math.floor((file.size - from) / FURTHER_PIECES));
    for (let at = from; at < file.size && pieces.length <= FURTHER_PIECES; at += stride + (stride % 2)) {
      const piece = new Uint8Array(FURTHER_BYTES);
      const { bytesRead } = await handle.read(piece, 0, FURTHER_BYTES, at - (at % 2));
      pieces.push(piece.subarray(0, bytesRead));
    }
  } finally {
    await handle.close();
  }
  return pieces;
}

function bomLength(bytes: Uint8Array, encoding: CsvEncoding): number {
  if (encoding === 'utf16le') return bytes[0] === 0xff && bytes[1] === 0xfe ? 2 : 0;
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
}

const decode = (bytes: Uint8Array, encoding: CsvEncoding): string =>
  new TextDecoder(encoding === 'utf16le' ? 'utf-16le' : encoding).decode(bytes);

/** A columns file beside a file that has a header all the same: the header is no row. */
function withHeaderSeen(
  dialect: CsvDialect,
  start: string,
  settings: CsvDialectSettings,
  fromFile: readonly SourceColumn[] | null,
): CsvDialect {
  if (settings.header !== undefined || fromFile === null) return dialect;
  const names = fields(start.slice(0, start.search(/\r?\n|$/)), dialect).map((name) => name.toLowerCase());
  const same = names.length === fromFile.length && fromFile.every((each, i) => each.name.toLowerCase() === names[i]);
  return { ...dialect, header: same };
}

interface RowText {
  readonly text: string;
  /** Byte after the row. */
  readonly end: number;
  readonly lines: number;
}

/** The first rows of a file, at most `count`. */
function rowTexts(bytes: Uint8Array, dialect: CsvDialect, columns: number, count: number): RowText[] {
  const unit = dialect.encoding === 'utf16le' ? 2 : 1;
  const hay = unit === 2 ? inText(decode(bytes, dialect.encoding)) : inBytes(bytes);
  const scanner = createRowScanner(hay, dialect, columns, true);
  const rows: RowText[] = [];
  for (let start = 0; start < hay.length && rows.length < count; ) {
    const end = scanner.next(start);
    const text = decode(bytes.subarray(start * unit, end * unit), dialect.encoding).replace(/\r?\n$/, '');
    rows.push({ text, end: end * unit, lines: scanner.lines });
    start = end;
  }
  return rows;
}

/** Names are words, so taking quotes off at both ends is all the parsing they need. */
function fields(line: string, { delimiter, quote }: CsvDialect): string[] {
  return line.split(delimiter).map((field) => {
    const name = field.trim();
    return quote !== null && name.length > 1 && name.startsWith(quote) && name.endsWith(quote)
      ? name.slice(1, -1)
      : name;
  });
}

function headerColumns(file: TableFile, line: string, dialect: CsvDialect): SourceColumn[] {
  const names = fields(line, dialect);
  const wrong = names.find((name) => !NAME.test(name));
  if (wrong !== undefined) {
    throw new EzdError('SOURCE_UNREADABLE', `The first line of ${file.path} does not name columns`, {
      subject: file.table,
      hint: `Write the column names to ${file.table}.columns.txt beside it (one a line), or dump the table with a header; if there is one, check delimiter and encoding (found: ${dialect.encoding}, delimiter ${JSON.stringify(dialect.delimiter)}).`,
    });
  }
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name.toLowerCase())) {
      throw new EzdError('SOURCE_UNREADABLE', `The header of ${file.path} names the column ${name} twice`, {
        subject: file.table,
        hint: 'Dump the table itself, not a join, or give one of the columns another name.',
      });
    }
    seen.add(name.toLowerCase());
  }
  return names.map((name) => ({ name, type: null, nullable: null }));
}

/** A file that comes out as one column although its first line holds another common delimiter. */
function checkDelimiter(file: TableFile, dialect: CsvDialect, columns: readonly SourceColumn[], line: string): void {
  const others = [',', ';', '\t', '|'].filter((other) => other !== dialect.delimiter && line.includes(other));
  const found = line.split(dialect.delimiter).length;
  if (found > 1 || others.length === 0) return;
  throw new EzdError(
    'SOURCE_UNREADABLE',
    `${file.path} reads as one column with the delimiter ${JSON.stringify(dialect.delimiter)}`,
    {
      subject: file.table,
      hint: `${columns.length > 1 ? `${columns.length} columns are expected. ` : ''}Set source.dialect.delimiter to ${others.map((other) => JSON.stringify(other)).join(' or ')}, or leave it out to have it found.`,
    },
  );
}

const noColumns = (file: TableFile): EzdError =>
  new EzdError('SOURCE_UNREADABLE', `${file.path} is empty: not even a header`, {
    subject: file.table,
    hint: `Dump the table again, with a header; an empty table needs one too, or a ${file.table}.columns.txt.`,
  });

/** The line of dashes that sqlcmd writes under the header. */
const isUnderline = (line: string, { delimiter }: CsvDialect): boolean =>
  line.split(delimiter).every((field) => /^-+$/.test(field.trim()));

import { stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SourceCatalogue, SourceTable } from '../../core/catalogue.ts';
import { EzdError } from '../../core/errors.ts';
import type { RawSpec, SourcePosition, SourceSlice } from '../../core/slice.ts';
import type { ReadRequest, Source } from '../source.ts';
import { readBytes } from './byte-stream.ts';
import { type CutPosition, cutSlices } from './cut-slices.ts';
import type { CsvDialect, CsvDialectSettings } from './dialect.ts';
import { listDump } from './dump-folder.ts';
import { type OpenTable, openTable } from './open-table.ts';
import { CSV_PARSER, type CsvSliceSpec } from './parse-slice.ts';
import { sniffNullMarker } from './sniff-dialect.ts';

export interface CsvSourceOptions {
  /** Folder with one file a table: `dbo.Pisma.csv`, `.csv.gz`; without a schema in the name, dbo. */
  readonly folder: string;
  /** What is the same in all files; the rest is found out from each file. */
  readonly dialect?: CsvDialectSettings;
  /** What is different in single files, by table (`dbo.Pisma` or `Pisma`, without regard to case). */
  readonly tables?: Readonly<Record<string, CsvDialectSettings>>;
}

/** What was found out about one file, to be shown. */
export interface CsvFileInfo {
  readonly table: string;
  readonly file: string;
  readonly dialect: CsvDialect;
  readonly columns: number;
  readonly bytes: number;
}

/** A dump folder as a source. `files()` tells how each file is read. */
export interface CsvSource extends Source {
  files(): Promise<readonly CsvFileInfo[]>;
  /** Counts the rows of a table, broken lines included, by reading it once without parsing. */
  countRows(table: string, signal: AbortSignal): Promise<number>;
}

/**
 * Reads a dump of tables as CSV files. Rows keep their order in the file, so a position is a byte offset: a plain file is resumed by seeking,
 * a gzip file by unpacking up to it. A file that changed since (size or time) cannot be resumed.
 */
export function createCsvSource(options: CsvSourceOptions): CsvSource {
  let opened: Promise<ReadonlyMap<string, OpenTable>> | null = null;
  const tables = (): Promise<ReadonlyMap<string, OpenTable>> => {
    opened ??= openAll(options);
    return opened;
  };
  return {
    kind: 'csv',
    catalogue: async () => catalogueOf([...(await tables()).values()]),
    partitions: async () => [{ index: 0, range: null }],
    read: (request, position) => read(tables, options, request, position),
    close: async () => {},
    files: async () => [...(await tables()).values()].map(fileInfo),
    countRows: async (name, signal) => countRows(tableIn(await tables(), name, options), signal),
  };
}

async function openAll(options: CsvSourceOptions): Promise<ReadonlyMap<string, OpenTable>> {
  const settings = settingsByTable(options.tables ?? {});
  const open = new Map<string, OpenTable>();
  for (const [name, file] of await listDump(options.folder)) {
    open.set(name, await openTable(file, { ...options.dialect, ...settings.get(name) }));
  }
  const fixed = (name: string): boolean => (settings.get(name) ?? options.dialect)?.nullMarker !== undefined;
  return withOneNullMarker(open, fixed);
}

function settingsByTable(tables: Readonly<Record<string, CsvDialectSettings>>): Map<string, CsvDialectSettings> {
  const named = Object.entries(tables).map(([name, settings]): [string, CsvDialectSettings] => {
    const full = name.includes('.') ? name : `dbo.${name}`;
    return [full.toLowerCase(), settings];
  });
  return new Map(named);
}

/** A dump is written by one tool: a file whose samples hold no NULL takes the marker that the others show. */
function withOneNullMarker(
  open: ReadonlyMap<string, OpenTable>,
  fixed: (name: string) => boolean,
): ReadonlyMap<string, OpenTable> {
  const votes = new Map<string, number>();
  for (const { samples, dialect } of open.values()) {
    const marker = sniffNullMarker(samples, dialect.delimiter);
    if (marker !== undefined) votes.set(marker, (votes.get(marker) ?? 0) + 1);
  }
  const [winner] = [...votes].sort((a, b) => b[1] - a[1])[0] ?? [''];
  const agreed = [...open].map(([name, table]): [string, OpenTable] => {
    const own = table.dialect.nullMarker !== '' || fixed(name);
    const dialect = own ? table.dialect : { ...table.dialect, nullMarker: winner };
    return [name, { ...table, dialect, samples: [] }];
  });
  return new Map(agreed);
}

function catalogueOf(tables: readonly OpenTable[]): SourceCatalogue {
  return {
    tables: tables.map(
      ({ file, columns, rows }): SourceTable => ({
        name: file.table,
        columns,
        primaryKey: [],
        rows,
        bytes: file.size,
      }),
    ),
  };
}

const fileInfo = ({ file, dialect, columns }: OpenTable): CsvFileInfo => ({
  table: file.table,
  file: file.path,
  dialect,
  columns: columns.length,
  bytes: file.size,
});

async function* read(
  tables: () => Promise<ReadonlyMap<string, OpenTable>>,
  options: CsvSourceOptions,
  request: ReadRequest,
  position: SourcePosition,
): AsyncGenerator<SourceSlice> {
  const table = tableIn(await tables(), request.table, options);
  const from = await startOf(table, position);
  const spec = sliceSpec(table, request.columns);
  const { dialect, file, columns } = table;
  const until = request.until?.['offset'];
  const bytes = readBytes(file, from.offset, request.signal);
  const chunks = typeof until === 'number' ? upTo(bytes, until - from.offset) : bytes;
  const cut = { dialect, columns: columns.length, from, sliceRows: request.sliceRows };
  for await (const { bytes, start, end } of cutSlices(chunks, cut)) {
    const next = { ...end, size: file.size, modified: file.modified };
    yield { kind: 'raw', parser: CSV_PARSER, bytes, spec: { ...spec, line: start.line }, next, firstRow: start.row };
  }
}

/** The first so many bytes. */
async function* upTo(chunks: AsyncIterable<Uint8Array>, bytes: number): AsyncGenerator<Uint8Array> {
  let left = bytes;
  for await (const chunk of chunks) {
    if (left <= 0) return;
    yield chunk.length <= left ? chunk : chunk.subarray(0, left);
    left -= chunk.length;
  }
}

function tableIn(tables: ReadonlyMap<string, OpenTable>, name: string, { folder }: CsvSourceOptions): OpenTable {
  const table = tables.get(name.toLowerCase());
  if (table === undefined) throw noTable(name, folder);
  return table;
}

async function countRows({ file, dialect, columns, first }: OpenTable, signal: AbortSignal): Promise<number> {
  const cut = { dialect, columns: columns.length, from: first, sliceRows: Number.POSITIVE_INFINITY };
  let rows = 0;
  for await (const { end } of cutSlices(readBytes(file, first.offset, signal), cut)) rows = end.row;
  return rows;
}

function sliceSpec(table: OpenTable, wanted: readonly string[]): RawSpec {
  const places = new Map(table.columns.map((column, index) => [column.name.toLowerCase(), index]));
  const missing = wanted.filter((name) => !places.has(name.toLowerCase()));
  if (missing.length > 0) {
    throw new EzdError('CATALOGUE', `${table.file.path} has no column ${missing.join(', ')}`, {
      subject: table.file.table,
      hint: `It has: ${table.columns.map((column) => column.name).join(', ')}.`,
    });
  }
  const pick = wanted.map((name) => places.get(name.toLowerCase())!);
  const spec: CsvSliceSpec = {
    ...table.dialect,
    file: basename(table.file.path),
    line: 1,
    columns: table.columns.length,
    pick,
  };
  return { ...spec };
}

/** Where to go on; refuses a position of a file that is not the same any more. */
async function startOf({ file, first }: OpenTable, position: SourcePosition): Promise<CutPosition> {
  if (position === null) return first;
  const { offset, line, row, size, modified } = position;
  const now = await stat(file.path);
  const same = now.size === size && Math.trunc(now.mtimeMs) === modified && file.size === size;
  if (!same || typeof offset !== 'number' || typeof line !== 'number' || typeof row !== 'number') {
    throw new EzdError('SOURCE_UNREADABLE', `${file.path} changed since this run began to read it`, {
      subject: file.table,
      hint: 'Put the file of the first run back, or start the entity again from its beginning; records already loaded are recognised.',
      polish: {
        message: `Plik ${file.path} zmienił się, odkąd ten przebieg zaczął go czytać.`,
        hint: 'Przywróć plik z początku przebiegu albo zacznij encję od nowa; rekordy już wczytane zostaną rozpoznane.',
      },
    });
  }
  return { offset, line, row };
}

const noTable = (table: string, folder: string): EzdError =>
  new EzdError('SOURCE_MISSING', `The dump folder ${folder} has no file for the table ${table}`, {
    subject: table,
    hint: `Expected ${table}.csv or ${table}.csv.gz there. Dump the table, or switch the entity off in its mapping (enabled: false).`,
    polish: {
      message: `W folderze zrzutu ${folder} nie ma pliku tabeli ${table}.`,
      hint: `Spodziewany jest tam ${table}.csv albo ${table}.csv.gz. Zrób zrzut tabeli albo wyłącz encję w jej mapowaniu (enabled: false).`,
    },
  });

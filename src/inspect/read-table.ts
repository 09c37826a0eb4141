import type { SourceCatalogue, SourceTable } from '../core/catalogue.ts';
import { EzdError } from '../core/errors.ts';
import type { SourceRow } from '../core/record.ts';
import type { ParsedSlice, SourceSlice } from '../core/slice.ts';
import type { Source, SourcePartition } from '../sources/source.ts';
import type { ReadPicture } from './picture.ts';

/** Ranges of the key of which a sample takes the first rows. */
const RANGES = 50;
const SLICE_ROWS = 500;

/** What reading needs besides the table. */
export interface TableReader {
  readonly source: Source;
  readonly catalogue: SourceCatalogue;
  /** Unpacks a slice of bytes. */
  readonly parse: (slice: SourceSlice) => ParsedSlice;
  /** Rows read of a table at most; null: all. */
  readonly sample: number | null;
  /** Called after each slice with the rows passed so far, read or not. */
  readonly onRows: (rows: number) => void;
  readonly signal: AbortSignal;
}

/** How a table will be read, settled before the first row. */
export interface TableRequest {
  readonly table: SourceTable;
  readonly columns: readonly string[];
  /** T-SQL, for SQL Server only; see `ReadRequest.sql`. */
  readonly sql?: string;
}

export interface TableRead {
  readonly read: ReadPicture;
  /** Rows of the whole table, when reading has counted them. */
  readonly counted: number | null;
}

/** Streams the rows of a table, or a sample of them, to `take`. Nothing is kept. Throws EzdError INTERRUPTED. */
export async function readTable(
  reader: TableReader,
  request: TableRequest,
  take: (rows: readonly SourceRow[]) => void,
): Promise<TableRead> {
  const { source, sample } = reader;
  const { table, columns } = request;
  const live = reader.catalogue.database !== undefined;
  const rows = table.rows?.count ?? 0;
  const partly = sample !== null && rows > sample;
  const order = orderOf(table, live, partly);
  if (columns.length === 0) return nothing('noColumns');
  if (order === null) return nothing('noKey');
  const key = order;
  const plan = { reader, request, key, take };
  if (!partly) return { ...(await readRanges(plan, await source.partitions(table.name, key, 1), null)) };
  if (!live) return readEvenly(plan, rows, sample);
  const ranges = await source.partitions(table.name, key, RANGES);
  return readRanges(plan, ranges, sample);
}

const nothing = (why: NonNullable<ReadPicture['why']>): TableRead => ({
  read: { how: 'nothing', rows: 0, broken: 0, why },
  counted: null,
});

/**
 * The columns whose order is followed: on a server a key with an index, else, where the table is small enough to be sorted, its first column. null: none. Other sources
 * have an order of their own.
 */
function orderOf(table: SourceTable, live: boolean, big: boolean): readonly string[] | null {
  if (!live || table.primaryKey.length > 0) return table.primaryKey;
  const { uniqueKeys = [], indexes = [] } = table.design ?? {};
  const indexed = uniqueKeys[0] ?? indexes[0]?.columns;
  if (indexed !== undefined) return indexed;
  const first = table.columns.find(({ long, unreadable }) => long !== true && unreadable !== true);
  return big || first === undefined ? null : [first.name];
}

interface Reading {
  readonly reader: TableReader;
  readonly request: TableRequest;
  readonly key: readonly string[];
  readonly take: (rows: readonly SourceRow[]) => void;
}

/** Every row of the partitions, or the first few of each until the sample is full. */
async function readRanges(
  { reader, request, key, take }: Reading,
  partitions: readonly SourcePartition[],
  sample: number | null,
): Promise<TableRead> {
  let rows = 0;
  let broken = 0;
  for (const [index, partition] of partitions.entries()) {
    const share = sample === null ? Number.POSITIVE_INFINITY : (sample * (index + 1)) / partitions.length;
    if (rows >= share) continue;
    for await (const slice of slices(reader, request, key, partition)) {
      const parsed = reader.parse(slice);
      take(parsed.rows);
      rows += parsed.rows.length;
      broken += parsed.broken.length;
      reader.onRows(rows);
      if (rows >= share) break;
    }
  }
  const how = sample === null ? 'all' : partitions.length > 1 ? 'ranges' : 'head';
  return { read: { how, rows, broken, why: null }, counted: sample === null ? rows + broken : null };
}

/** Passes over a whole file, unpacks every so manieth slice, and so counts all rows. */
async function readEvenly(plan: Reading, expected: number, sample: number): Promise<TableRead> {
  const { reader, request, key, take } = plan;
  const stride = Math.max(1, Math.ceil(expected / sample));
  let counted = 0;
  let rows = 0;
  let broken = 0;
  for (const partition of await reader.source.partitions(request.table.name, key, 1)) {
    let number = 0;
    let last: SourceSlice | null = null;
    for await (const slice of slices(reader, request, key, partition)) {
      counted = slice.firstRow;
      last = slice;
      if (number++ % stride === 0) {
        const parsed = reader.parse(slice);
        take(parsed.rows);
        rows += parsed.rows.length;
        broken += parsed.broken.length;
      }
      reader.onRows(counted);
    }
    if (last !== null) {
      const parsed = reader.parse(last);
      counted = last.firstRow + parsed.rows.length + parsed.broken.length;
    }
  }
  return { read: { how: 'stride', rows, broken, why: null }, counted };
}

async function* slices(
  { source, signal }: TableReader,
  { table, columns, sql }: TableRequest,
  key: readonly string[],
  partition: SourcePartition,
): AsyncGenerator<SourceSlice> {
  const request = { table: table.name, columns, key, partition, sql: sql ?? null, sliceRows: SLICE_ROWS, signal };
  try {
    for await (const slice of source.read(request, null)) {
      if (signal.aborted) throw interrupted();
      yield slice;
    }
  } catch (error) {
    throw signal.aborted ? interrupted() : error;
  }
  if (signal.aborted) throw interrupted();
}

const interrupted = (): EzdError =>
  new EzdError('INTERRUPTED', 'The inspection was interrupted; nothing was written.', {
    hint: 'Start it again; it begins anew. `--tables` and `--sample` make it shorter.',
  });

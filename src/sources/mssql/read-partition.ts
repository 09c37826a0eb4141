import { setTimeout as sleep } from 'node:timers/promises';
import type { ConnectionPool } from 'mssql';
import type { SourceRow } from '../../core/record.ts';
import type { SourcePosition, SourceSlice } from '../../core/slice.ts';
import type { ReadRequest } from '../source.ts';
import { loadedDriver } from './driver.ts';
import { type KeyTexts, keyText } from './key-condition.ts';
import type { MssqlSettings } from './mssql-config.ts';
import { mssqlFault } from './mssql-faults.ts';
import { MSSQL_PARSER, packRows } from './pack-rows.ts';
import type { TdsChunk } from './raw-row-stream.ts';
import { type Retry, waitToRetry } from './retrying.ts';
import { lengthOf, type RawRow, rowStream } from './row-stream.ts';
import { conditionOf } from './stripe-condition.ts';
import { positionKey, positionRow, readingQuery, type TableReading } from './table-reading.ts';
import { readTdsRows, TDS_PARSER } from './tds-rows.ts';

/** Everything that reading one partition needs. */
export interface PartitionReading {
  readonly pool: () => Promise<ConnectionPool>;
  readonly settings: MssqlSettings;
  readonly reading: TableReading;
  readonly request: ReadRequest;
  /** One ordered statement, or one statement a page. */
  readonly mode: ReadingMode;
  readonly retry: Retry;
}

/**
 * `stream`: one ordered SELECT for the whole partition, held back by the consumer. It is the fastest, and harmless where readers hold no locks (row
 * versioning). `pages`: short statements that are read to their end at once, so that a slow consumer never makes the server hold a lock for it.
 */
export type ReadingMode = 'stream' | 'pages';

/** Small slices die young in memory: measured faster than large ones (docs/measurements.md). */
const SLICE_ROWS = 500;
const SLICE_BYTES = 1024 * 1024;
const PAGE_BYTES = 16 * 1024 * 1024;

/** Reads a partition from a position to its end; after a fault that passes it goes on behind the last key that was handed on. */
export async function* readPartition(
  partition: PartitionReading,
  position: SourcePosition,
): AsyncGenerator<SourceSlice> {
  const { reading, request, settings, retry } = partition;
  const progress: Progress = { after: positionKey(position), row: positionRow(position) };
  const table = `${reading.table.schema}.${reading.table.name}`;
  const what = { en: `Reading ${table}`, pl: `Czytanie ${table}` };
  for (let attempt = 1; ; attempt++) {
    try {
      const parts = partition.mode === 'stream' ? streamed(partition, progress) : paged(partition, progress);
      for await (const rows of parts) {
        yield toSlice(reading, rows, progress);
        attempt = 1;
      }
      return;
    } catch (error) {
      request.signal.throwIfAborted();
      await waitToRetry(mssqlFault(error, settings, what), attempt, retry, request.signal);
    }
  }
}

/** How far the partition has been handed on. */
interface Progress {
  after: KeyTexts | null;
  row: number;
}

/** Rows on their way to a slice: read by the driver, or as the server sent them. */
type Chunk = RawRow[] | TdsChunk;

const countOf = (chunk: Chunk): number => (Array.isArray(chunk) ? chunk.length : chunk.rows);

/** The last row, with the columns that only the key needs. */
function lastRow(chunk: Chunk, { columns }: TableReading): SourceRow {
  if (Array.isArray(chunk)) return chunk.at(-1)!;
  return readTdsRows(chunk.bytes, chunk.types, columns.length, chunk.lastRow)[0]!;
}

function toSlice(reading: TableReading, chunk: Chunk, progress: Progress): SourceSlice {
  const firstRow = progress.row;
  progress.after = keyOf(reading, lastRow(chunk, reading));
  progress.row += countOf(chunk);
  const next = { after: [...progress.after], row: progress.row };
  const { width } = reading;
  if (!Array.isArray(chunk)) {
    const { bytes, types } = chunk;
    return { kind: 'raw', parser: TDS_PARSER, bytes, spec: { types, width }, firstRow, next };
  }
  return { kind: 'raw', parser: MSSQL_PARSER, bytes: packRows(chunk, width), spec: {}, firstRow, next };
}

function keyOf(reading: TableReading, row: SourceRow): KeyTexts {
  return reading.keyAt.map((at) => keyText(row[at]!));
}

function sameKey(reading: TableReading, a: RawRow, b: RawRow): boolean {
  return reading.keyAt.every((at) => keyText(a[at]!) === keyText(b[at]!));
}

/** Splits off the rows at the end that share their key: the next rows may share it too. */
function splitLastKey(reading: TableReading, rows: RawRow[]): { whole: RawRow[]; open: RawRow[] } {
  let cut = rows.length - 1;
  while (cut > 0 && sameKey(reading, rows[cut - 1]!, rows[cut]!)) cut--;
  return { whole: rows.slice(0, cut), open: rows.slice(cut) };
}

async function* streamed(partition: PartitionReading, progress: Progress): AsyncGenerator<Chunk> {
  const { reading, request } = partition;
  const rows = select(partition, progress.after, null, await partition.pool());
  if (reading.unique) {
    yield* rows;
    return;
  }
  // Rows alike in their key stay in one slice, so that no position lies between them.
  let open: RawRow[] = [];
  for await (const chunk of rows as AsyncGenerator<RawRow[]>) {
    const split = splitLastKey(reading, [...open, ...chunk]);
    open = split.open;
    if (split.whole.length > 0) yield split.whole;
    request.signal.throwIfAborted();
  }
  if (open.length > 0) yield open;
}

function select(
  partition: PartitionReading,
  after: KeyTexts | null,
  limit: number | null,
  pool: ConnectionPool,
): AsyncGenerator<Chunk> {
  const { reading, request, settings } = partition;
  const until = positionKey(request.until ?? null);
  const bounds = { range: request.partition.range, after, until, limit, condition: conditionOf(reading.key, request) };
  const read = reading.raw ? loadedDriver().rawRowStream : rowStream;
  return read(pool, readingQuery(reading, bounds, settings.lockTimeout), {
    rows: sliceRows(request.sliceRows),
    bytes: SLICE_BYTES,
    wide: reading.wide,
    reals: reading.reals,
    patience: settings.queryTimeout,
    signal: request.signal,
  });
}

/** An equal part of what was asked for, so that `--limit` ends where it should. */
function sliceRows(wanted: number): number {
  for (let parts = Math.ceil(wanted / SLICE_ROWS); parts <= wanted / 50; parts++)
    if (wanted % parts === 0) return wanted / parts;
  return wanted;
}

interface Page {
  readonly slices: readonly Chunk[];
  /** Key to go on after; null: this was the last page. */
  readonly after: KeyTexts | null;
  /** Rows that the next page should have. */
  readonly nextLimit: number;
}

/** Page after page; the next one is fetched while the consumer works on this one. */
async function* paged(partition: PartitionReading, progress: Progress): AsyncGenerator<Chunk> {
  const { settings, request } = partition;
  let coming: Promise<Page> | null = fetchPage(partition, progress.after, settings.pageRows);
  try {
    while (coming !== null) {
      const page: Page = await coming;
      coming = null;
      if (page.after !== null) {
        if (settings.pause > 0) await sleep(settings.pause, undefined, { signal: request.signal });
        coming = fetchPage(partition, page.after, page.nextLimit);
        // Its fault is thrown when its turn comes, or never, when the consumer has left.
        coming.catch(() => undefined);
      }
      yield* page.slices;
    }
  } finally {
    await coming?.catch(() => undefined);
  }
}

async function fetchPage(partition: PartitionReading, after: KeyTexts | null, limit: number): Promise<Page> {
  const { reading, settings } = partition;
  const slices: Chunk[] = [];
  let count = 0;
  let bytes = 0;
  for await (const chunk of select(partition, after, limit, await partition.pool())) {
    slices.push(chunk);
    count += countOf(chunk);
    if (Array.isArray(chunk)) for (const at of reading.wide) for (const row of chunk) bytes += lengthOf(row[at]!);
  }
  if (count < limit) return { slices, after: null, nextLimit: limit };
  // Wide rows make the next page shorter, so that a page stays within its bytes.
  const fitting = Math.max(50, Math.floor(PAGE_BYTES / Math.max(1, bytes / count)));
  const nextLimit = Math.min(settings.pageRows, fitting);
  if (reading.unique) return { slices, after: keyOf(reading, lastRow(slices.at(-1)!, reading)), nextLimit };
  const { whole } = splitLastKey(reading, (slices as RawRow[][]).flat());
  // A page of one key only: a longer one is needed to see where the key ends.
  if (whole.length === 0) return fetchPage(partition, after, limit * 2);
  return { slices: [whole], after: keyOf(reading, whole.at(-1)!), nextLimit };
}

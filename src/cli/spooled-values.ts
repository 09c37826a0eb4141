import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ContentPlace } from '../contents/content.ts';
import { VALUE_COLUMN } from '../contents/store-items.ts';
import { EzdError } from '../core/errors.ts';
import type { SourceValue } from '../core/record.ts';
import type { ParsedSlice, SourceSlice } from '../core/slice.ts';
import type { Source } from '../sources/source.ts';

type ColumnPlace = Extract<ContentPlace, { kind: 'column' }>;

/** Values of a binary column of a source that can only be read from beginning to end (a dump). */
export interface SpooledValues {
  open(place: ColumnPlace): AsyncIterable<Uint8Array>;
  /** Removes what was spooled. */
  close(): Promise<void>;
}

/**
 * On the first question the table is read once and each value put into a file of `folder`, so that a dump is not read again for every content and no
 * value waits in memory. The files are gone after `close`; a killed run's are removed by the next.
 */
export function spoolValues(
  source: Source,
  parse: (slice: SourceSlice) => ParsedSlice,
  folder: string,
  signal: AbortSignal,
): SpooledValues {
  let ready: Promise<void> | null = null;
  return {
    async *open(place) {
      ready ??= spool(source, parse, folder, signal);
      await ready;
      yield* readSpooled(join(folder, fileOf(place.key)), place);
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}

async function spool(
  source: Source,
  parse: (slice: SourceSlice) => ParsedSlice,
  folder: string,
  signal: AbortSignal,
): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { table, column, keyColumn } = VALUE_COLUMN;
  for (const partition of await source.partitions(table, [keyColumn], 1)) {
    const request = {
      table,
      columns: [keyColumn, column],
      key: [keyColumn],
      partition,
      sql: null,
      sliceRows: 100,
      signal,
    };
    for await (const slice of source.read(request, null)) {
      for (const [key, value] of parse(slice).rows) {
        const bytes = bytesOf(value ?? null);
        if (bytes !== null) await writeFile(join(folder, fileOf(String(key))), bytes, { mode: 0o600 });
      }
    }
  }
}

/** Keys come from data and are no file names. */
const fileOf = (key: string): string => createHash('sha256').update(key.trim()).digest('hex');

/** Dumps write binary as hex, with or without `0x`. null: NULL, or no hex. */
function bytesOf(value: SourceValue): Uint8Array | null {
  if (value === null || value instanceof Uint8Array) return value;
  const hex = String(value).trim().replace(/^0x/i, '');
  return /^(?:[0-9a-f]{2})*$/i.test(hex) ? Buffer.from(hex, 'hex') : null;
}

async function* readSpooled(file: string, place: ColumnPlace): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(file, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code !== 'ENOENT') throw cause;
    throw new EzdError('SOURCE_MISSING', `${place.table} has no value in ${place.column} for the row asked for.`, {
      subject: `${place.table}.${place.column}`,
      cause,
    });
  }
}

import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import type { SourceRow } from '../../../src/core/record.ts';
import type { BrokenLine } from '../../../src/core/slice.ts';
import { type CsvSource, type CsvSourceOptions, createCsvSource } from '../../../src/sources/csv/csv-source.ts';
import { parseCsvSlice } from '../../../src/sources/csv/parse-slice.ts';

/** Polish letters of windows-1250 that the tests use. */
const CP1250: Readonly<Record<string, number>> = {
  ą: 0xb9,
  ć: 0xe6,
  ę: 0xea,
  ł: 0xb3,
  ń: 0xf1,
  ó: 0xf3,
  ś: 0x9c,
  ź: 0x9f,
  ż: 0xbf,
  Ł: 0xa3,
  Ż: 0xaf,
};

export const cp1250 = (text: string): Buffer =>
  Buffer.from(Array.from(text, (character) => CP1250[character] ?? character.charCodeAt(0)));

export const utf16 = (text: string): Buffer => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);

/** A dump folder that is deleted after the test. Names that end in `.gz` are packed. */
export async function dumpFolder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'ezd-dump-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [name, content] of Object.entries(files)) {
    await writeFile(join(folder, name), name.endsWith('.gz') ? gzipSync(content) : content);
  }
  return folder;
}

export async function dump(
  files: Readonly<Record<string, string | Uint8Array>>,
  options: Omit<CsvSourceOptions, 'folder'> = {},
): Promise<CsvSource> {
  return createCsvSource({ folder: await dumpFolder(files), ...options });
}

/** Everything a table gives, in slices of `sliceRows`. */
export async function readTable(
  source: CsvSource,
  table: string,
  columns: readonly string[],
  sliceRows = 1000,
): Promise<{ readonly rows: SourceRow[]; readonly broken: BrokenLine[] }> {
  const rows: SourceRow[] = [];
  const broken: BrokenLine[] = [];
  const request = {
    table,
    columns,
    key: [],
    partition: { index: 0, range: null },
    sql: null,
    sliceRows,
    signal: new AbortController().signal,
  };
  for await (const slice of source.read(request, null)) {
    if (slice.kind !== 'raw') throw new Error('a dump yields raw slices');
    const parsed = parseCsvSlice(slice.bytes, slice.spec);
    rows.push(...parsed.rows);
    broken.push(...parsed.broken);
  }
  return { rows, broken };
}

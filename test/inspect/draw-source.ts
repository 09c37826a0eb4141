import { RAW_PARSERS } from '../../src/cli/raw-parsers.ts';
import type { SourceRow } from '../../src/core/record.ts';
import { drawPicture, type InspectOptions } from '../../src/inspect/draw-picture.ts';
import type { ColumnPicture, Picture } from '../../src/inspect/picture.ts';
import { createCsvSource } from '../../src/sources/csv/csv-source.ts';
import { createMemorySource, type MemoryTable } from '../../src/sources/memory/memory-source.ts';
import type { Source } from '../../src/sources/source.ts';

/** The picture of a source, whole unless said otherwise. */
export const drawSource = (source: Source, changes: Partial<InspectOptions> = {}): Promise<Picture> =>
  drawPicture({
    source,
    parse: (slice) =>
      slice.kind === 'rows' ? { rows: slice.rows, broken: [] } : RAW_PARSERS[slice.parser]!(slice.bytes, slice.spec),
    tables: null,
    sample: null,
    by: 'test',
    now: () => Date.UTC(2026, 0, 15),
    onProgress: () => undefined,
    signal: new AbortController().signal,
    ...changes,
  });

export const drawDump = (folder: string, changes: Partial<InspectOptions> = {}): Promise<Picture> =>
  drawSource(createCsvSource({ folder }), changes);

/** The picture of tables in memory. */
export const drawTables = (tables: readonly MemoryTable[], changes: Partial<InspectOptions> = {}): Promise<Picture> =>
  drawSource(createMemorySource(tables), changes);

/** The picture of one column with these values. */
export async function drawColumn(name: string, values: readonly SourceRow[number][]): Promise<ColumnPicture> {
  const rows = values.map((value): SourceRow => [value]);
  const { tables } = await drawTables([{ name: 'dbo.Tabela', columns: [name], rows }]);
  return tables[0]!.columns[0]!;
}

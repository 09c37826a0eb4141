import type { SourceRow } from '../../../src/core/record.ts';
import { createCsvSource } from '../../../src/sources/csv/csv-source.ts';
import type { Source } from '../../../src/sources/source.ts';
import { COLUMNS, UNITS, wideRow } from './wide-rows.ts';

/** Rows handed over in memory, made as they are asked for: the write path alone, without a parser. */
export function rowsInMemory(rows: number): Source {
  const tables: Readonly<
    Record<
      string,
      { readonly columns: readonly string[]; readonly rows: number; readonly row: (i: number) => SourceRow }
    >
  > = {
    'dbo.Jednostki': { columns: ['ID', 'Symbol'], rows: UNITS, row: (i) => [i + 1, `W${i + 1}`] },
    'dbo.Pisma': { columns: COLUMNS, rows, row: wideRow },
  };
  return {
    kind: 'memory',
    catalogue: () => Promise.resolve({ tables: [] }),
    partitions: () => Promise.resolve([{ index: 0, range: null }]),
    async *read({ table: name, columns, sliceRows }) {
      const table = tables[name]!;
      const pick = columns.map((column) => table.columns.indexOf(column));
      for (let from = 0; from < table.rows; from += sliceRows) {
        const to = Math.min(from + sliceRows, table.rows);
        const slice: SourceRow[] = [];
        for (let i = from; i < to; i++) {
          const row = table.row(i);
          slice.push(pick.map((index) => row[index]!));
        }
        yield { kind: 'rows', rows: slice, firstRow: from, next: { row: to } };
      }
    },
    close: () => Promise.resolve(),
  };
}

/** The CSV dump in a folder. */
export const openDump = (folder: string): Source => createCsvSource({ folder });

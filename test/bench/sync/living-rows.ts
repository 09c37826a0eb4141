import type { SourceRow } from '../../../src/core/record.ts';
import type { SourceSlice } from '../../../src/core/slice.ts';
import type { SourceChanges } from '../../../src/sources/changes.ts';
import type { ReadRequest, Source } from '../../../src/sources/source.ts';
import { COLUMNS, UNITS, wideRow } from '../load/wide-rows.ts';

/** A source of computed rows that change: it hands over rows and changed keys at memory speed and counts both. */
export interface LivingRows {
  readonly source: Source;
  /** Changes every n-th row of the wide table. */
  change(every: number): number;
  /** Rows with their columns, and keys of changed rows, handed over since the last call. */
  taken(): { readonly rows: number; readonly keys: number };
}

export function livingRows(count: number): LivingRows {
  const tables = {
    'dbo.jednostki': { columns: ['ID', 'Symbol'], rows: UNITS, row: (i: number): SourceRow => [i + 1, `W${i + 1}`] },
    'dbo.pisma': { columns: COLUMNS as readonly string[], rows: count, row: (i: number) => changedRow(i) },
  };
  /** Version of the last change by row of the wide table. */
  const versions = new Map<number, number>();
  let version = 1;
  const taken = { rows: 0, keys: 0 };

  const changedRow = (i: number): SourceRow => {
    const row = wideRow(i);
    const changed = versions.get(i);
    return changed === undefined ? row : row.map((value, at) => (at === 7 ? 6000 + changed : value));
  };
  const tableOf = (name: string) => tables[name.toLowerCase() as keyof typeof tables];
  const sliceOf = (
    { table, columns }: ReadRequest,
    places: readonly number[],
    next: number,
    first: number,
  ): SourceSlice => {
    const of = tableOf(table);
    const pick = columns.map((column) => of.columns.indexOf(column));
    taken.rows += places.length;
    const rows = places.map((i) => {
      const row = of.row(i);
      return pick.map((at) => row[at]!);
    });
    return { kind: 'rows', rows, firstRow: first, next: { row: next } };
  };
  const changes: SourceChanges = {
    obstacle: () => Promise.resolve(null),
    suggest: () => Promise.resolve(null),
    mark: () => Promise.resolve({ version }),
    expired: () => Promise.resolve(false),
    canAskBy: () => Promise.resolve(true),
    async *changed({ table, since }) {
      if (table.toLowerCase() !== 'dbo.pisma') return;
      const keys = [...versions].filter(([, at]) => at > Number(since['version'])).map(([i]): SourceRow => [i + 1]);
      taken.keys += keys.length;
      yield keys;
    },
    async *rowsWith(request, _by, values) {
      yield sliceOf(
        request,
        values.map((value) => Number(value) - 1),
        0,
        0,
      );
    },
  };
  return {
    taken: () => {
      const now = { ...taken };
      Object.assign(taken, { rows: 0, keys: 0 });
      return now;
    },
    change(every) {
      version += 1;
      let changed = 0;
      for (let i = version % every; i < count; i += every) {
        versions.set(i, version);
        changed += 1;
      }
      return changed;
    },
    source: {
      kind: 'memory',
      changes,
      catalogue: () => Promise.resolve({ tables: [] }),
      partitions: () => Promise.resolve([{ index: 0, range: null }]),
      async *read(request) {
        const { rows } = tableOf(request.table);
        for (let from = 0; from < rows; from += request.sliceRows) {
          const to = Math.min(from + request.sliceRows, rows);
          yield sliceOf(
            request,
            Array.from({ length: to - from }, (_, i) => from + i),
            to,
            from,
          );
        }
      },
      close: () => Promise.resolve(),
    },
  };
}

import { EzdError } from '../../core/errors.ts';
import type { SourceRow } from '../../core/record.ts';
import type { SourcePosition, SourceSlice } from '../../core/slice.ts';
import type { ReadRequest, Source, SourcePartition } from '../source.ts';

/** A table held in memory. */
export interface MemoryTable {
  /** `schema.table`. */
  readonly name: string;
  readonly columns: readonly string[];
  readonly primaryKey?: readonly string[];
  readonly rows: readonly SourceRow[];
}

/** A source over rows in memory, for tests and benchmarks. Partitions are runs of consecutive rows. */
export function createMemorySource(tables: readonly MemoryTable[]): Source {
  const byName = new Map(tables.map((table) => [table.name.toLowerCase(), table]));
  const table = (name: string): MemoryTable => {
    const found = byName.get(name.toLowerCase());
    if (found === undefined) throw new EzdError('SOURCE_MISSING', `There is no table ${name} in memory`);
    return found;
  };
  return {
    kind: 'memory',
    catalogue: async () => ({
      tables: tables.map(({ name, columns, primaryKey = [], rows }) => ({
        name,
        columns: columns.map((column) => ({ name: column, type: null, nullable: null })),
        primaryKey,
        rows: { count: rows.length, exact: true },
        bytes: null,
      })),
    }),
    partitions: async (name, _key, wanted) => cut(table(name).rows.length, wanted),
    read: (request, position) => read(table(request.table), request, position),
    close: async () => {},
  };
}

function cut(rows: number, wanted: number): SourcePartition[] {
  const count = Math.max(1, Math.min(wanted, rows));
  return Array.from({ length: count }, (_, index) => ({
    index,
    range: { from: Math.floor((rows * index) / count), to: Math.floor((rows * (index + 1)) / count) },
  }));
}

async function* read(table: MemoryTable, request: ReadRequest, position: SourcePosition): AsyncGenerator<SourceSlice> {
  const pick = request.columns.map((name) => {
    const index = table.columns.findIndex((column) => column.toLowerCase() === name.toLowerCase());
    if (index === -1) throw new EzdError('CATALOGUE', `${table.name} has no column ${name}`);
    return index;
  });
  const from = Number(request.partition.range?.['from'] ?? 0);
  const end = Number(request.partition.range?.['to'] ?? table.rows.length);
  const to = Math.min(end, Number(request.until?.['row'] ?? end));
  for (let at = Number(position?.['row'] ?? from); at < to; ) {
    request.signal.throwIfAborted();
    const next = Math.min(to, at + request.sliceRows);
    const rows = table.rows.slice(at, next).map((row) => pick.map((index) => row[index] ?? null));
    yield { kind: 'rows', rows, firstRow: at - from, next: { row: next } };
    at = next;
  }
}

import type { SourceColumn, SourceTable } from '../core/catalogue.ts';
import { type ColumnFacts, createColumnProfiler } from './column/column-profiler.ts';
import { createPairWatch } from './column/pair-watch.ts';
import type { WordSieve } from './column/word-sieve.ts';
import { holdsNames, isSecret } from './personal.ts';
import { type ColumnPicture, reasonNotToRead } from './picture.ts';
import { readTable, type TableRead, type TableReader } from './read-table.ts';

/** A table once it was read. */
export interface TableProfile {
  readonly table: SourceTable;
  readonly read: TableRead;
  readonly columns: readonly ColumnProfile[];
  /** The first two columns together, as in tables that link two others; null: they do not tell rows apart, or the key is declared. */
  readonly pair: { readonly columns: readonly [string, string]; readonly repeated: number } | null;
}

export interface ColumnProfile {
  readonly column: SourceColumn;
  readonly notRead: ColumnPicture['notRead'];
  /** null: nothing was read. */
  readonly facts: ColumnFacts | null;
}

/** Reads a table, or a sample of it, once, and says what its columns are like. Words of people's names go to `names`. */
export async function profileTable(reader: TableReader, table: SourceTable, names: WordSieve): Promise<TableProfile> {
  const columns = table.columns.map((column) => ({ column, notRead: reasonNotToRead(column, isSecret) }));
  const open = columns.filter(({ notRead }) => notRead === null).map(({ column }) => column);
  const profilers = open.map(() => createColumnProfiler());
  const named = open.flatMap(({ name }, at) => (holdsNames(name) ? [at] : []));
  const request = { table, columns: open.map(({ name }) => name) };
  const pair = open.length > 1 && table.primaryKey.length === 0 ? createPairWatch() : null;
  const read = await readTable(reader, request, (rows) => {
    for (const row of rows) {
      pair?.add(row[0]!, row[1]!);
      for (let at = 0; at < profilers.length; at++) profilers[at]!.add(row[at]!);
      for (const at of named) if (typeof row[at] === 'string') names.add(row[at]);
    }
  });
  const facts = new Map(open.map((column, at) => [column, profilers[at]!.finish()]));
  const together = pair?.finish() ?? null;
  return {
    table,
    read,
    pair: together === null ? null : { columns: [open[0]!.name, open[1]!.name], ...together },
    columns: columns.map(({ column, notRead }) => ({
      column,
      notRead,
      facts: read.read.how === 'nothing' ? null : (facts.get(column) ?? null),
    })),
  };
}

/** A table whose rows were not read, with the reason. */
export const unreadTable = (table: SourceTable, why: NonNullable<TableRead['read']['why']>): TableProfile => ({
  table,
  read: { read: { how: 'nothing', rows: 0, broken: 0, why }, counted: null },
  pair: null,
  columns: table.columns.map((column) => ({ column, notRead: reasonNotToRead(column, isSecret), facts: null })),
});

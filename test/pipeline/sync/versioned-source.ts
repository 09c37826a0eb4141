import { keyText } from '../../../src/core/record.ts';
import { createMemorySource, type MemoryTable } from '../../../src/sources/memory/memory-source.ts';
import type { Source } from '../../../src/sources/source.ts';
import { keyOf } from '../../../src/transform/legacy-key.ts';

/**
 * A source over rows in memory that tells what changed as a `rowversion` does: every table has a column `Version`, whose greatest value is the mark, and which
 * says nothing of deleted rows.
 */
export function createVersionedSource(tables: readonly MemoryTable[]): Source {
  const memory = createMemorySource(tables);
  const tableOf = (name: string): MemoryTable => tables.find((table) => table.name === name)!;
  const placesOf = ({ columns }: MemoryTable, names: readonly string[]): readonly number[] =>
    names.map((name) => columns.indexOf(name));
  const versionOf = ({ columns }: MemoryTable, row: MemoryTable['rows'][number]): number =>
    Number(row[columns.indexOf('Version')]);
  return {
    ...memory,
    changes: {
      obstacle: () => Promise.resolve(null),
      suggest: () => Promise.resolve(null),
      mark(name) {
        const table = tableOf(name);
        return Promise.resolve({ version: Math.max(0, ...table.rows.map((row) => versionOf(table, row))) });
      },
      expired: () => Promise.resolve(false),
      async *changed({ table: name, key, since, until }) {
        const table = tableOf(name);
        const within = (version: number): boolean =>
          version > Number(since['version']) && version <= Number(until['version']);
        const places = placesOf(table, key);
        yield table.rows
          .filter((row) => within(versionOf(table, row)))
          .map((row) => places.map((at) => row[at] ?? null));
      },
      canAskBy: () => Promise.resolve(true),
      async *rowsWith({ table: name, columns }, by, values) {
        const table = tableOf(name);
        const wanted = new Set(values);
        const asked = placesOf(table, by);
        const places = placesOf(table, columns);
        const textOf = (row: MemoryTable['rows'][number]): string =>
          asked.map((at) => keyText(keyOf(row[at] ?? null) ?? '')).join('|');
        const rows = table.rows
          .filter((row) => wanted.has(textOf(row)))
          .map((row) => places.map((at) => row[at] ?? null));
        yield { kind: 'rows', rows, firstRow: 0, next: { row: rows.length } };
      },
    },
  };
}

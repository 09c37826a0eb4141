import type { ConnectionPool } from 'mssql';
import type { SourcePartition } from '../source.ts';
import { ask } from './ask.ts';
import type { DatabaseTable } from './database-catalogue.ts';
import { safeName } from './key-condition.ts';
import { quoteName } from './quote-name.ts';
import { builder, built } from './sql-builder.ts';
import { planReading } from './table-reading.ts';

/** Below this many rows a partition is not worth a connection. */
const ROWS_WORTH_CUTTING = 20_000;

const INTEGERS = new Set(['tinyint', 'smallint', 'int', 'bigint']);

const WHOLE: readonly SourcePartition[] = [{ index: 0, range: null }];

/**
 * Cuts a table into ranges of its first key column, all equally wide. The first is open below, the last above, so that rows which come later
 * still belong to one. Only indexed integer keys are cut: finding equal shares of anything else would cost a scan.
 */
export async function cutPartitions(
  pool: ConnectionPool,
  table: DatabaseTable,
  key: readonly string[],
  wanted: number,
): Promise<readonly SourcePartition[]> {
  const { key: columns, indexed } = planReading(table, [], key);
  const first = columns[0]!;
  const worth = Math.min(wanted, Math.floor((table.rows ?? 0) / ROWS_WORTH_CUTTING));
  if (worth < 2 || !indexed || !INTEGERS.has(first.baseType)) return WHOLE;
  const name = safeName(first);
  const query = builder
    .select(builder.raw(`MIN(${name}) AS low`), builder.raw(`MAX(${name}) AS high`))
    .from(builder.raw(`${quoteName(table.schema)}.${quoteName(table.name)}`));
  const [row] = await ask<{ low: number | string | null; high: number | string | null }>(pool, built(query));
  if (row === undefined || row.low === null || row.high === null) return WHOLE;
  const low = BigInt(row.low);
  const width = BigInt(row.high) - low + 1n;
  const parts = BigInt(worth);
  if (width < parts) return WHOLE;
  const cut = (i: number): string | null =>
    i === 0 || i === worth ? null : String(low + (width * BigInt(i)) / parts - 1n);
  return Array.from({ length: worth }, (_, index) => ({ index, range: { from: cut(index), to: cut(index + 1) } }));
}

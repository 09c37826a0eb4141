import { EzdError } from '../../core/errors.ts';
import type { SourcePosition } from '../../core/slice.ts';
import type { ReadRequest } from '../source.ts';
import { columnTypeRule, REFUSED_TYPES } from './column-types.ts';
import { type DatabaseColumn, type DatabaseTable, findColumn, isIndexed, isUniqueKey } from './database-catalogue.ts';
import { afterKey, type KeyTexts, safeName, upToKey, withinRange } from './key-condition.ts';
import { quoteName } from './quote-name.ts';
import { type BuiltQuery, builder, built } from './sql-builder.ts';
import { RAW_TYPES } from './tds-rows.ts';

/** How one table is read: resolved names, the select list, what the key promises. */
export interface TableReading {
  readonly table: DatabaseTable;
  readonly columns: readonly DatabaseColumn[];
  readonly key: readonly DatabaseColumn[];
  /** Places of the key columns in a row; those beyond `width` were added to the select list. */
  readonly keyAt: readonly number[];
  /** Values of a row that the consumer asked for. */
  readonly width: number;
  /** No two rows have the same key. */
  readonly unique: boolean;
  /** An index gives the order of the key; else the server sorts the table for each statement. */
  readonly indexed: boolean;
  /** Places of columns of type real, whose numbers are shortened. */
  readonly reals: readonly number[];
  /** Rows can be taken as the server sends them (see raw-row-stream.ts). */
  readonly raw: boolean;
  /** Places of columns with long values, which decide how many rows are held at once. */
  readonly wide: readonly number[];
}

/** Looks everything up before the first row is read; names compare without regard to case. */
export function planReading(table: DatabaseTable, columns: readonly string[], key: readonly string[]): TableReading {
  const found = columns.map((name) => readable(table, name));
  const keyColumns = key.map((name) => readable(table, name));
  if (keyColumns.length === 0) {
    throw new EzdError(
      'CATALOGUE',
      `The table ${table.schema}.${table.name} is read in the order of its key, and none is named.`,
      {
        subject: `${table.schema}.${table.name}`,
        hint: 'Name the columns that tell its rows apart in `from: key:`.',
      },
    );
  }
  const all = [...found];
  const keyAt = keyColumns.map((column) => {
    const at = all.indexOf(column);
    return at >= 0 ? at : all.push(column) - 1;
  });
  const places = (test: (column: DatabaseColumn) => boolean): number[] =>
    all.flatMap((column, i) => (test(column) ? [i] : []));
  const unique = isUniqueKey(table, key);
  return {
    table,
    columns: all,
    key: keyColumns,
    keyAt,
    width: found.length,
    unique,
    raw: unique && all.every((column) => !column.wide && RAW_TYPES.has(column.baseType)),
    indexed: isIndexed(table, key),
    reals: places((column) => column.baseType === 'real'),
    wide: places((column) => column.wide),
  };
}

function readable(table: DatabaseTable, name: string): DatabaseColumn {
  const column = findColumn(table, name);
  const subject = `${table.schema}.${table.name}.${name}`;
  if (column === undefined) {
    throw new EzdError('CATALOGUE', `The legacy database has no column ${subject}.`, {
      subject,
      hint: 'Compare the mapping with the database: `ezd-migrate check`.',
    });
  }
  if (columnTypeRule(column.baseType) !== undefined) return column;
  const cure = REFUSED_TYPES[column.baseType] ?? 'leave the column out of the mapping';
  throw new EzdError('CATALOGUE', `The column ${subject} has the type ${column.type}, which cannot be read.`, {
    subject,
    hint: `Types that can be read: docs/sources/mssql.md. Otherwise ${cure}.`,
  });
}

function selectExpression(column: DatabaseColumn): string {
  const name = safeName(column);
  const select = columnTypeRule(column.baseType)?.select ?? null;
  return select === null ? name : `${select(name)} AS ${name}`;
}

/** What a statement reads: the partition, and where in it to go on. */
export interface ReadingBounds {
  readonly range: SourcePosition;
  readonly after: KeyTexts | null;
  /** Last key that is wanted; null: to the end of the partition. */
  readonly until: KeyTexts | null;
  /** Rows at most; null: all. */
  readonly limit: number | null;
  /** A condition of the mapping, in T-SQL. */
  readonly condition: string | null;
}

/** SELECT named columns FROM table WHERE bounds ORDER BY key, with a lock time-out and the politeness to lose every deadlock. */
export function readingQuery(reading: TableReading, bounds: ReadingBounds, lockTimeout: number): BuiltQuery {
  const { table, columns, key } = reading;
  const query = builder
    .select(columns.map((column) => builder.raw(selectExpression(column))))
    .from(builder.raw(`${quoteName(table.schema)}.${quoteName(table.name)}`.replaceAll('?', '\\?')))
    .orderByRaw(key.map(safeName).join(', '));
  const { from, to } = rangeBounds(bounds.range);
  const conditions = withinRange(key[0]!, from, to);
  if (bounds.after !== null) conditions.push(afterKey(key, bounds.after));
  if (bounds.until !== null) conditions.push(upToKey(key, bounds.until));
  for (const condition of conditions) query.whereRaw(condition.sql, [...condition.parameters]);
  if (bounds.condition !== null) query.whereRaw(`(${bounds.condition.replaceAll('?', '\\?')})`);
  if (bounds.limit !== null) query.limit(bounds.limit);
  const { sql, parameters } = built(query);
  return { sql: `SET LOCK_TIMEOUT ${lockTimeout}; SET DEADLOCK_PRIORITY LOW; ${sql}`, parameters };
}

export function rangeBounds(range: SourcePosition): { from: string | null; to: string | null } {
  const text = (value: unknown): string | null => (typeof value === 'string' ? value : null);
  return { from: text(range?.['from']), to: text(range?.['to']) };
}

/** The key to go on after, from the position of a slice. */
export function positionKey(position: SourcePosition): KeyTexts | null {
  const after = position?.['after'];
  return Array.isArray(after) ? after.map((part) => (part === null ? null : String(part))) : null;
}

/** Rows already read of the partition, from the position of a slice. */
export function positionRow(position: SourcePosition): number {
  const row = position?.['row'];
  return typeof row === 'number' ? row : 0;
}

/** What of the request decides the select list and the order. */
export function planRequest(table: DatabaseTable, request: Pick<ReadRequest, 'columns' | 'key'>): TableReading {
  return planReading(table, request.columns, request.key);
}

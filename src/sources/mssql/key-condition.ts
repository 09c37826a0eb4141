import { EzdError } from '../../core/errors.ts';
import type { SourceValue } from '../../core/record.ts';
import type { DatabaseColumn } from './database-catalogue.ts';
import { quoteName } from './quote-name.ts';

/** Key values as text, as they stand in a position; null for SQL NULL. */
export type KeyTexts = readonly (string | null)[];

/** A piece of SQL with `?` for its parameters. */
export interface Condition {
  readonly sql: string;
  readonly parameters: readonly string[];
}

/** `?` in a name is no parameter. */
export function safeName(column: DatabaseColumn): string {
  return quoteName(column.name).replaceAll('?', '\\?');
}

/** The text of a key value, from which `typedValue` makes the same value again. */
export function keyText(value: SourceValue): string | null {
  if (value === null) return null;
  if (value instanceof Uint8Array) return `0x${Buffer.from(value).toString('hex')}`;
  if (typeof value === 'boolean') return value ? '1' : '0';
  return String(value);
}

/** The SQL that makes a value of the column's own type of a text parameter, so that an index on the column can be used. */
function typedValue(column: DatabaseColumn): string {
  switch (column.baseType) {
    case 'date':
    case 'time':
    case 'datetime':
    case 'smalldatetime':
    case 'datetime2':
    case 'datetimeoffset':
      // The style makes it independent of the session's language and date order.
      return `CONVERT(${column.type}, ?, 121)`;
    case 'binary':
    case 'varbinary':
      return `CONVERT(${column.type}, ?, 1)`;
    case 'timestamp':
    case 'rowversion':
      return 'CONVERT(binary(8), ?, 1)';
    case 'char':
    case 'varchar':
      // In the column's own code page: characters that the database's page lacks would become question marks.
      return `CAST(? COLLATE ${column.collation ?? 'DATABASE_DEFAULT'} AS ${column.type})`;
    case 'text':
    case 'ntext':
    case 'image':
    case 'xml':
    case 'sql_variant':
      throw new EzdError('CATALOGUE', `A column of type ${column.type} cannot be a key: ${column.name}.`, {
        subject: column.name,
        hint: 'Name a column in `key:` that SQL Server can sort.',
      });
    default:
      return `CAST(? AS ${column.type})`;
  }
}

function compare(column: DatabaseColumn, operator: '>' | '>=' | '<' | '<=' | '=', value: string): Condition {
  return { sql: `${safeName(column)} ${operator} ${typedValue(column)}`, parameters: [value] };
}

function isNull(column: DatabaseColumn, negated: boolean): Condition {
  return { sql: `${safeName(column)} IS ${negated ? 'NOT ' : ''}NULL`, parameters: [] };
}

function join(operator: 'AND' | 'OR', ...conditions: readonly Condition[]): Condition {
  return {
    sql: `(${conditions.map((condition) => condition.sql).join(` ${operator} `)})`,
    parameters: conditions.flatMap((condition) => condition.parameters),
  };
}

/** Rows after this key in the order of the key columns. SQL Server sorts NULL first. */
export function afterKey(key: readonly DatabaseColumn[], after: KeyTexts): Condition {
  const [column, ...rest] = key;
  const [value = null, ...values] = after;
  if (column === undefined) throw new EzdError('INTERNAL', 'a key without columns');
  const greater = value === null ? isNull(column, true) : compare(column, '>', value);
  if (rest.length === 0) return greater;
  const equal = value === null ? isNull(column, false) : compare(column, '=', value);
  const either = join('OR', greater, join('AND', equal, afterKey(rest, values)));
  // The redundant first half lets the server seek in the index instead of scanning it.
  return value === null ? either : join('AND', compare(column, '>=', value), either);
}

/** Rows up to this key, it included: what `afterKey` leaves out. */
export function upToKey(key: readonly DatabaseColumn[], until: KeyTexts): Condition {
  const [column, ...rest] = key;
  const [value = null, ...values] = until;
  if (column === undefined) throw new EzdError('INTERNAL', 'a key without columns');
  const nulls = column.nullable && value !== null ? [isNull(column, false)] : [];
  if (rest.length === 0) {
    return value === null ? isNull(column, false) : join('OR', compare(column, '<=', value), ...nulls);
  }
  const equal = value === null ? isNull(column, false) : compare(column, '=', value);
  const inside = join('AND', equal, upToKey(rest, values));
  return value === null ? inside : join('OR', compare(column, '<', value), ...nulls, inside);
}

/** Rows of one partition: above `from`, up to `to`, by the first key column. NULLs belong to the first partition. */
export function withinRange(column: DatabaseColumn, from: string | null, to: string | null): Condition[] {
  const conditions: Condition[] = [];
  if (from !== null) conditions.push(compare(column, '>', from));
  if (to !== null) {
    const below = compare(column, '<=', to);
    conditions.push(column.nullable && from === null ? join('OR', below, isNull(column, false)) : below);
  }
  return conditions;
}

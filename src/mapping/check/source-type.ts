import type { ColumnType } from '../../core/record.ts';
import type { ValueType } from '../../core/signatures.ts';

const TYPES: Readonly<Record<string, ValueType>> = {
  bit: 'boolean',
  tinyint: 'integer',
  smallint: 'integer',
  int: 'integer',
  bigint: 'integer',
  decimal: 'decimal',
  numeric: 'decimal',
  money: 'decimal',
  smallmoney: 'decimal',
  float: 'float',
  real: 'float',
  char: 'text',
  nchar: 'text',
  varchar: 'text',
  nvarchar: 'text',
  text: 'text',
  ntext: 'text',
  xml: 'text',
  sysname: 'text',
  date: 'date',
  datetime: 'local',
  datetime2: 'local',
  smalldatetime: 'local',
  datetimeoffset: 'instant',
  uniqueidentifier: 'uuid',
  binary: 'binary',
  varbinary: 'binary',
  image: 'binary',
  rowversion: 'binary',
  timestamp: 'binary',
};

/** Kind of value of a column by its SQL Server type (`nvarchar(500)`); `any` where the type is unknown, as in a dump. */
export function sourceType(type: string | null): ValueType {
  const base = /^\s*\[?([a-z0-9]+)/i.exec(type ?? '')?.[1]?.toLowerCase();
  return base === undefined ? 'any' : (TYPES[base] ?? 'any');
}

const TARGET: Readonly<Record<ColumnType, ValueType>> = {
  text: 'text',
  int2: 'integer',
  int4: 'integer',
  int8: 'integer',
  float8: 'float',
  numeric: 'decimal',
  bool: 'boolean',
  date: 'date',
  timestamptz: 'instant',
  uuid: 'uuid',
  jsonb: 'json',
  bytea: 'binary',
};

export const targetType = (type: ColumnType): ValueType => TARGET[type];

const WIDENS: Readonly<Partial<Record<ValueType, readonly ValueType[]>>> = {
  integer: ['decimal', 'float', 'boolean', 'text'],
  decimal: ['float', 'integer', 'text'],
  float: ['decimal', 'integer', 'text'],
  boolean: ['integer', 'text'],
  date: ['text', 'local', 'instant'],
  local: ['text', 'date', 'instant'],
  instant: ['text', 'date'],
  uuid: ['text'],
  json: ['text'],
  text: ['integer', 'decimal', 'float', 'boolean', 'date', 'local', 'instant', 'uuid', 'json'],
};

/** Whether a value of one kind can become one of another, if only by reading its text; a local time becomes an instant in the zone of the office. */
export const canBecome = (from: ValueType, to: ValueType): boolean =>
  from === to || from === 'any' || to === 'any' || (WIDENS[from] ?? []).includes(to);

/** The kind that both are; `any` when they differ. */
export const common = (types: readonly ValueType[]): ValueType => {
  const distinct = [...new Set(types)];
  return distinct.length === 1 ? distinct[0]! : 'any';
};

import type { SqlType } from '../sql-type.ts';

/** SQL Server's own numbers of its types. */
const TYPE_IDS: Readonly<Record<string, number>> = {
  image: 34,
  text: 35,
  uniqueidentifier: 36,
  date: 40,
  time: 41,
  datetime2: 42,
  datetimeoffset: 43,
  tinyint: 48,
  smallint: 52,
  int: 56,
  smalldatetime: 58,
  real: 59,
  money: 60,
  datetime: 61,
  float: 62,
  sql_variant: 98,
  ntext: 99,
  bit: 104,
  decimal: 106,
  numeric: 108,
  smallmoney: 122,
  bigint: 127,
  varbinary: 165,
  varchar: 167,
  binary: 173,
  char: 175,
  rowversion: 189,
  nvarchar: 231,
  nchar: 239,
  hierarchyid: 128,
  geometry: 129,
  geography: 130,
  xml: 241,
};

/** Types written in .NET: they share one system type. */
export const CLR_TYPES: ReadonlySet<string> = new Set(['hierarchyid', 'geography', 'geometry']);

/** SQL Server's number of a type. */
export function typeId(name: string): number {
  return TYPE_IDS[name] ?? 0;
}

const SIZES: Readonly<Record<string, number>> = {
  bit: 1,
  tinyint: 1,
  smallint: 2,
  int: 4,
  real: 4,
  smallmoney: 4,
  smalldatetime: 4,
  date: 3,
  uniqueidentifier: 16,
  text: 16,
  ntext: 16,
  image: 16,
  xml: -1,
  geography: -1,
  geometry: -1,
  hierarchyid: 892,
  sql_variant: 8016,
};

/** Bytes at most, as sys.columns tells them; -1: MAX. */
export function maxLength(type: SqlType): number {
  if (type.name === 'nchar' || type.name === 'nvarchar') return type.length === -1 ? -1 : type.length * 2;
  if (type.length !== 0) return type.length;
  return SIZES[type.name] ?? 8;
}

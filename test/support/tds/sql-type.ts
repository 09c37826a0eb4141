/** One SQL Server column type, as the catalogue and the wire describe it. */
export interface SqlType {
  readonly name: SqlTypeName;
  /** Characters of char types, bytes of binary types; -1 = MAX. */
  readonly length: number;
  readonly precision: number;
  readonly scale: number;
  /** Name of the collation of a character type, for example `Polish_CI_AS`. */
  readonly collation: string;
}

export const SQL_TYPE_NAMES = [
  'bit',
  'tinyint',
  'smallint',
  'int',
  'bigint',
  'decimal',
  'numeric',
  'money',
  'smallmoney',
  'float',
  'real',
  'date',
  'time',
  'datetime',
  'smalldatetime',
  'datetime2',
  'datetimeoffset',
  'char',
  'varchar',
  'nchar',
  'nvarchar',
  'text',
  'ntext',
  'image',
  'binary',
  'varbinary',
  'uniqueidentifier',
  'xml',
  'rowversion',
  'sql_variant',
  'hierarchyid',
  'geography',
  'geometry',
] as const;

export type SqlTypeName = (typeof SQL_TYPE_NAMES)[number];

/** Kinds of types that compare and convert alike. */
export type SqlFamily = 'integer' | 'decimal' | 'float' | 'date' | 'text' | 'binary' | 'guid' | 'other';

const FAMILIES: Record<SqlTypeName, SqlFamily> = {
  bit: 'integer',
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
  date: 'date',
  time: 'date',
  datetime: 'date',
  smalldatetime: 'date',
  datetime2: 'date',
  datetimeoffset: 'date',
  char: 'text',
  varchar: 'text',
  nchar: 'text',
  nvarchar: 'text',
  text: 'text',
  ntext: 'text',
  image: 'binary',
  binary: 'binary',
  varbinary: 'binary',
  uniqueidentifier: 'guid',
  xml: 'text',
  rowversion: 'binary',
  sql_variant: 'other',
  hierarchyid: 'other',
  geography: 'other',
  geometry: 'other',
};

const ALIASES: Readonly<Record<string, string>> = {
  integer: 'int',
  timestamp: 'rowversion',
  sysname: 'nvarchar(128)',
  dec: 'decimal',
};

export const DEFAULT_COLLATION = 'Polish_CI_AS';

export function familyOf(type: SqlType): SqlFamily {
  return FAMILIES[type.name];
}

/** Reads `nvarchar(255)`, `decimal(18, 2)`, `varbinary(max)`, `datetime2(7)`; throws on anything that is not a type. */
export function parseSqlType(text: string, collation: string = DEFAULT_COLLATION): SqlType {
  const match = /^\s*\[?(\w+)\]?\s*(?:\(\s*(\w+)\s*(?:,\s*(\d+)\s*)?\))?\s*$/.exec(text);
  const word = match?.[1]?.toLowerCase() ?? '';
  const alias = ALIASES[word];
  if (alias?.includes('(') === true) return parseSqlType(alias, collation);
  const name = (alias ?? word) as SqlTypeName;
  if (match === null || !SQL_TYPE_NAMES.includes(name)) throw new Error(`not a SQL Server type: ${text}`);
  const first = match[2] === undefined ? undefined : match[2].toLowerCase() === 'max' ? -1 : Number(match[2]);
  const second = match[3] === undefined ? 0 : Number(match[3]);
  return makeSqlType(name, first, second, collation);
}

/** Fills in the default length, precision and scale that SQL Server takes for a type written without them. */
export function makeSqlType(
  name: SqlTypeName,
  first?: number,
  second = 0,
  collation: string = DEFAULT_COLLATION,
): SqlType {
  const base = { name, length: 0, precision: 0, scale: 0, collation };
  switch (name) {
    case 'decimal':
    case 'numeric':
      return { ...base, precision: first ?? 18, scale: second };
    case 'money':
      return { ...base, precision: 19, scale: 4 };
    case 'smallmoney':
      return { ...base, precision: 10, scale: 4 };
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return { ...base, scale: first ?? 7 };
    case 'datetime':
      return { ...base, scale: 3 };
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'binary':
    case 'varbinary':
      return { ...base, length: first ?? 1 };
    case 'rowversion':
      return { ...base, length: 8 };
    case 'float':
      return { ...base, name: first !== undefined && first <= 24 ? 'real' : 'float' };
    default:
      return base;
  }
}

/** The type as DDL, for example `nvarchar(255)`. */
export function sqlTypeText(type: SqlType): string {
  switch (type.name) {
    case 'decimal':
    case 'numeric':
      return `${type.name}(${type.precision},${type.scale})`;
    case 'time':
    case 'datetime2':
    case 'datetimeoffset':
      return `${type.name}(${type.scale})`;
    case 'char':
    case 'varchar':
    case 'nchar':
    case 'nvarchar':
    case 'binary':
    case 'varbinary':
      return `${type.name}(${type.length === -1 ? 'max' : type.length})`;
    default:
      return type.name;
  }
}

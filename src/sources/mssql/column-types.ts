/**
 * The one table of SQL Server types: how a column is asked for, what core value comes out, what it becomes in PostgreSQL.
 * docs/sources/mssql.md shows the same table; a test compares the two.
 *
 * Why some types are asked for as text (`CONVERT`, always as nvarchar, which the driver decodes fastest):
 * - dates and times: the driver would make JavaScript dates of them, in UTC or in the zone of this machine, cut to milliseconds, and
 *   lose the offset of datetimeoffset. Text has neither zone nor loss, and is read faster than a date (docs/measurements.md).
 * - decimal, numeric, money: the driver makes floating point numbers of them.
 * - sql_variant: the driver decodes varchar inside it wrongly.
 */
export interface ColumnTypeRule {
  /** SQL Server's names of the types it holds for. */
  readonly types: readonly string[];
  /** Asks for the column; `null`: as it is. `name` is quoted already. */
  readonly select: ((name: string) => string) | null;
  /** The core value (see core/record.ts). */
  readonly value: string;
  /** The natural column type of PostgreSQL; the mapping decides. */
  readonly postgres: string;
  /** What to know, for the docs. */
  readonly note: string;
}

const text = (length: number, style?: number): ((name: string) => string) => {
  const tail = style === undefined ? '' : `, ${style}`;
  return (name) => `CONVERT(nvarchar(${length}), ${name}${tail})`;
};

export const COLUMN_TYPE_RULES: readonly ColumnTypeRule[] = [
  { types: ['bit'], select: null, value: 'boolean', postgres: 'boolean', note: '' },
  { types: ['tinyint', 'smallint'], select: null, value: 'number', postgres: 'smallint', note: '' },
  { types: ['int'], select: null, value: 'number', postgres: 'integer', note: '' },
  { types: ['bigint'], select: null, value: 'text of digits', postgres: 'bigint', note: 'exact beyond 2^53' },
  {
    types: ['decimal', 'numeric'],
    select: text(41),
    value: 'decimal text',
    postgres: 'numeric',
    note: 'all digits of the scale',
  },
  {
    types: ['money', 'smallmoney'],
    select: text(41, 2),
    value: 'decimal text',
    postgres: 'numeric',
    note: 'four decimals',
  },
  { types: ['float'], select: null, value: 'number', postgres: 'double precision', note: '' },
  {
    types: ['real'],
    select: null,
    value: 'number',
    postgres: 'double precision',
    note: 'the shortest number that is the same real: 0.1, not 0.10000000149',
  },
  { types: ['date'], select: text(10, 23), value: '`2024-02-29`', postgres: 'date', note: '' },
  {
    types: ['time'],
    select: text(16, 121),
    value: '`23:59:59.9999999`',
    postgres: 'time, text',
    note: 'as many digits as the column has',
  },
  {
    types: ['datetime'],
    select: text(23, 121),
    value: '`2024-02-29 12:00:00.997`',
    postgres: 'timestamptz',
    note: 'local time of the office; ambiguous and missing hours are findings of the transform',
  },
  {
    types: ['smalldatetime'],
    select: text(19, 120),
    value: '`2024-02-29 12:00:00`',
    postgres: 'timestamptz',
    note: 'as datetime',
  },
  {
    types: ['datetime2'],
    select: text(27, 121),
    value: '`2024-02-29 12:00:00.1234567`',
    postgres: 'timestamptz',
    note: 'as datetime; PostgreSQL keeps microseconds, the seventh digit is cut',
  },
  {
    types: ['datetimeoffset'],
    select: text(34, 121),
    value: '`2024-02-29 12:00:00.1234567 +01:00`',
    postgres: 'timestamptz',
    note: 'the offset stays in the value',
  },
  {
    types: ['char', 'varchar', 'text'],
    select: null,
    value: 'text',
    postgres: 'text',
    note: 'decoded by the code page of the column’s collation; trailing spaces and NUL stay',
  },
  {
    types: ['nchar', 'nvarchar', 'ntext', 'sysname'],
    select: null,
    value: 'text',
    postgres: 'text',
    note: 'UTF-16 with characters outside the BMP; trailing spaces and NUL stay',
  },
  { types: ['xml'], select: null, value: 'text', postgres: 'text, xml', note: 'as the server writes it' },
  { types: ['uniqueidentifier'], select: null, value: 'text', postgres: 'uuid', note: '' },
  {
    types: ['binary', 'varbinary', 'image'],
    select: null,
    value: 'bytes',
    postgres: 'bytea',
    note: 'contents of files are read by the contents phase, in chunks',
  },
  {
    types: ['rowversion', 'timestamp'],
    select: null,
    value: 'eight bytes',
    postgres: 'bytea',
    note: 'big-endian, grows with every change',
  },
  { types: ['sql_variant'], select: text(4000), value: 'text', postgres: 'text', note: 'the base type is lost' },
];

/** Types that cannot be read, and what to do instead. */
export const REFUSED_TYPES: Readonly<Record<string, string>> = {
  hierarchyid:
    'ask the database administrator for a view with ToString() of it, or leave the column out of the mapping',
  geography: 'ask the database administrator for a view with STAsText() of it, or leave the column out of the mapping',
  geometry: 'ask the database administrator for a view with STAsText() of it, or leave the column out of the mapping',
};

const RULES: ReadonlyMap<string, ColumnTypeRule> = new Map(
  COLUMN_TYPE_RULES.flatMap((rule) => rule.types.map((type): [string, ColumnTypeRule] => [type, rule])),
);

/** The rule of a base type (`nvarchar`, without length); undefined for a type that cannot be read. */
export function columnTypeRule(baseType: string): ColumnTypeRule | undefined {
  return RULES.get(baseType.toLowerCase());
}

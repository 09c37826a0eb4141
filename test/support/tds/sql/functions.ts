import { convertValue } from '../convert.ts';
import { findTable } from '../database.ts';
import { familyOf, makeSqlType, parseSqlType, type SqlType } from '../sql-type.ts';
import { isVariant, type SqlRow, type SqlValue } from '../value.ts';
import type { Scalar } from './evaluate.ts';
import type { ExecutionContext, Scope } from './scope.ts';
import { notUnderstood, SqlError } from './sql-error.ts';
import type { Expression } from './syntax.ts';

type Call = Extract<Expression, { kind: 'call' }>;

const INT = makeSqlType('int');
const BIGINT = makeSqlType('bigint');
const TEXT = makeSqlType('nvarchar', 4000);
const DATETIME2 = makeSqlType('datetime2', 7);

/** Compiles a call of one of the functions that this server has; any other is an error. */
export function callFunction(call: Call, scope: Scope, compile: (node: Expression) => Scalar): Scalar {
  const args = call.args.map(compile);
  const known = FUNCTIONS[call.name] ?? serverFunction(call.name, scope.context);
  if (scope.context.db.lacking.has(call.name))
    throw new SqlError(195, `'${call.name}' is not a recognized built-in function name.`, 15);
  if (known === undefined) throw notUnderstood(`the function ${call.name}`);
  const type = typeof known.type === 'function' ? known.type(args.map((arg) => arg.type)) : known.type;
  const types = args.map((arg) => arg.type);
  return {
    type,
    nullable: true,
    of: (row: SqlRow) =>
      known.value(
        args.map((arg) => arg.of(row)),
        types,
        scope.context,
      ),
  };
}

interface SqlFunction {
  readonly type: SqlType | ((args: readonly SqlType[]) => SqlType);
  readonly value: (args: readonly SqlValue[], types: readonly SqlType[], context: ExecutionContext) => SqlValue;
}

/** A function of one argument that is NULL for NULL. */
function ofOne(
  type: SqlFunction['type'],
  value: (arg: Exclude<SqlValue, null>, type: SqlType) => SqlValue,
): SqlFunction {
  return { type, value: ([arg = null], types) => (arg === null ? null : value(arg, types[0]!)) };
}

const firstType = (types: readonly SqlType[]): SqlType => types[0] ?? TEXT;

const FUNCTIONS: Readonly<Record<string, SqlFunction>> = {
  isnull: {
    type: firstType,
    value: ([a = null, b = null], types) => (a === null ? convertValue(b, types[1]!, types[0]!) : a),
  },
  coalesce: { type: firstType, value: (args) => args.find((arg) => arg !== null) ?? null },
  nullif: { type: firstType, value: ([a = null, b = null]) => (String(a) === String(b) ? null : a) },
  len: ofOne(INT, (text) => String(text).replace(/ +$/, '').length),
  datalength: ofOne(BIGINT, (value, type) => BigInt(bytesOf(value, type))),
  upper: ofOne(firstType, (text) => String(text).toUpperCase()),
  lower: ofOne(firstType, (text) => String(text).toLowerCase()),
  rtrim: ofOne(firstType, (text) => String(text).replace(/ +$/, '')),
  ltrim: ofOne(firstType, (text) => String(text).replace(/^ +/, '')),
  year: ofOne(INT, (date) => Number(String(date).slice(0, 4))),
  month: ofOne(INT, (date) => Number(String(date).slice(5, 7))),
  left: { type: firstType, value: ([text = null, n]) => (text === null ? null : String(text).slice(0, Number(n))) },
  substring: {
    type: firstType,
    value: ([value = null, start, length]) => substring(value, Number(start), Number(length)),
  },
  concat: { type: TEXT, value: (args) => args.map((arg) => (arg === null ? '' : String(arg))).join('') },
  abs: ofOne(firstType, (n) => (typeof n === 'bigint' ? (n < 0n ? -n : n) : Math.abs(Number(n)))),
  quotename: ofOne(TEXT, (name) => `[${String(name).replaceAll(']', ']]')}]`),
  sql_variant_property: {
    type: TEXT,
    value: ([variant = null, property]) => {
      if (variant === null || !isVariant(variant)) return null;
      return String(property).toLowerCase() === 'basetype' ? parseSqlType(variant.variantType).name : null;
    },
  },
  object_id: {
    type: INT,
    value: ([name], _types, { db }) => findTable(db, splitName(String(name)))?.objectId ?? null,
  },
  object_name: ofOne(TEXT, (id) => String(id)),
  has_perms_by_name: { type: INT, value: hasPermission },
  change_tracking_current_version: {
    type: BIGINT,
    value: (_args, _types, { db }) => (db.options.changeTracking ? BigInt(db.tracking.version) : null),
  },
  change_tracking_min_valid_version: {
    type: BIGINT,
    value: ([id], _types, { db }) => {
      const table = db.tables.find((candidate) => candidate.objectId === Number(id));
      return table?.changeTracking === true ? BigInt(db.tracking.minValid) : null;
    },
  },
};

function bytesOf(value: Exclude<SqlValue, null>, type: SqlType): number {
  if (Buffer.isBuffer(value)) return value.length;
  if (familyOf(type) === 'text') return String(value).length * (type.name.startsWith('n') ? 2 : 1);
  return { bit: 1, tinyint: 1, smallint: 2, int: 4, bigint: 8, datetime: 8 }[type.name as 'int'] ?? 8;
}

function substring(value: SqlValue, start: number, length: number): SqlValue {
  if (value === null) return null;
  const [from, to] = [Math.max(0, start - 1), Math.max(0, start - 1 + length)];
  return Buffer.isBuffer(value) ? value.subarray(from, to) : String(value).slice(from, to);
}

export function splitName(text: string): string[] {
  return text.split('.').map((part) => part.replace(/^\[(.*)\]$/, '$1'));
}

/** HAS_PERMS_BY_NAME(securable, class, permission): what the login of the session was given. */
function hasPermission(
  args: readonly SqlValue[],
  _types: readonly SqlType[],
  { db, session }: ExecutionContext,
): SqlValue {
  const [securable = null, kind = null, permission = null] = args;
  if (kind !== null && String(kind).toLowerCase() === 'object' && securable !== null) {
    if (findTable(db, splitName(String(securable))) === undefined) return null;
  }
  return session.permissions.has(String(permission).toUpperCase()) ? 1 : 0;
}

const VERSION =
  'Microsoft SQL Server 2019 (RTM) - 15.0.4000.0 (X64) - test server of ezd-migrate, answers a subset of T-SQL (test/support/tds)';

/** Functions and @@variables that tell about server, database and session. */
function serverFunction(name: string, context: ExecutionContext): SqlFunction | undefined {
  const { db, session } = context;
  const now = (): string => `${db.clock().toISOString().slice(0, 23).replace('T', ' ')}0000`;
  const text = (value: () => SqlValue): SqlFunction => ({ type: TEXT, value });
  const int = (value: () => SqlValue): SqlFunction => ({ type: INT, value });
  const known: Readonly<Record<string, SqlFunction>> = {
    '@@version': text(() => VERSION),
    '@@servername': text(() => 'SQLTEST'),
    '@@spid': int(() => session.id),
    '@@lock_timeout': int(() => session.lockTimeout),
    '@@trancount': int(() => 0),
    '@@dbts': { type: makeSqlType('binary', 8), value: () => highestRowversion(db) },
    min_active_rowversion: {
      type: makeSqlType('binary', 8),
      value: () => rowversionBytes(lowestOpen(db) ?? highestRowversion(db).readBigUInt64BE() + 1n),
    },
    db_name: text(() => db.name),
    db_id: int(() => 5),
    suser_sname: text(() => session.loginName),
    original_login: text(() => session.loginName),
    app_name: text(() => session.appName),
    sysdatetime: { type: DATETIME2, value: now },
    sysutcdatetime: { type: DATETIME2, value: now },
    getdate: { type: makeSqlType('datetime'), value: () => now().slice(0, 23) },
    sysdatetimeoffset: { type: makeSqlType('datetimeoffset', 7), value: () => `${now()} +00:00` },
    serverproperty: { type: TEXT, value: ([property]) => serverProperty(String(property)) },
    databasepropertyex: {
      type: TEXT,
      value: ([, property]) => (String(property).toLowerCase() === 'collation' ? db.collation : null),
    },
  };
  return known[name];
}

function serverProperty(name: string): SqlValue {
  const properties: Readonly<Record<string, string>> = {
    productversion: '15.0.4000.0',
    productmajorversion: '15',
    edition: 'Test server of ezd-migrate',
    engineedition: '3',
    collation: 'Polish_CI_AS',
    servername: 'SQLTEST',
  };
  return properties[name.toLowerCase()] ?? null;
}

function highestRowversion(db: ExecutionContext['db']): Buffer {
  let highest = Buffer.alloc(8);
  for (const table of db.tables) {
    const at = table.columns.findIndex((column) => column.type.name === 'rowversion');
    if (at < 0) continue;
    for (const row of table.rows) {
      if (Buffer.compare(row[at] as Buffer, highest) > 0) highest = row[at] as Buffer<ArrayBuffer>;
    }
  }
  return highest;
}

function lowestOpen({ openVersions }: ExecutionContext['db']): bigint | undefined {
  return [...openVersions].sort((a, b) => (a < b ? -1 : 1))[0];
}

function rowversionBytes(value: bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64BE(value);
  return bytes;
}

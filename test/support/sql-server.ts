import sql from 'mssql';
import type { MssqlConfig } from '../../src/sources/mssql/mssql-config.ts';
import type { TableSpec } from './tds/database.ts';
import { startTdsServer, type TdsServerOptions } from './tds/server.ts';
import { familyOf, parseSqlType, type SqlType } from './tds/sql-type.ts';
import { isVariant, type SqlRow, type SqlValue } from './tds/value.ts';

/** A SQL Server that holds the tables of a test. */
export interface SqlServer {
  readonly config: MssqlConfig;
  close(): Promise<void>;
}

/**
 * `mssql://user:password@host:port/database`, a scratch database where the login may create and drop tables and schemas; `?trust=yes` takes any certificate. When it is
 * set, tests that only read run against that server; tests of faults and logins always use the server of test/support/tds.
 */
export const TRUE_SERVER = process.env['EZD_TEST_MSSQL_URL'];

/** The test server with these tables, or the true one with the same tables made there. */
export async function openSqlServer(tables: readonly TableSpec[], options: TdsServerOptions = {}): Promise<SqlServer> {
  if (TRUE_SERVER !== undefined) return openTrueServer(TRUE_SERVER, tables);
  const server = await startTdsServer({ ...options, tables });
  const { host, port, user, password, certificate: ca, database } = server;
  const config = { server: host, port, user, password, ca, serverName: 'localhost', database: database.name };
  return { config, close: () => server.stop() };
}

async function openTrueServer(text: string, tables: readonly TableSpec[]): Promise<SqlServer> {
  const url = new URL(text);
  const config: MssqlConfig = {
    server: url.hostname,
    port: Number(url.port || 1433),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: url.pathname.slice(1),
    trustServerCertificate: url.searchParams.get('trust') === 'yes',
  };
  const { server, port, user, password, database, trustServerCertificate } = config;
  const pool = await new sql.ConnectionPool({
    server,
    port: port!,
    user,
    password,
    database,
    options: { encrypt: true, trustServerCertificate: trustServerCertificate! },
  }).connect();
  for (const table of tables) await makeTable(pool, table);
  return {
    config,
    close: async () => {
      for (const table of [...tables].reverse()) await pool.query(dropText(table));
      await pool.close();
    },
  };
}

async function makeTable(pool: sql.ConnectionPool, table: TableSpec): Promise<void> {
  const [schema] = nameOf(table);
  await pool.query(`IF SCHEMA_ID(N'${schema}') IS NULL EXEC(N'CREATE SCHEMA ${quote(schema)}')`);
  await pool.query(dropText(table));
  for (const statement of tableStatements(table)) await pool.query(statement);
  for (const row of table.rows ?? []) await insertRow(pool, table, row);
}

/** The DDL of a table: columns, primary key, indexes. Identity is left out, so that keys can be given. */
export function tableStatements(table: TableSpec): string[] {
  const columns = table.columns.map(
    ([name, type]) => `${quote(name)} ${type.replace(/\s+identity(\s*\(.*?\))?/i, '')}`,
  );
  const key = table.primaryKey ?? [];
  if (key.length > 0) columns.push(`PRIMARY KEY (${key.map(quote).join(', ')})`);
  const indexes = (table.indexes ?? []).map(
    (index) =>
      `CREATE ${index.unique ? 'UNIQUE ' : ''}INDEX ${quote(index.name)} ON ${quoted(table)} (${index.columns.map(quote).join(', ')})`,
  );
  return [`CREATE TABLE ${quoted(table)} (${columns.join(', ')})`, ...indexes];
}

async function insertRow(pool: sql.ConnectionPool, table: TableSpec, row: SqlRow): Promise<void> {
  const request = pool.request();
  const names: string[] = [];
  const values: string[] = [];
  table.columns.forEach(([name, text], i) => {
    const collation = /collate\s+(\w+)/i.exec(text)?.[1];
    const type = parseSqlType(text.replace(/\s+(collate\s+\w+|not null|identity.*)/gi, ''), collation);
    if (type.name === 'rowversion') return;
    names.push(quote(name));
    values.push(parameter(request, `p${i}`, row[i]!, type, collation));
  });
  await request.query(`INSERT INTO ${quoted(table)} (${names.join(', ')}) VALUES (${values.join(', ')})`);
}

/** Puts a value on the request and gives the SQL that makes it of the column's type. */
function parameter(
  request: sql.Request,
  name: string,
  value: SqlValue,
  type: SqlType,
  collation: string | undefined,
): string {
  if (value === null) return 'NULL';
  if (isVariant(value)) return parameter(request, name, value.value, parseSqlType(value.variantType), collation);
  if (Buffer.isBuffer(value)) {
    request.input(name, sql.VarBinary(sql.MAX), value);
    return `@${name}`;
  }
  request.input(name, sql.NVarChar(sql.MAX), String(value));
  if (familyOf(type) === 'date') return `CONVERT(${typeName(type)}, @${name}, 121)`;
  const text = collation === undefined ? `@${name}` : `@${name} COLLATE ${collation}`;
  return `CAST(${text} AS ${typeName(type)})`;
}

function typeName(type: SqlType): string {
  if (['decimal', 'numeric'].includes(type.name)) return `${type.name}(${type.precision}, ${type.scale})`;
  if (['time', 'datetime2', 'datetimeoffset'].includes(type.name)) return `${type.name}(${type.scale})`;
  const long = /char|binary/.test(type.name);
  return long ? `${type.name}(${type.length === -1 ? 'max' : type.length})` : type.name;
}

function nameOf(table: TableSpec): readonly [schema: string, name: string] {
  const [schema = 'dbo', name] = table.name.split('.');
  return name === undefined ? ['dbo', schema] : [schema, name];
}

function quoted(table: TableSpec): string {
  return nameOf(table).map(quote).join('.');
}

function quote(name: string): string {
  return `[${name.replaceAll(']', ']]')}]`;
}

function dropText(table: TableSpec): string {
  return `IF OBJECT_ID(N'${quoted(table).replaceAll("'", "''")}') IS NOT NULL DROP TABLE ${quoted(table)}`;
}

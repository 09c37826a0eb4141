import { EzdError } from '../../core/errors.ts';
import type { ChangesPlan } from '../../core/plan.ts';
import type { SourceRow } from '../../core/record.ts';
import type { Bilingual } from '../../core/signatures.ts';
import type { SourceSlice } from '../../core/slice.ts';
import type { ChangedRequest, ChangeMark, ChangeObstacle, SourceChanges } from '../changes.ts';
import type { ReadRequest } from '../source.ts';
import { type DatabaseColumn, type DatabaseTable, findColumn, quotedTable } from './database-catalogue.ts';
import { quoteName } from './quote-name.ts';
import type { BuiltQuery } from './sql-builder.ts';

export interface MssqlChangesPorts {
  tableOf(name: string): Promise<DatabaseTable>;
  /** Asks a question, again after faults that pass. */
  ask<Row>(what: Bilingual, query: BuiltQuery): Promise<Row[]>;
  read(request: ReadRequest): AsyncIterable<SourceSlice>;
}

/** Types of which single values can be asked for exactly: what the mapping calls equal, the server calls equal too. */
const EXACT = new Set(['tinyint', 'smallint', 'int', 'bigint', 'uniqueidentifier']);
const DATES = new Set(['date', 'datetime', 'datetime2', 'smalldatetime', 'datetimeoffset']);
const ROWVERSION = new Set(['rowversion', 'timestamp']);

/** Minutes of an `updatedAt` column that are read again: an hour when the clock goes back in October, and clocks that differ. */
export const OVERLAP_MINUTES = 180;
/** Error 195: the server does not know a function (Babelfish has no MIN_ACTIVE_ROWVERSION). */
const UNKNOWN_FUNCTION = 195;

/** What changed in tables of SQL Server. Asks only with SELECT. */
export function createMssqlChanges(ports: MssqlChangesPorts): SourceChanges {
  return {
    obstacle: async (table, key, wish) => obstacleOf(await ports.tableOf(table), key, wish),
    async suggest(name) {
      const table = await ports.tableOf(name).catch(() => null);
      if (table === null) return null;
      const rowversion = table.columns.find(({ baseType }) => ROWVERSION.has(baseType));
      const wishes: ChangesPlan[] = [
        { kind: 'changeTracking' },
        ...(rowversion === undefined ? [] : [{ kind: 'rowversion', column: rowversion.name } as const]),
      ];
      const wish = wishes.find((each) => obstacleOf(table, table.primaryKey, each) === null);
      return wish === undefined ? null : { key: table.primaryKey, wish };
    },
    mark: async (table, wish, last) => takeMark(ports, await ports.tableOf(table), wish, last),
    expired: async (table, wish, since) => isExpired(ports, await ports.tableOf(table), wish, since),
    changed: (request) => changed(ports, request),
    async canAskBy(name, columns) {
      const table = await ports.tableOf(name).catch(() => null);
      return table !== null && columns.every((column) => EXACT.has(findColumn(table, column)?.baseType ?? ''));
    },
    rowsWith: (request, by, values) => rowsWith(ports, request, by, values),
  };
}

const same = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((name) => b.some((other) => other.toLowerCase() === name.toLowerCase()));

function obstacleOf(table: DatabaseTable, key: readonly string[], wish: ChangesPlan): ChangeObstacle | null {
  if (!same(key, table.primaryKey)) return 'key-not-primary';
  if (!key.every((name) => EXACT.has(findColumn(table, name)?.baseType ?? ''))) return 'key-type';
  if (wish.kind === 'changeTracking') return table.changeTracking ? null : 'not-tracked';
  if (wish.kind === 'compare') return null;
  const column = findColumn(table, wish.column);
  if (column === undefined) return 'no-column';
  if (wish.kind === 'rowversion') return ROWVERSION.has(column.baseType) ? null : 'not-rowversion';
  return DATES.has(column.baseType) ? null : 'no-column';
}

async function takeMark(
  ports: MssqlChangesPorts,
  table: DatabaseTable,
  wish: ChangesPlan,
  last: ChangeMark | null,
): Promise<ChangeMark> {
  const what = { en: `Asking where ${table.name} stands`, pl: `Pytanie o stan ${table.name}` };
  const one = async <Row>(sql: string): Promise<Row> => (await ports.ask<Row>(what, { sql, parameters: [] }))[0]!;
  switch (wish.kind) {
    case 'changeTracking': {
      const { version } = await one<{ version: string | null }>(
        'SELECT CONVERT(nvarchar(20), CHANGE_TRACKING_CURRENT_VERSION()) AS version',
      );
      return { version };
    }
    case 'rowversion':
      return rowversionMark(ports, what, last);
    case 'updatedAt': {
      const column = quoteName(wish.column);
      // What is stamped later than the server's clock (a wrong clock, a date of the future) must not move the mark.
      const { at } = await one<{ at: string | null }>(
        `SELECT CONVERT(nvarchar(34), MAX(${column}), 121) AS at FROM ${quotedTable(table)} WHERE ${column} <= SYSDATETIME()`,
      );
      return { at };
    }
    case 'compare':
      return {};
  }
}

/**
 * Rows of transactions that are still open have versions from MIN_ACTIVE_ROWVERSION on. Without that function the mark is the last version used, and reading starts at
 * the mark of the sync before (`from`), so that whoever was writing then is seen now.
 */
async function rowversionMark(ports: MssqlChangesPorts, what: Bilingual, last: ChangeMark | null): Promise<ChangeMark> {
  const hex = (expression: string): BuiltQuery => ({
    sql: `SELECT CONVERT(nvarchar(18), CONVERT(binary(8), ${expression}), 1) AS version`,
    parameters: [],
  });
  try {
    const [row] = await ports.ask<{ version: string }>(what, hex('MIN_ACTIVE_ROWVERSION()'));
    return { version: row!.version };
  } catch (error) {
    if (!isUnknownFunction(error)) throw error;
    const [row] = await ports.ask<{ version: string }>(what, hex('@@DBTS'));
    return { version: row!.version, open: true, from: last?.['version'] ?? row!.version };
  }
}

function isUnknownFunction(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if ((at as { number?: unknown }).number === UNKNOWN_FUNCTION) return true;
  return false;
}

async function isExpired(
  ports: MssqlChangesPorts,
  table: DatabaseTable,
  wish: ChangesPlan,
  since: ChangeMark,
): Promise<boolean> {
  if (wish.kind === 'updatedAt') return typeof since['at'] !== 'string';
  if (typeof since['version'] !== 'string') return true;
  if (wish.kind !== 'changeTracking') return false;
  const [row] = await ports.ask<{ oldest: string | null; current: string | null }>(
    { en: `Asking what ${table.name} still knows`, pl: `Pytanie, co ${table.name} jeszcze pamięta` },
    {
      sql: `SELECT CONVERT(nvarchar(20), CHANGE_TRACKING_MIN_VALID_VERSION(OBJECT_ID(@p0))) AS oldest, CONVERT(nvarchar(20), CHANGE_TRACKING_CURRENT_VERSION()) AS [current]`,
      parameters: [`${table.schema}.${table.name}`],
    },
  );
  if (row === undefined || row.oldest === null || row.current === null) return true;
  // Also a version from the future: the database was restored from an older backup.
  return BigInt(since['version']) < BigInt(row.oldest) || BigInt(since['version']) > BigInt(row.current);
}

async function* changed(
  ports: MssqlChangesPorts,
  { table: name, key, wish, since, until }: ChangedRequest,
): AsyncIterable<readonly SourceRow[]> {
  const table = await ports.tableOf(name);
  const columns = key.map((column) => quoteName(findColumn(table, column)!.name));
  const query = changedQuery(table, columns, wish, since, until);
  const rows = await ports.ask<Record<string, unknown>>(
    { en: `Asking what changed in ${name}`, pl: `Pytanie o zmiany w ${name}` },
    query,
  );
  for (let from = 0; from < rows.length; from += 5000)
    yield rows.slice(from, from + 5000).map((row) => key.map((_, i) => row[`k${i}`] as string | number));
}

function changedQuery(
  table: DatabaseTable,
  columns: readonly string[],
  wish: ChangesPlan,
  since: ChangeMark,
  until: ChangeMark,
): BuiltQuery {
  const list = columns.map((column, i) => `c.${column} AS k${i}`).join(', ');
  switch (wish.kind) {
    case 'changeTracking':
      return {
        sql: `SELECT ${list} FROM CHANGETABLE(CHANGES ${quotedTable(table)}, ${wholeNumber(since['version'])}) AS c`,
        parameters: [],
      };
    case 'rowversion': {
      const column = `c.${quoteName(wish.column)}`;
      const bounds = [`${column} >= ${version(since['from'] ?? since['version'])}`];
      if (until['open'] !== true) bounds.push(`${column} < ${version(until['version'])}`);
      return { sql: `SELECT ${list} FROM ${quotedTable(table)} AS c WHERE ${bounds.join(' AND ')}`, parameters: [] };
    }
    case 'updatedAt': {
      const type = findColumn(table, wish.column) as DatabaseColumn;
      const from = earlier(String(since['at']), wish.overlapMinutes ?? OVERLAP_MINUTES);
      return {
        sql: `SELECT ${list} FROM ${quotedTable(table)} AS c WHERE c.${quoteName(wish.column)} >= CONVERT(${type.type}, @p0, 121)`,
        parameters: [from],
      };
    }
    case 'compare':
      throw new EzdError('INTERNAL', 'what changed cannot be asked of a table that is compared');
  }
}

const wholeNumber = (value: unknown): string => String(BigInt(String(value)));

/** A version as it stands in a mark, ready for a statement. */
function version(value: unknown): string {
  if (!/^0x[0-9A-Fa-f]{16}$/.test(String(value))) throw new EzdError('LEDGER', `${String(value)} is no row version`);
  return String(value);
}

/** A time of the legacy database, so many minutes earlier, to the millisecond (down). */
function earlier(at: string, minutes: number): string {
  const [, moment = at] = /^(\d{4}-\d{2}-\d{2}(?: \d{2}:\d{2}:\d{2}(?:\.\d{1,3})?)?)/.exec(at) ?? [];
  const milliseconds = Date.parse(`${moment.replace(' ', 'T')}${moment.includes(' ') ? 'Z' : ''}`);
  const text = new Date(milliseconds - minutes * 60_000).toISOString().replace('T', ' ').replace('Z', '');
  return /[+-]\d{2}:\d{2}$/.test(at) ? `${text} ${at.slice(-6)}` : text;
}

async function* rowsWith(
  ports: MssqlChangesPorts,
  request: ReadRequest,
  by: readonly string[],
  values: readonly string[],
): AsyncIterable<SourceSlice> {
  const table = await ports.tableOf(request.table);
  const columns = by.map((name) => findColumn(table, name)!);
  const literals = values.flatMap((value) => {
    const parts = columns.length === 1 ? [value] : value.split('|');
    const typed = parts.map((part, i) => literalOf(columns[i]!, part));
    return typed.length === columns.length && typed.every((part) => part !== null) ? [typed as string[]] : [];
  });
  if (literals.length === 0) return;
  const names = columns.map(({ name }) => quoteName(name));
  const condition =
    columns.length === 1
      ? `${names[0]} IN (${literals.map(([value]) => value).join(', ')})`
      : literals.map((parts) => `(${parts.map((part, i) => `${names[i]} = ${part}`).join(' AND ')})`).join(' OR ');
  const sql = request.sql === null ? condition : `(${request.sql}) AND (${condition})`;
  yield* ports.read({ ...request, sql });
}

const RANGES: Readonly<Record<string, readonly [bigint, bigint]>> = {
  tinyint: [0n, 255n],
  smallint: [-(2n ** 15n), 2n ** 15n - 1n],
  int: [-(2n ** 31n), 2n ** 31n - 1n],
  bigint: [-(2n ** 63n), 2n ** 63n - 1n],
};

/** A key as SQL; null: the column cannot hold it. Nothing but digits and GUIDs ever gets into a statement. */
function literalOf({ baseType }: DatabaseColumn, value: string): string | null {
  if (baseType === 'uniqueidentifier')
    return /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(value) ? `'${value}'` : null;
  const range = RANGES[baseType];
  if (range === undefined || !/^-?\d{1,19}$/.test(value)) return null;
  const number = BigInt(value);
  return number >= range[0] && number <= range[1] ? String(number) : null;
}

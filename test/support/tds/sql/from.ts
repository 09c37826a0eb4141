import { columnIndex, findTable, type Table } from '../database.ts';
import { makeSqlType } from '../sql-type.ts';
import type { SqlRow, SqlValue } from '../value.ts';
import { identity } from './aggregate.ts';
import { compilePredicate, compileScalar } from './evaluate.ts';
import type { Scope, ScopeColumn } from './scope.ts';
import { notUnderstood, SqlError } from './sql-error.ts';
import type { FromItem, SelectStatement, TableSource } from './syntax.ts';
import { systemFunction, systemView } from './system-views.ts';

/** Rows of one table, view or nested select, before joins. */
export interface RowSource {
  readonly columns: readonly Omit<ScopeColumn, 'alias'>[];
  readonly rows: () => Iterable<SqlRow>;
  /** The table behind it, when it is one: its rows come in primary key order. */
  readonly table: Table | undefined;
}

/** Opens a nested select as a source of rows. */
export type OpenSelect = (select: SelectStatement) => RowSource;

export function openSource(source: TableSource, scope: Scope, openSelect: OpenSelect): RowSource {
  switch (source.kind) {
    case 'select':
      return openSelect(source.select);
    case 'function': {
      const found = systemFunction(source.name);
      if (found === undefined) throw notUnderstood(`the table-valued function ${source.name}`);
      return { columns: found.columns, rows: () => found.rows(scope.context), table: undefined };
    }
    case 'changes':
      return openChanges(source.table, Number(compileScalar(source.since, scope).of([])), scope);
    case 'table':
      return openTable(source.name, scope);
  }
}

function openTable(name: readonly string[], scope: Scope): RowSource {
  const found = systemView(name);
  if (found !== undefined) return { columns: found.columns, rows: () => found.rows(scope.context), table: undefined };
  const table = findTable(scope.context.db, name);
  if (table === undefined) throw new SqlError(208, `Invalid object name '${name.join('.')}'.`);
  if (!scope.context.session.permissions.has('SELECT')) {
    throw new SqlError(
      229,
      `The SELECT permission was denied on the object '${table.name}', schema '${table.schema}'.`,
      14,
    );
  }
  // The rows of now: what tests change while the statement runs is not seen, as with row versioning.
  const rows = table.rows.slice();
  return { columns: table.columns, rows: () => rows, table };
}

/** CHANGETABLE(CHANGES t, v): the net change of every key since version v. */
function openChanges(name: readonly string[], since: number, scope: Scope): RowSource {
  const table = findTable(scope.context.db, name);
  if (table === undefined) throw new SqlError(208, `Invalid object name '${name.join('.')}'.`);
  if (!table.changeTracking) throw new SqlError(22105, `Change tracking is not enabled on table '${table.name}'.`);
  const bigint = makeSqlType('bigint');
  const keys = table.primaryKey.map((column) => table.columns[columnIndex(table, column)]!);
  const columns = [
    { name: 'SYS_CHANGE_VERSION', type: bigint, nullable: true },
    { name: 'SYS_CHANGE_CREATION_VERSION', type: bigint, nullable: true },
    { name: 'SYS_CHANGE_OPERATION', type: makeSqlType('nchar', 1), nullable: true },
    ...keys,
  ];
  return { columns, rows: () => netChanges(table, since), table: undefined };
}

function netChanges(table: Table, since: number): SqlRow[] {
  const net = new Map<string, { version: number; created: number | null; operation: string; key: SqlRow }>();
  for (const change of table.changes) {
    if (change.version <= since) continue;
    const text = change.key.map((part) => String(part)).join('|');
    const before = net.get(text);
    const created = change.operation === 'I' ? change.version : (before?.created ?? null);
    if (before?.operation === 'I' && change.operation === 'D') {
      net.delete(text);
      continue;
    }
    const operation = before?.operation === 'I' && change.operation === 'U' ? 'I' : change.operation;
    net.set(text, { version: change.version, created, operation, key: change.key });
  }
  return [...net.values()].map(
    (change): SqlRow => [
      BigInt(change.version),
      change.created === null ? null : BigInt(change.created),
      change.operation,
      ...change.key,
    ],
  );
}

/** Joins a source to the rows so far; equality of two columns goes by a hash table, anything else row by row. */
export function joinRows(
  left: Iterable<SqlRow>,
  item: FromItem,
  right: RowSource,
  scope: Scope,
  leftWidth: number,
): Iterable<SqlRow> {
  if (item.join === 'first' || item.join === 'cross' || item.on === undefined) return crossJoin(left, right);
  const matches = compilePredicate(item.on, scope);
  const hash = equalityOf(item, scope, leftWidth);
  const all = [...right.rows()];
  const lookup = hash === undefined ? undefined : groupBy(all, hash.right - leftWidth, scope, hash.right);
  const empty = right.columns.map((): SqlValue => null);
  function* joined(): Iterable<SqlRow> {
    for (const row of left) {
      let found = false;
      const candidates =
        lookup === undefined ? all : (lookup.get(identity(row[hash!.left]!, scope.columns[hash!.right]!.type)) ?? []);
      for (const other of candidates) {
        const both = [...row, ...other];
        if (matches(both) !== true) continue;
        found = true;
        yield both;
      }
      if (!found && item.join === 'left') yield [...row, ...empty];
    }
  }
  return joined();
}

function* crossJoin(left: Iterable<SqlRow>, right: RowSource): Iterable<SqlRow> {
  for (const row of left) for (const other of right.rows()) yield row.length === 0 ? other : [...row, ...other];
}

function groupBy(rows: readonly SqlRow[], at: number, scope: Scope, place: number): Map<string, SqlRow[]> {
  const groups = new Map<string, SqlRow[]>();
  const { type } = scope.columns[place]!;
  for (const row of rows) {
    const key = identity(row[at]!, type);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return groups;
}

/** The first `left column = right column` of same-family types in an AND chain: places in the joined row. */
function equalityOf(item: FromItem, scope: Scope, leftWidth: number): { left: number; right: number } | undefined {
  const pending = [item.on!];
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.kind !== 'binary') continue;
    if (node.operator === 'and') pending.push(node.left, node.right);
    if (node.operator !== '=' || node.left.kind !== 'column' || node.right.kind !== 'column') continue;
    const places = [placeOf(node.left.name, scope), placeOf(node.right.name, scope)].sort((a, b) => a - b);
    const [left = 0, right = 0] = places;
    const { name } = scope.columns[left]!.type;
    const other = scope.columns[right]!.type.name;
    const integers = ['tinyint', 'smallint', 'int', 'bigint'];
    const alike = name === other || (integers.includes(name) && integers.includes(other));
    if (left < leftWidth && right >= leftWidth && alike) return { left, right };
  }
  return undefined;
}

function placeOf(name: readonly string[], scope: Scope): number {
  const column = name.at(-1)!.toLowerCase();
  const alias = name.length > 1 ? name.at(-2)!.toLowerCase() : undefined;
  return scope.columns.findLastIndex(
    (candidate) =>
      candidate.name.toLowerCase() === column && (alias === undefined || candidate.alias.toLowerCase() === alias),
  );
}

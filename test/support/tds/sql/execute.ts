import { compareValues } from '../compare.ts';
import type { Table } from '../database.ts';
import type { SqlRow } from '../value.ts';
import type { ResultColumn } from '../wire/columns.ts';
import { type Aggregate, findAggregates, identity } from './aggregate.ts';
import { compilePredicate, compileScalar, type Scalar } from './evaluate.ts';
import { joinRows, openSource, type RowSource } from './from.ts';
import type { ExecutionContext, Scope, ScopeColumn } from './scope.ts';
import { notUnderstood } from './sql-error.ts';
import type { Expression, SelectStatement } from './syntax.ts';

/** A result ready to be sent: its columns, and its rows, computed as they are pulled. */
export interface ResultSet {
  readonly columns: readonly ResultColumn[];
  readonly rows: Iterable<SqlRow>;
}

/** Runs a SELECT. */
export function executeSelect(select: SelectStatement, context: ExecutionContext): ResultSet {
  const base: Scope = {
    columns: [],
    aggregates: new Map(),
    context,
    runNested: (inner, scope) => nested(inner, scope),
  };
  const query = prepare(select, base);
  return { columns: query.columns, rows: query.rows([]) };
}

function nested(select: SelectStatement, scope: Scope): ReturnType<Scope['runNested']> {
  const query = prepare(select, scope);
  return { type: query.columns[0]!.type, rows: query.rows };
}

interface Query {
  readonly columns: readonly ResultColumn[];
  readonly rows: (outer: SqlRow) => Iterable<SqlRow>;
}

/** Source → joins → WHERE → groups → select list → DISTINCT → ORDER BY → TOP, OFFSET. */
function prepare(select: SelectStatement, outer: Scope): Query {
  const from = prepareFrom(select, outer);
  const grouped = prepareGroups(select, from.scope);
  const items = select.items.map((item) => compileScalar(item.expression, grouped.scope));
  const columns = select.items.map((item, i) => resultColumn(item.expression, item.alias, items[i]!));
  const having = select.having === undefined ? undefined : compilePredicate(select.having, grouped.scope);
  const order = prepareOrder(select, grouped.scope, items);
  const sorted = select.groupBy.length === 0 && grouped.aggregates.length === 0 && isKeyOrder(select, from.single);
  const limits = prepareLimits(select, outer);

  function* rows(outerRow: SqlRow): Iterable<SqlRow> {
    let input = grouped.run(from.rows(outerRow));
    if (having !== undefined) input = filtered(input, (row) => having(row) === true);
    const ordered = order === undefined || sorted ? input : [...input].sort(order);
    const output = select.distinct ? distinct(project(ordered, items), items) : project(ordered, items);
    yield* limits(output, outerRow);
  }
  return { columns, rows };
}

interface PreparedFrom {
  readonly scope: Scope;
  readonly rows: (outer: SqlRow) => Iterable<SqlRow>;
  /** The table, when the query reads just one. */
  readonly single: Table | undefined;
}

function prepareFrom(select: SelectStatement, outer: Scope): PreparedFrom {
  let scope: Scope = { ...outer, aggregates: new Map() };
  const steps: { source: RowSource; scope: Scope; width: number; index: number }[] = [];
  select.from.forEach((item, index) => {
    const source = openSource(item.source, scope, (inner) => openNested(inner, outer));
    if (source.table?.synthetic !== undefined) throw notUnderstood('this query over a synthetic table');
    const width = scope.columns.length;
    const added = source.columns.map((column): ScopeColumn => ({ ...column, alias: item.alias }));
    scope = { ...scope, columns: [...scope.columns, ...added] };
    steps.push({ source, scope, width, index });
  });
  const where = select.where === undefined ? undefined : compilePredicate(select.where, scope);
  const final = scope;
  return {
    scope: final,
    single: steps.length === 1 ? steps[0]!.source.table : undefined,
    rows: (outerRow) => {
      let rows: Iterable<SqlRow> = [outerRow];
      for (const step of steps) {
        const item = select.from[step.index]!;
        rows = joinRows(rows, item, step.source, step.scope, step.width);
        if (item.samplePercent !== undefined) rows = sample(rows, item.samplePercent);
      }
      return where === undefined ? rows : filtered(rows, (row) => where(row) === true);
    },
  };
}

/** TABLESAMPLE: every n-th row, so that tests get the same sample each time. */
function* sample(rows: Iterable<SqlRow>, percent: number): Iterable<SqlRow> {
  let share = 100 - percent;
  for (const row of rows) {
    share += percent;
    if (share < 100) continue;
    share -= 100;
    yield row;
  }
}

function openNested(select: SelectStatement, outer: Scope): RowSource {
  const query = prepare(select, outer);
  return { columns: query.columns, rows: () => query.rows([]), table: undefined };
}

function* filtered(rows: Iterable<SqlRow>, keep: (row: SqlRow) => boolean): Iterable<SqlRow> {
  for (const row of rows) if (keep(row)) yield row;
}

function* project(rows: Iterable<SqlRow>, items: readonly Scalar[]): Iterable<SqlRow> {
  for (const row of rows) yield items.map((item) => item.of(row));
}

function* distinct(rows: Iterable<SqlRow>, items: readonly Scalar[]): Iterable<SqlRow> {
  const seen = new Set<string>();
  for (const row of rows) {
    const key = row.map((value, i) => identity(value, items[i]!.type)).join('\0');
    if (seen.has(key)) continue;
    seen.add(key);
    yield row;
  }
}

interface PreparedGroups {
  readonly scope: Scope;
  readonly aggregates: readonly Aggregate[];
  readonly run: (rows: Iterable<SqlRow>) => Iterable<SqlRow>;
}

/** A group is one row for what follows: its first row, with the results of the aggregates behind it. */
function prepareGroups(select: SelectStatement, scope: Scope): PreparedGroups {
  const aggregates = findAggregates(select, scope);
  if (aggregates.length === 0 && select.groupBy.length === 0) return { scope, aggregates, run: (rows) => rows };
  const keys = select.groupBy.map((node) => compileScalar(node, scope));
  const places = new Map(
    aggregates.map((aggregate, i) => [aggregate.node, { at: scope.columns.length + i, type: aggregate.type }]),
  );
  const empty = scope.columns.map(() => null);
  return {
    scope: { ...scope, aggregates: places },
    aggregates,
    run: (rows) => {
      const groups = new Map<string, SqlRow[]>();
      if (keys.length === 0) groups.set('', []);
      for (const row of rows) {
        const key = keys.map((k) => identity(k.of(row), k.type)).join('\0');
        const group = groups.get(key);
        if (group === undefined) groups.set(key, [row]);
        else group.push(row);
      }
      return [...groups.values()].map((group) => [
        ...(group[0] ?? empty),
        ...aggregates.map((aggregate) => aggregate.over(group)),
      ]);
    },
  };
}

function resultColumn(node: Expression, alias: string | undefined, value: Scalar): ResultColumn {
  const name = alias ?? (node.kind === 'column' ? node.name.at(-1)! : '');
  return { name, type: value.type, nullable: value.nullable };
}

type RowOrder = (a: SqlRow, b: SqlRow) => number;

function prepareOrder(select: SelectStatement, scope: Scope, items: readonly Scalar[]): RowOrder | undefined {
  if (select.orderBy.length === 0) return undefined;
  const parts = select.orderBy.map((item) => {
    const value = orderValue(item.expression, select, scope, items);
    return { value, compare: compareValues(value.type), sign: item.descending ? -1 : 1 };
  });
  return (a, b) => {
    for (const { value, compare, sign } of parts) {
      const result = compare(value.of(a), value.of(b));
      if (result !== 0) return sign * result;
    }
    return 0;
  };
}

/** ORDER BY may name an alias of the select list, a place in it, or any expression. */
function orderValue(node: Expression, select: SelectStatement, scope: Scope, items: readonly Scalar[]): Scalar {
  if (node.kind === 'literal' && typeof node.value === 'number') {
    const place = items[node.value - 1];
    if (place === undefined) throw notUnderstood(`ORDER BY ${node.value}`);
    return place;
  }
  if (node.kind === 'column' && node.name.length === 1) {
    const at = select.items.findIndex((item) => item.alias?.toLowerCase() === node.name[0]!.toLowerCase());
    if (at >= 0) return items[at]!;
  }
  return compileScalar(node, scope);
}

/** True when ORDER BY is a prefix of the primary key: the rows already come so. */
function isKeyOrder(select: SelectStatement, table: Table | undefined): boolean {
  if (table === undefined || select.orderBy.length === 0) return false;
  return select.orderBy.every((item, i) => {
    const node = item.expression;
    const key = table.primaryKey[i]?.toLowerCase();
    return !item.descending && node.kind === 'column' && node.name.at(-1)!.toLowerCase() === key;
  });
}

type Limits = (rows: Iterable<SqlRow>, outer: SqlRow) => Iterable<SqlRow>;

function prepareLimits(select: SelectStatement, outer: Scope): Limits {
  if (select.offset !== undefined && select.orderBy.length === 0) throw notUnderstood('OFFSET without ORDER BY');
  const number = (node: Expression | undefined): ((row: SqlRow) => number | undefined) => {
    if (node === undefined) return () => undefined;
    const value = compileScalar(node, outer);
    return (row) => Number(value.of(row));
  };
  const [top, offset, fetch] = [number(select.top), number(select.offset), number(select.fetch)];
  return function* limit(rows, outerRow) {
    const skip = offset(outerRow) ?? 0;
    const take = top(outerRow) ?? fetch(outerRow) ?? Number.POSITIVE_INFINITY;
    if (take <= 0) return;
    let at = 0;
    for (const row of rows) {
      if (at++ < skip) continue;
      yield row;
      if (at - skip >= take) return;
    }
  };
}

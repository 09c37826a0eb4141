import { compareValues } from '../compare.ts';
import { makeSqlType, type SqlType } from '../sql-type.ts';
import { isVariant, type SqlRow, type SqlValue } from '../value.ts';
import { compileScalar, type Scalar } from './evaluate.ts';
import type { Scope } from './scope.ts';
import type { Expression, SelectStatement } from './syntax.ts';

type Call = Extract<Expression, { kind: 'call' }>;

const NAMES = new Set(['count', 'count_big', 'min', 'max', 'sum']);

/** One aggregate of a query, ready to run over the rows of a group. */
export interface Aggregate {
  readonly node: Expression;
  readonly type: SqlType;
  readonly over: (rows: readonly SqlRow[]) => SqlValue;
}

/** All aggregates of the select list, HAVING and ORDER BY. */
export function findAggregates(select: SelectStatement, scope: Scope): Aggregate[] {
  const roots = [
    ...select.items.map((item) => item.expression),
    ...select.orderBy.map((item) => item.expression),
    ...(select.having === undefined ? [] : [select.having]),
  ];
  const calls: Call[] = [];
  for (const root of roots) collect(root, calls);
  return calls.map((call) => compileAggregate(call, scope));
}

function collect(node: Expression, calls: Call[]): void {
  if (node.kind === 'call' && NAMES.has(node.name)) {
    calls.push(node);
    return;
  }
  for (const child of childrenOf(node)) collect(child, calls);
}

function childrenOf(node: Expression): readonly Expression[] {
  switch (node.kind) {
    case 'unary':
    case 'isNull':
    case 'convert':
    case 'collate':
      return [node.operand];
    case 'binary':
      return [node.left, node.right];
    case 'in':
      return [node.operand, ...node.list];
    case 'like':
      return [node.operand, node.pattern];
    case 'case':
      return [
        ...node.branches.flatMap((branch) => [branch.when, branch.value]),
        ...(node.otherwise === undefined ? [] : [node.otherwise]),
      ];
    case 'call':
      return node.args;
    default:
      return [];
  }
}

function compileAggregate(call: Call, scope: Scope): Aggregate {
  const argument = call.args[0] === undefined ? undefined : compileScalar(call.args[0], scope);
  if (call.name === 'count' || call.name === 'count_big') {
    const type = makeSqlType(call.name === 'count' ? 'int' : 'bigint');
    const typed = (n: number): SqlValue => (type.name === 'int' ? n : BigInt(n));
    return { node: call, type, over: (rows) => typed(count(rows, argument, call.distinct)) };
  }
  const value = argument!;
  if (call.name === 'sum') {
    return { node: call, type: makeSqlType('bigint'), over: (rows) => sum(rows, value) };
  }
  const compare = compareValues(value.type);
  const sign = call.name === 'min' ? 1 : -1;
  return { node: call, type: value.type, over: (rows) => extreme(rows, value, (a, b) => sign * compare(a, b)) };
}

function count(rows: readonly SqlRow[], argument: Scalar | undefined, distinct: boolean): number {
  if (argument === undefined) return rows.length;
  const values = rows.map((row) => argument.of(row)).filter((value) => value !== null);
  if (!distinct) return values.length;
  return new Set(values.map((value) => identity(value, argument.type))).size;
}

/** A text that is equal for values that are equal in their collation. */
export function identity(value: SqlValue, type: SqlType): string {
  if (value === null) return '\0NULL';
  if (Buffer.isBuffer(value)) return value.toString('hex');
  if (isVariant(value)) return identity(value.value, type);
  const text = String(value).replace(/ +$/, '');
  return type.collation.toLowerCase().includes('_ci') ? text.toLowerCase() : text;
}

function sum(rows: readonly SqlRow[], value: Scalar): SqlValue {
  const values = rows.map((row) => value.of(row)).filter((v) => v !== null);
  if (values.length === 0) return null;
  return values.reduce<bigint>((total, v) => total + BigInt(v as number), 0n);
}

function extreme(rows: readonly SqlRow[], value: Scalar, compare: (a: SqlValue, b: SqlValue) => number): SqlValue {
  let best: SqlValue = null;
  for (const row of rows) {
    const v = value.of(row);
    if (v !== null && (best === null || compare(v, best) < 0)) best = v;
  }
  return best;
}

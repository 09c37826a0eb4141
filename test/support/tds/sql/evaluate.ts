import { compareValues } from '../compare.ts';
import { convertValue } from '../convert.ts';
import { familyOf, makeSqlType, type SqlType } from '../sql-type.ts';
import type { SqlRow, SqlValue } from '../value.ts';
import { callFunction } from './functions.ts';
import { likeMatcher } from './like.ts';
import { resolveColumn, type Scope } from './scope.ts';
import { notUnderstood, SqlError } from './sql-error.ts';
import type { Expression } from './syntax.ts';

/** An expression ready to run on rows of the pipeline. */
export interface Scalar {
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly of: (row: SqlRow) => SqlValue;
}

/** A condition: true, false or unknown (NULL). */
export type Predicate = (row: SqlRow) => boolean | null;

const INT = makeSqlType('int');

/** Compiles an expression that yields a value. */
export function compileScalar(node: Expression, scope: Scope): Scalar {
  const aggregate = scope.aggregates.get(node);
  if (aggregate !== undefined) return { type: aggregate.type, nullable: true, of: (row) => row[aggregate.at]! };
  switch (node.kind) {
    case 'literal':
      return { type: node.type, nullable: node.value === null, of: () => node.value };
    case 'variable':
      return compileVariable(node.name, scope);
    case 'column': {
      const at = resolveColumn(scope, node.name);
      const { type, nullable } = scope.columns[at]!;
      return { type, nullable, of: (row) => row[at]! };
    }
    case 'convert': {
      const inner = compileScalar(node.operand, scope);
      const collation = familyOf(inner.type) === 'text' ? inner.type.collation : scope.context.db.collation;
      const type = { ...node.type, collation };
      return { type, nullable: inner.nullable, of: (row) => convertValue(inner.of(row), inner.type, type, node.style) };
    }
    case 'collate': {
      const inner = compileScalar(node.operand, scope);
      return { ...inner, type: { ...inner.type, collation: node.collation } };
    }
    case 'unary':
      if (node.operator === '-') return compileNegation(node.operand, scope);
      throw notUnderstood('a condition where a value should stand');
    case 'binary':
      return compileArithmetic(node.operator, node.left, node.right, scope);
    case 'case':
      return compileCase(node, scope);
    case 'scalar': {
      const nested = scope.runNested(node.select, scope);
      return { type: nested.type, nullable: true, of: (row) => first(nested.rows(row))?.[0] ?? null };
    }
    case 'call':
      return callFunction(node, scope, (argument) => compileScalar(argument, scope));
    default:
      throw notUnderstood('a condition where a value should stand');
  }
}

function first(rows: Iterable<SqlRow>): SqlRow | undefined {
  for (const row of rows) return row;
  return undefined;
}

function compileVariable(name: string, scope: Scope): Scalar {
  if (name.startsWith('@@')) {
    return callFunction({ kind: 'call', name, args: [], distinct: false, star: false }, scope, (node) =>
      compileScalar(node, scope),
    );
  }
  const parameter = scope.context.parameters.get(name);
  if (parameter === undefined) throw new SqlError(137, `Must declare the scalar variable "${name}".`, 15);
  return { type: parameter.type, nullable: parameter.value === null, of: () => parameter.value };
}

function compileNegation(operand: Expression, scope: Scope): Scalar {
  const inner = compileScalar(operand, scope);
  return {
    ...inner,
    of: (row) => {
      const value = inner.of(row);
      if (typeof value === 'number') return -value;
      if (typeof value === 'bigint') return -value;
      if (typeof value === 'string') return value.startsWith('-') ? value.slice(1) : `-${value}`;
      return null;
    },
  };
}

function compileArithmetic(operator: string, leftNode: Expression, rightNode: Expression, scope: Scope): Scalar {
  const left = compileScalar(leftNode, scope);
  const right = compileScalar(rightNode, scope);
  const nullable = left.nullable || right.nullable;
  if (operator === '+' && (familyOf(left.type) === 'text' || familyOf(right.type) === 'text')) {
    const length = left.type.length === -1 || right.type.length === -1 ? -1 : left.type.length + right.type.length;
    const base = left.type.name.startsWith('n') || right.type.name.startsWith('n') ? 'nvarchar' : 'varchar';
    const type = makeSqlType(base, length, 0, left.type.collation);
    return { type, nullable, of: (row) => joinTexts(left.of(row), right.of(row)) };
  }
  const type = [left.type, right.type].some((t) => t.name === 'bigint') ? makeSqlType('bigint') : INT;
  if (familyOf(left.type) !== 'integer' || familyOf(right.type) !== 'integer') {
    throw notUnderstood(`${left.type.name} ${operator} ${right.type.name}`);
  }
  return { type, nullable, of: (row) => arithmetic(operator, left.of(row), right.of(row), type) };
}

function joinTexts(a: SqlValue, b: SqlValue): SqlValue {
  return a === null || b === null ? null : `${String(a)}${String(b)}`;
}

function arithmetic(operator: string, a: SqlValue, b: SqlValue, type: SqlType): SqlValue {
  if (a === null || b === null) return null;
  const [x, y] = [BigInt(a as number), BigInt(b as number)];
  if ((operator === '/' || operator === '%') && y === 0n) throw new SqlError(8134, 'Divide by zero error encountered.');
  const operations: Readonly<Record<string, () => bigint>> = {
    '+': () => x + y,
    '-': () => x - y,
    '*': () => x * y,
    '/': () => x / y,
    '%': () => x % y,
    '&': () => x & y,
    '|': () => x | y,
  };
  const operation = operations[operator];
  if (operation === undefined) throw notUnderstood(`the operator ${operator}`);
  return type.name === 'bigint' ? operation() : Number(operation());
}

function compileCase(node: Extract<Expression, { kind: 'case' }>, scope: Scope): Scalar {
  const branches = node.branches.map((branch) => ({
    when: compilePredicate(branch.when, scope),
    value: compileScalar(branch.value, scope),
  }));
  const otherwise = node.otherwise === undefined ? undefined : compileScalar(node.otherwise, scope);
  const values = [...branches.map((branch) => branch.value), ...(otherwise === undefined ? [] : [otherwise])];
  const type = commonType(values.map((value) => value.type));
  return {
    type,
    nullable: true,
    of: (row) => {
      const chosen = branches.find((branch) => branch.when(row) === true)?.value ?? otherwise;
      return chosen === undefined ? null : convertValue(chosen.of(row), chosen.type, type);
    },
  };
}

/** Compiles a condition. */
export function compilePredicate(node: Expression, scope: Scope): Predicate {
  switch (node.kind) {
    case 'unary': {
      if (node.operator !== 'not') break;
      const inner = compilePredicate(node.operand, scope);
      return (row) => not(inner(row));
    }
    case 'binary':
      return compileBinaryPredicate(node, scope);
    case 'isNull': {
      const inner = compileScalar(node.operand, scope);
      return (row) => (inner.of(row) === null) !== node.negated;
    }
    case 'in': {
      const tests = node.list.map((item) =>
        comparison('=', compileScalar(node.operand, scope), compileScalar(item, scope)),
      );
      const any: Predicate = (row) => some(tests, row);
      return node.negated ? (row) => not(any(row)) : any;
    }
    case 'like': {
      const operand = compileScalar(node.operand, scope);
      const pattern = compileScalar(node.pattern, scope);
      const matches = likeMatcher(operand.type.collation || scope.context.db.collation);
      const like: Predicate = (row) => matches(operand.of(row), pattern.of(row));
      return node.negated ? (row) => not(like(row)) : like;
    }
    case 'exists': {
      const nested = scope.runNested(node.select, scope);
      return (row) => first(nested.rows(row)) !== undefined;
    }
    default:
  }
  throw notUnderstood('a value where a condition should stand');
}

function compileBinaryPredicate(node: Extract<Expression, { kind: 'binary' }>, scope: Scope): Predicate {
  if (node.operator === 'and' || node.operator === 'or') {
    const left = compilePredicate(node.left, scope);
    const right = compilePredicate(node.right, scope);
    if (node.operator === 'and') {
      return (row) => {
        const a = left(row);
        if (a === false) return false;
        const b = right(row);
        return b === false ? false : a === null || b === null ? null : true;
      };
    }
    return (row) => some([left, right], row);
  }
  return comparison(node.operator, compileScalar(node.left, scope), compileScalar(node.right, scope));
}

function some(tests: readonly Predicate[], row: SqlRow): boolean | null {
  let unknown = false;
  for (const test of tests) {
    const result = test(row);
    if (result === true) return true;
    if (result === null) unknown = true;
  }
  return unknown ? null : false;
}

function not(value: boolean | null): boolean | null {
  return value === null ? null : !value;
}

const COMPARISONS: Readonly<Record<string, (order: number) => boolean>> = {
  '=': (order) => order === 0,
  '<>': (order) => order !== 0,
  '<': (order) => order < 0,
  '<=': (order) => order <= 0,
  '>': (order) => order > 0,
  '>=': (order) => order >= 0,
};

function comparison(operator: string, left: Scalar, right: Scalar): Predicate {
  const test = COMPARISONS[operator];
  if (test === undefined) throw notUnderstood(`the operator ${operator} in a condition`);
  const type = commonType([left.type, right.type]);
  const compare = compareValues(type);
  const [a, b] = [converted(left, type), converted(right, type)];
  return (row) => {
    const x = a(row);
    const y = b(row);
    return x === null || y === null ? null : test(compare(x, y));
  };
}

function converted(scalar: Scalar, type: SqlType): (row: SqlRow) => SqlValue {
  if (sameStorage(scalar.type, type)) return scalar.of;
  return (row) => convertValue(scalar.of(row), scalar.type, type);
}

/** Values that compare as they are: all integers, all texts, equal types. */
function sameStorage(a: SqlType, b: SqlType): boolean {
  const [x, y] = [familyOf(a), familyOf(b)];
  if (x !== y) return false;
  if (x === 'integer' || x === 'text' || x === 'binary' || x === 'guid' || x === 'float') return true;
  return a.name === b.name && a.scale === b.scale;
}

const RANK = ['binary', 'text', 'guid', 'integer', 'decimal', 'float', 'date', 'other'];

/** The type that two or more operands are brought to, by SQL Server's precedence of types. */
export function commonType(types: readonly SqlType[]): SqlType {
  return types.reduce((best, type) => {
    const [a, b] = [familyOf(best), familyOf(type)];
    if (a !== b) return RANK.indexOf(a) > RANK.indexOf(b) ? best : type;
    if (a === 'date' && (best.name !== type.name || best.scale !== type.scale)) return makeSqlType('datetime2', 7);
    if (a === 'integer') return INTEGERS.indexOf(best.name) >= INTEGERS.indexOf(type.name) ? best : type;
    if (a === 'decimal') return makeSqlType('decimal', 38, Math.max(best.scale, type.scale));
    if (a === 'text') return longerText(best, type);
    return best;
  });
}

const INTEGERS = ['bit', 'tinyint', 'smallint', 'int', 'bigint'];

function longerText(a: SqlType, b: SqlType): SqlType {
  const length = a.length === -1 || b.length === -1 ? -1 : Math.max(a.length, b.length);
  const base = a.name.startsWith('n') || b.name.startsWith('n') ? 'nvarchar' : 'varchar';
  return makeSqlType(base, length, 0, a.collation);
}

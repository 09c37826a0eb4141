import { makeSqlType, parseSqlType, type SqlType } from '../sql-type.ts';
import { notUnderstood } from './sql-error.ts';
import type { Expression, SelectStatement } from './syntax.ts';
import type { TokenCursor } from './token-cursor.ts';

const COMPARISONS = ['=', '<>', '!=', '<', '<=', '>', '>='];

/** Words that may not stand as a bare column name, so that a slip in a statement is an error and not a column. */
const RESERVED = new Set(
  'select from where group order by having join inner left on and or not in like between is null case when then else end as top distinct union all exists set offset fetch with into'.split(
    ' ',
  ),
);

/** Parses a nested SELECT: handed in, so that the two parsers do not import each other. */
export type SelectParser = (cursor: TokenCursor) => SelectStatement;

/** Parses one expression: OR, AND, NOT, comparisons, sums, products, then the atoms. */
export function parseExpression(cursor: TokenCursor, select: SelectParser): Expression {
  let left = parseAnd(cursor, select);
  while (cursor.accept('or')) left = { kind: 'binary', operator: 'or', left, right: parseAnd(cursor, select) };
  return left;
}

function parseAnd(cursor: TokenCursor, select: SelectParser): Expression {
  let left = parseNot(cursor, select);
  while (cursor.accept('and')) left = { kind: 'binary', operator: 'and', left, right: parseNot(cursor, select) };
  return left;
}

function parseNot(cursor: TokenCursor, select: SelectParser): Expression {
  if (cursor.accept('not')) return { kind: 'unary', operator: 'not', operand: parseNot(cursor, select) };
  return parseComparison(cursor, select);
}

function parseComparison(cursor: TokenCursor, select: SelectParser): Expression {
  const left = parseSum(cursor, select);
  if (cursor.acceptWords('is', 'not', 'null')) return { kind: 'isNull', operand: left, negated: true };
  if (cursor.acceptWords('is', 'null')) return { kind: 'isNull', operand: left, negated: false };
  const negated = cursor.accept('not');
  if (cursor.accept('in')) return { kind: 'in', operand: left, list: parseList(cursor, select), negated };
  if (cursor.accept('like')) return { kind: 'like', operand: left, pattern: parseSum(cursor, select), negated };
  if (cursor.accept('between')) {
    const low = parseSum(cursor, select);
    cursor.expect('and');
    const inside = and(compare('>=', left, low), compare('<=', left, parseSum(cursor, select)));
    return negated ? { kind: 'unary', operator: 'not', operand: inside } : inside;
  }
  if (negated) throw notUnderstood(`'${cursor.peek().raw}' after NOT`);
  const operator = COMPARISONS.find((symbol) => cursor.accept(symbol));
  return operator === undefined ? left : compare(operator, left, parseSum(cursor, select));
}

function compare(operator: string, left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator: operator === '!=' ? '<>' : operator, left, right };
}

function and(left: Expression, right: Expression): Expression {
  return { kind: 'binary', operator: 'and', left, right };
}

function parseSum(cursor: TokenCursor, select: SelectParser): Expression {
  let left = parseProduct(cursor, select);
  for (;;) {
    const operator = ['+', '-', '&', '|'].find((symbol) => cursor.accept(symbol));
    if (operator === undefined) return left;
    left = { kind: 'binary', operator, left, right: parseProduct(cursor, select) };
  }
}

function parseProduct(cursor: TokenCursor, select: SelectParser): Expression {
  let left = parseUnary(cursor, select);
  for (;;) {
    const operator = ['*', '/', '%'].find((symbol) => cursor.accept(symbol));
    if (operator === undefined) return left;
    left = { kind: 'binary', operator, left, right: parseUnary(cursor, select) };
  }
}

function parseUnary(cursor: TokenCursor, select: SelectParser): Expression {
  if (cursor.accept('-')) return { kind: 'unary', operator: '-', operand: parseUnary(cursor, select) };
  if (cursor.accept('+')) return parseUnary(cursor, select);
  let atom = parseAtom(cursor, select);
  while (cursor.accept('collate')) atom = { kind: 'collate', operand: atom, collation: cursor.name() };
  return atom;
}

function parseAtom(cursor: TokenCursor, select: SelectParser): Expression {
  const token = cursor.peek();
  if (cursor.accept('(')) {
    if (cursor.peek().text === 'select') return { kind: 'scalar', select: closed(cursor, select(cursor)) };
    return closed(cursor, parseExpression(cursor, select));
  }
  switch (token.kind) {
    case 'string':
    case 'number':
    case 'binary':
      return parseLiteral(cursor);
    case 'variable':
      return { kind: 'variable', name: cursor.next().text };
    case 'word':
      return parseWord(cursor, select);
    case 'name':
      return parseNameOrCall(cursor, select);
    default:
      throw notUnderstood(`'${token.raw || 'the end'}' in an expression`);
  }
}

function closed<T>(cursor: TokenCursor, inner: T): T {
  cursor.expect(')');
  return inner;
}

function parseLiteral(cursor: TokenCursor): Expression {
  const token = cursor.next();
  if (token.kind === 'string') {
    const type = makeSqlType(token.unicode === true ? 'nvarchar' : 'varchar', Math.max(1, token.text.length));
    return { kind: 'literal', type, value: token.text };
  }
  if (token.kind === 'binary') {
    const value = Buffer.from(token.text.length % 2 === 1 ? `0${token.text}` : token.text, 'hex');
    return { kind: 'literal', type: makeSqlType('varbinary', Math.max(1, value.length)), value };
  }
  if (/e/i.test(token.text)) return { kind: 'literal', type: makeSqlType('float'), value: Number(token.text) };
  if (token.text.includes('.')) {
    const scale = token.text.length - token.text.indexOf('.') - 1;
    return { kind: 'literal', type: makeSqlType('decimal', token.text.length - 1, scale), value: token.text };
  }
  const big = BigInt(token.text);
  if (big <= 2147483647n) return { kind: 'literal', type: makeSqlType('int'), value: Number(big) };
  return { kind: 'literal', type: makeSqlType('decimal', token.text.length, 0), value: token.text };
}

function parseWord(cursor: TokenCursor, select: SelectParser): Expression {
  if (cursor.accept('null')) return { kind: 'literal', type: makeSqlType('int'), value: null };
  if (cursor.acceptWords('exists', '(')) return { kind: 'exists', select: closed(cursor, select(cursor)) };
  if (cursor.accept('case')) return parseCase(cursor, select);
  if (cursor.acceptWords('cast', '(')) {
    const operand = parseExpression(cursor, select);
    cursor.expect('as');
    return closed(cursor, { kind: 'convert', type: parseTypeName(cursor), operand, style: 0 });
  }
  if (cursor.acceptWords('convert', '(') || cursor.acceptWords('try_convert', '(')) {
    const type = parseTypeName(cursor);
    cursor.expect(',');
    const operand = parseExpression(cursor, select);
    const style = cursor.accept(',') ? Number(cursor.next().text) : 0;
    return closed(cursor, { kind: 'convert', type, operand, style });
  }
  if (RESERVED.has(cursor.peek().text)) throw notUnderstood(`'${cursor.peek().raw}' in an expression`);
  return parseNameOrCall(cursor, select);
}

function parseNameOrCall(cursor: TokenCursor, select: SelectParser): Expression {
  const name = cursor.dottedName();
  if (!cursor.accept('(')) return { kind: 'column', name };
  const call = { kind: 'call' as const, name: name.join('.').toLowerCase() };
  if (cursor.accept('*')) return closed(cursor, { ...call, args: [], distinct: false, star: true });
  if (cursor.accept(')')) return { ...call, args: [], distinct: false, star: false };
  const distinct = cursor.accept('distinct');
  const args: Expression[] = [];
  do args.push(parseExpression(cursor, select));
  while (cursor.accept(','));
  return closed(cursor, { ...call, args, distinct, star: false });
}

function parseCase(cursor: TokenCursor, select: SelectParser): Expression {
  const subject = cursor.peek().text === 'when' ? undefined : parseExpression(cursor, select);
  const branches: { when: Expression; value: Expression }[] = [];
  while (cursor.accept('when')) {
    const test = parseExpression(cursor, select);
    cursor.expect('then');
    const when = subject === undefined ? test : compare('=', subject, test);
    branches.push({ when, value: parseExpression(cursor, select) });
  }
  const otherwise = cursor.accept('else') ? parseExpression(cursor, select) : undefined;
  cursor.expect('end');
  return { kind: 'case', branches, otherwise };
}

function parseList(cursor: TokenCursor, select: SelectParser): Expression[] {
  cursor.expect('(');
  const list: Expression[] = [];
  do list.push(parseExpression(cursor, select));
  while (cursor.accept(','));
  return closed(cursor, list);
}

/** A type as it stands in CAST, CONVERT and parameter declarations. */
export function parseTypeName(cursor: TokenCursor): SqlType {
  let text = cursor.name();
  if (cursor.accept('(')) {
    text += `(${cursor.next().text}`;
    if (cursor.accept(',')) text += `,${cursor.next().text}`;
    cursor.expect(')');
    text += ')';
  } else if (/^(n?varchar|n?char|varbinary|binary)$/i.test(text)) {
    text += '(30)';
  }
  try {
    return parseSqlType(text);
  } catch {
    throw notUnderstood(`the type ${text}`);
  }
}

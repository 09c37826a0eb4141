import { parseExpression } from './parse-expression.ts';
import { notUnderstood } from './sql-error.ts';
import type {
  Expression,
  FromItem,
  OrderItem,
  SelectItem,
  SelectStatement,
  SetStatement,
  Statement,
  TableSource,
} from './syntax.ts';
import { type TokenCursor, tokenCursor } from './token-cursor.ts';

/** Parses a batch: SELECT and SET statements, nothing else. */
export function parseBatch(sql: string): Statement[] {
  const cursor = tokenCursor(sql);
  const statements: Statement[] = [];
  for (;;) {
    while (cursor.accept(';'));
    const token = cursor.peek();
    if (token.kind === 'end') return statements;
    if (token.text === 'select') statements.push(parseSelect(cursor));
    else if (token.text === 'set') statements.push(parseSet(cursor));
    else throw notUnderstood(`statements that begin with '${token.raw}'`);
  }
}

function parseSet(cursor: TokenCursor): SetStatement {
  cursor.expect('set');
  if (cursor.acceptWords('transaction', 'isolation', 'level')) {
    const words: string[] = [];
    while (cursor.peek().kind === 'word' && !['set', 'select'].includes(cursor.peek().text))
      words.push(cursor.next().text);
    return { kind: 'set', option: 'transaction isolation level', value: words.join(' ') };
  }
  const option = cursor.name().toLowerCase();
  const sign = cursor.accept('-') ? '-' : '';
  return { kind: 'set', option, value: sign + cursor.next().raw };
}

function expression(cursor: TokenCursor): Expression {
  return parseExpression(cursor, parseSelect);
}

function parseSelect(cursor: TokenCursor): SelectStatement {
  cursor.expect('select');
  const distinct = cursor.accept('distinct');
  const top = cursor.accept('top') ? parseTop(cursor) : undefined;
  const items = commaList(cursor, parseItem);
  const from = cursor.accept('from') ? parseFrom(cursor) : [];
  const where = cursor.accept('where') ? expression(cursor) : undefined;
  const groupBy = cursor.acceptWords('group', 'by') ? commaList(cursor, expression) : [];
  const having = cursor.accept('having') ? expression(cursor) : undefined;
  const orderBy = cursor.acceptWords('order', 'by') ? commaList(cursor, parseOrder) : [];
  const { offset, fetch } = parseOffset(cursor);
  return { kind: 'select', distinct, top, items, from, where, groupBy, having, orderBy, offset, fetch };
}

function parseTop(cursor: TokenCursor): Expression {
  if (cursor.accept('(')) {
    const inner = expression(cursor);
    cursor.expect(')');
    return inner;
  }
  const token = cursor.peek();
  if (token.kind !== 'number' && token.kind !== 'variable') throw notUnderstood(`TOP ${token.raw}`);
  return parseExpression(oneToken(cursor), parseSelect);
}

/** TOP 5 Id: only the number belongs to TOP, so the expression must end there. */
function oneToken(cursor: TokenCursor): TokenCursor {
  return tokenCursor(cursor.next().raw);
}

function parseItem(cursor: TokenCursor): SelectItem {
  if (cursor.peek().text === '*' && cursor.peek().kind === 'symbol') {
    throw notUnderstood("'SELECT *': name the columns");
  }
  const value = expression(cursor);
  if (cursor.accept('as')) return { expression: value, alias: cursor.name() };
  const follows = cursor.peek();
  const alias = follows.kind === 'name' ? cursor.name() : undefined;
  return { expression: value, alias };
}

function commaList<T>(cursor: TokenCursor, parse: (cursor: TokenCursor) => T): T[] {
  const list: T[] = [];
  do list.push(parse(cursor));
  while (cursor.accept(','));
  return list;
}

function parseOrder(cursor: TokenCursor): OrderItem {
  const value = expression(cursor);
  const descending = cursor.accept('desc');
  if (!descending) cursor.accept('asc');
  return { expression: value, descending };
}

function parseOffset(cursor: TokenCursor): { offset: Expression | undefined; fetch: Expression | undefined } {
  if (!cursor.accept('offset')) return { offset: undefined, fetch: undefined };
  const offset = expression(cursor);
  if (!cursor.accept('rows')) cursor.expect('row');
  if (!cursor.accept('fetch')) return { offset, fetch: undefined };
  if (!cursor.accept('next')) cursor.expect('first');
  const fetch = expression(cursor);
  if (!cursor.accept('rows')) cursor.expect('row');
  cursor.expect('only');
  return { offset, fetch };
}

function parseFrom(cursor: TokenCursor): FromItem[] {
  const items = [parseFromItem(cursor, 'first')];
  for (;;) {
    if (cursor.acceptWords('cross', 'join')) items.push(parseFromItem(cursor, 'cross'));
    else if (cursor.acceptWords('inner', 'join') || cursor.accept('join')) items.push(parseFromItem(cursor, 'inner'));
    else if (cursor.acceptWords('left', 'outer', 'join') || cursor.acceptWords('left', 'join')) {
      items.push(parseFromItem(cursor, 'left'));
    } else return items;
  }
}

const AFTER_TABLE = new Set(
  'where group order having join inner left cross on offset set select tablesample with option union'.split(' '),
);

function parseFromItem(cursor: TokenCursor, join: FromItem['join']): FromItem {
  const source = parseSource(cursor);
  const named = cursor.accept('as') || cursor.peek().kind === 'name' || isPlainAlias(cursor);
  const alias = named ? cursor.name() : source.kind === 'table' ? source.name.at(-1)! : '';
  let samplePercent: number | undefined;
  if (cursor.accept('tablesample')) {
    cursor.accept('system');
    cursor.expect('(');
    samplePercent = Number(cursor.next().text);
    cursor.expect('percent');
    cursor.expect(')');
  }
  if (cursor.peek().text === 'with' && cursor.peek().kind === 'word') throw notUnderstood('table hints');
  const needsOn = join === 'inner' || join === 'left';
  if (needsOn) cursor.expect('on');
  return { join, source, alias, on: needsOn ? expression(cursor) : undefined, samplePercent };
}

function isPlainAlias(cursor: TokenCursor): boolean {
  const token = cursor.peek();
  return token.kind === 'word' && !AFTER_TABLE.has(token.text);
}

function parseSource(cursor: TokenCursor): TableSource {
  if (cursor.accept('(')) {
    const select = parseSelect(cursor);
    cursor.expect(')');
    return { kind: 'select', select };
  }
  const name = cursor.dottedName();
  if (!cursor.accept('(')) return { kind: 'table', name };
  if (name.length === 1 && name[0]!.toLowerCase() === 'changetable') return parseChanges(cursor);
  const args = cursor.peek().text === ')' ? [] : commaList(cursor, expression);
  cursor.expect(')');
  return { kind: 'function', name: name.join('.').toLowerCase(), args };
}

function parseChanges(cursor: TokenCursor): TableSource {
  cursor.expect('changes');
  const table = cursor.dottedName();
  cursor.expect(',');
  const since = expression(cursor);
  cursor.expect(')');
  return { kind: 'changes', table, since };
}

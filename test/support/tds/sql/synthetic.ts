import { findTable, type SyntheticRows, type Table } from '../database.ts';
import type { SqlRow, SqlValue } from '../value.ts';
import { byteWriter } from '../wire/byte-writer.ts';
import type { ResultColumn } from '../wire/columns.ts';
import { rowWriter } from '../wire/row-writer.ts';
import { compileScalar, type Scalar } from './evaluate.ts';
import type { ExecutionContext, Scope } from './scope.ts';
import { notUnderstood } from './sql-error.ts';
import type { Expression, SelectStatement } from './syntax.ts';

/**
 * Queries over a table of computed rows, for benchmarks: each template is encoded once per query, then a row is a copy of its
 * bytes with the key written into them. Understood: named columns and expressions, AND of comparisons of the key, ORDER BY
 * the key, TOP, and COUNT, MIN, MAX of the key.
 */
export interface SyntheticResult {
  readonly columns: readonly ResultColumn[];
  /** Bytes of complete rows, about 48 KiB each, and how many rows they are. */
  readonly chunks: () => Iterable<{ readonly bytes: Buffer; readonly rows: number }>;
}

export function executeSynthetic(select: SelectStatement, context: ExecutionContext): SyntheticResult | undefined {
  const [item] = select.from;
  if (item === undefined || item.source.kind !== 'table' || select.from.length > 1) return undefined;
  const table = findTable(context.db, item.source.name);
  if (table?.synthetic === undefined) return undefined;
  const scope = tableScope(table, item.alias, context);
  const range = keyRange(select, table, scope);
  if (select.items.some((i) => i.expression.kind === 'call' && i.expression.name !== 'isnull')) {
    return aggregates(select, table.synthetic, range);
  }
  return rows(select, table, scope, range);
}

function tableScope(table: Table, alias: string, context: ExecutionContext): Scope {
  return {
    columns: table.columns.map((column) => ({ ...column, alias })),
    aggregates: new Map(),
    context,
    runNested: () => {
      throw notUnderstood('nested queries over a synthetic table');
    },
  };
}

interface Range {
  /** First and last key, both included. */
  readonly from: number;
  readonly to: number;
}

function keyRange(select: SelectStatement, table: Table, scope: Scope): Range {
  const { keyColumn, count } = table.synthetic!;
  const isKey = (node: Expression): boolean =>
    node.kind === 'column' && node.name.at(-1)!.toLowerCase() === keyColumn.toLowerCase();
  const range = { from: 1, to: count };
  const pending = select.where === undefined ? [] : [select.where];
  while (pending.length > 0) {
    const node = pending.pop()!;
    if (node.kind !== 'binary') throw notUnderstood('this condition over a synthetic table');
    if (node.operator === 'and') {
      pending.push(node.left, node.right);
      continue;
    }
    if (!isKey(node.left)) throw notUnderstood('conditions on other columns than the key of a synthetic table');
    const bound = Number(compileScalar(node.right, scope).of([]));
    if (node.operator === '>') range.from = Math.max(range.from, bound + 1);
    if (node.operator === '>=' || node.operator === '=') range.from = Math.max(range.from, bound);
    if (node.operator === '<') range.to = Math.min(range.to, bound - 1);
    if (node.operator === '<=' || node.operator === '=') range.to = Math.min(range.to, bound);
    if (node.operator === '<>') throw notUnderstood('<> over a synthetic table');
  }
  if (select.orderBy.some((order) => order.descending || !isKey(order.expression))) {
    throw notUnderstood('another order than the key of a synthetic table');
  }
  if (select.offset !== undefined) throw notUnderstood('OFFSET over a synthetic table');
  const top = select.top === undefined ? undefined : Number(compileScalar(select.top, scope).of([]));
  return top === undefined ? range : { ...range, to: Math.min(range.to, range.from + top - 1) };
}

function aggregates(select: SelectStatement, _rows: SyntheticRows, range: Range): SyntheticResult {
  const total = Math.max(0, range.to - range.from + 1);
  const names = select.items.map((item) => (item.expression.kind === 'call' ? item.expression.name : ''));
  const known: Readonly<Record<string, SqlValue>> = {
    count: total,
    count_big: BigInt(total),
    min: total === 0 ? null : range.from,
    max: total === 0 ? null : range.to,
  };
  const columns = select.items.map((item, i): ResultColumn => {
    if (!(names[i]! in known)) throw notUnderstood('this aggregate over a synthetic table');
    const type = {
      name: names[i] === 'count_big' ? 'bigint' : 'int',
      length: 0,
      precision: 0,
      scale: 0,
      collation: '',
    } as const;
    return { name: item.alias ?? '', type, nullable: true };
  });
  return {
    columns,
    chunks: function* one() {
      const out = byteWriter(256);
      rowWriter(columns)(
        out,
        names.map((name) => known[name]!),
      );
      yield { bytes: out.take(), rows: 1 };
    },
  };
}

const CHUNK = 48 * 1024;

function rows(select: SelectStatement, table: Table, scope: Scope, range: Range): SyntheticResult {
  const items = select.items.map((item) => compileScalar(item.expression, scope));
  const columns = select.items.map((item, i): ResultColumn => {
    const name = item.alias ?? (item.expression.kind === 'column' ? item.expression.name.at(-1)! : '');
    return { name, type: items[i]!.type, nullable: items[i]!.nullable };
  });
  const keyAt = table.columns.findIndex((c) => c.name.toLowerCase() === table.synthetic!.keyColumn.toLowerCase());
  const keySize = table.columns[keyAt]!.type.name === 'bigint' ? 8 : 4;
  const keyItem = select.items.findIndex(
    (item) =>
      item.expression.kind === 'column' &&
      item.expression.name.at(-1)!.toLowerCase() === table.columns[keyAt]!.name.toLowerCase(),
  );
  const known = encodedTemplates.get(table) ?? new Map<string, EncodedTemplate[]>();
  encodedTemplates.set(table, known);
  const query = JSON.stringify(select.items);
  const templates = known.get(query) ?? encodeTemplates(table, items, columns, keyAt, keySize, keyItem);
  known.set(query, templates);
  return { columns, chunks: () => copies(templates, range, keySize) };
}

interface EncodedTemplate {
  readonly bytes: Buffer;
  /** Where the key stands in the bytes; -1 when it is not selected. */
  readonly at: number;
}

/** Templates by select list: a reader of pages asks the same again and again. */
const encodedTemplates = new WeakMap<Table, Map<string, EncodedTemplate[]>>();

function encodeTemplates(
  table: Table,
  items: readonly Scalar[],
  columns: readonly ResultColumn[],
  keyAt: number,
  keySize: number,
  keyItem: number,
): EncodedTemplate[] {
  const write = rowWriter(columns);
  const encode = (template: SqlRow, key: number): Buffer => {
    const out = byteWriter(1024);
    const row = [...template];
    row[keyAt] = keySize === 8 ? BigInt(key) : key;
    write(
      out,
      items.map((item) => item.of(row)),
    );
    return out.take();
  };
  return table.synthetic!.templates.map((template) => {
    const bytes = encode(template, 0x01010101);
    const other = encode(template, 0x02020202);
    // Where the two differ first, the key stands.
    const at = keyItem < 0 ? -1 : bytes.findIndex((byte, i) => byte !== other[i]);
    return { bytes, at };
  });
}

function* copies(
  templates: readonly EncodedTemplate[],
  range: Range,
  keySize: number,
): Iterable<{ bytes: Buffer; rows: number }> {
  const longest = Math.max(...templates.map((template) => template.bytes.length));
  let chunk = Buffer.allocUnsafe(CHUNK + longest);
  let at = 0;
  let count = 0;
  for (let key = range.from; key <= range.to; key++) {
    const template = templates[key % templates.length]!;
    chunk.set(template.bytes, at);
    if (template.at >= 0) {
      chunk.writeUInt32LE(key, at + template.at);
      if (keySize === 8) chunk.writeUInt32LE(0, at + template.at + 4);
    }
    at += template.bytes.length;
    count++;
    if (at < CHUNK) continue;
    yield { bytes: chunk.subarray(0, at), rows: count };
    chunk = Buffer.allocUnsafe(CHUNK + longest);
    at = 0;
    count = 0;
  }
  if (count > 0) yield { bytes: chunk.subarray(0, at), rows: count };
}

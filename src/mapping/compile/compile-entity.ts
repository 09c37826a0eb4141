import type { TargetTable } from '../../core/catalogue.ts';
import type { FilePosition } from '../../core/errors.ts';
import type { EntityPlan, FieldPlan } from '../../core/plan.ts';
import type { EntitySource } from '../bundle/load-bundle.ts';
import { compileField } from './compile-field.ts';
import { compileRules } from './compile-rules.ts';
import { compileSource } from './compile-source.ts';
import { createColumns, findTable, type JoinScope, qualified, type Scope, type Surroundings } from './scope.ts';

/** A compiled entity, before it is hashed. */
export type DraftEntity = Omit<EntityPlan, 'hash'>;

/** Compiles one mapping; null when it is left out (see left-out.ts) or cannot be compiled (then reported). */
export function compileEntity(around: Surroundings, source: EntitySource): DraftEntity | null {
  if (around.leftOut.has(source.name)) return null;
  const scope = openScope(around, source);
  if (scope === null) return null;
  const from = compileSource(scope);
  const fields = compileFields(scope);
  const rules = compileRules(scope);
  return {
    name: source.name,
    file: source.file,
    from: from.finish(),
    to: { schema: around.schema, table: scope.targetTable?.name ?? bareTable(source) },
    fields,
    rules,
    parents: parentsOf(source.name, fields).filter((parent) => !around.leftOut.has(parent)),
  };
}

/** Finds the tables of a mapping; null when one is missing. */
function openScope(around: Surroundings, { document }: EntitySource): Scope | null {
  const { from } = document.value;
  const { report, source } = around;
  const tableName = qualified(from.table);
  const table = findTable(source, tableName);
  if (source !== null && table === null) {
    report.error(
      'unknownTable',
      { table: tableName },
      document.at(['from', 'table']),
      unknownTableHints(around, tableName),
    );
    return null;
  }
  const columns = createColumns(tableName, table, from.optionalColumns ?? [], report);
  const joins = new Map<string, JoinScope>();
  for (const [alias, join] of Object.entries(from.join ?? {})) {
    const joined = qualified(join.table);
    const found = findTable(source, joined);
    const absent = source !== null && found === null;
    if (absent)
      reportAbsent(around, alias, joined, join.optional === true, document.at(['from', 'join', alias, 'table']));
    const columns = createColumns(joined, found, absent && join.optional === true ? 'all' : [], report);
    joins.set(alias, { alias, table: joined, columns, absent });
  }
  return { ...around, document, tableName, table, targetTable: findTarget(around, document), columns, joins };
}

function reportAbsent(around: Surroundings, alias: string, table: string, optional: boolean, at: FilePosition): void {
  if (optional) around.report.warning('optionalJoin', { alias, table }, at);
  else around.report.error('unknownTable', { table }, at, tableHints(around, table));
}

const tableHints = (around: Surroundings, table: string): readonly string[] =>
  around.report.near(table, around.source?.tables.map(({ name }) => name) ?? []);

const unknownTableHints = (around: Surroundings, table: string): readonly string[] => [
  ...tableHints(around, table),
  around.report.text('unknownTableHint'),
];

const bareTable = (source: EntitySource): string => source.document.value.to.table.split('.').at(-1)!;

function findTarget(around: Surroundings, document: EntitySource['document']): TargetTable | null {
  const written = document.value.to.table;
  const at = document.at(['to', 'table']);
  const [schema, name] = written.includes('.')
    ? (written.split('.') as [string, string])
    : [around.mappingSchema, written];
  if (schema !== around.mappingSchema && schema !== around.schema) {
    around.report.error('targetSchema', { table: written, schema: around.mappingSchema }, at);
    return null;
  }
  const tables = around.target.tables.filter((table) => table.schema === around.schema);
  const table = tables.find((candidate) => candidate.name === name);
  if (table !== undefined) return table;
  around.report.error(
    'unknownTarget',
    { table: `${around.schema}.${name}` },
    at,
    around.report.near(
      name,
      tables.map((t) => t.name),
    ),
  );
  return null;
}

/** The fields in write order, the id column first; an own id that the mapping does not spell out is added. */
function compileFields(scope: Scope): readonly FieldPlan[] {
  const { fields, entity } = scope.document.value;
  const key = keyColumn(scope);
  const specs = Object.entries(fields);
  if (key !== null && !Object.hasOwn(fields, key)) specs.unshift([key, { id: entity }]);
  const compiled = specs.flatMap(([column, spec]) => compileField(scope, column, spec) ?? []);
  const own = compiled.find(({ column }) => column === key);
  if (own === undefined) return compiled;
  if (own.kind !== 'id')
    scope.report.error('keyNotId', { column: own.column, entity }, scope.document.at(['fields', own.column], 'key'));
  return [own, ...compiled.filter((field) => field !== own)];
}

/** Target column of the computed id: `to.key`, else the primary key of the table. */
function keyColumn(scope: Scope): string | null {
  const { key } = scope.document.value.to;
  const table = scope.targetTable;
  if (key !== undefined) {
    const names = table?.columns.map(({ name }) => name) ?? [key];
    if (names.includes(key)) return key;
    const at = scope.document.at(['to', 'key']);
    scope.report.error(
      'unknownTargetColumn',
      { table: `${scope.schema}.${table!.name}`, column: key },
      at,
      scope.report.near(key, names),
    );
    return null;
  }
  if (table === null) return 'id';
  if (table.primaryKey.length === 1) return table.primaryKey[0]!;
  scope.report.error('noTargetKey', { table: `${table.schema}.${table.name}` }, scope.document.at(['to'], 'key'));
  return null;
}

/** Entities whose records must be there first: targets of references that are not late, and of ids taken over from another entity. */
function parentsOf(name: string, fields: readonly FieldPlan[]): readonly string[] {
  const parents = fields.flatMap((field) =>
    (field.kind === 'ref' && !field.late) || field.kind === 'id' ? [field.entity] : [],
  );
  return [...new Set(parents)].filter((parent) => parent !== name).sort();
}

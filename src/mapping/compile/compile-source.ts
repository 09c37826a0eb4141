import type { ChangesPlan, Condition, ConditionTest, FoldPlan, JoinPlan, SourcePlan } from '../../core/plan.ts';
import type { Scalar, WhereTest } from '../document/entity-schema.ts';
import { keyNames } from './compile-field.ts';
import { compileValue } from './compile-value.ts';
import type { Scope } from './scope.ts';

/**
 * Compiles `from:` in two steps: `reserve` first takes the key and everything else that names columns, so that they come first in read order;
 * `finish` is called when the fields have added theirs.
 */
export function compileSource(scope: Scope): { readonly finish: () => SourcePlan } {
  const { from } = scope.document.value;
  checkKey(scope);
  const unit = from.unit === undefined ? null : compileValue(scope, from.unit, ['from', 'unit']).plan;
  const where = compileWhere(scope);
  const fold = compileFold(scope);
  const joinColumns = Object.entries(from.join ?? {}).map(([alias, join]) => ({
    alias,
    of: scope.columns.use(join.of, scope.document.at(['from', 'join', alias, 'of'])),
  }));
  const changes = compileChanges(scope);
  return {
    finish: () => ({
      table: scope.tableName,
      key: keyNames(scope),
      columns: [...scope.columns.names],
      where,
      whereReason: from.whereReason ?? 'where',
      unit,
      changes,
      fold,
      joins: joinColumns.flatMap(({ alias, of }) =>
        of === null || scope.joins.get(alias)?.absent ? [] : [compileJoin(scope, alias, of)],
      ),
      sql: from.sql ?? null,
    }),
  };
}

function checkKey(scope: Scope): void {
  const { key } = scope.document.value.from;
  const primary = scope.table?.primaryKey ?? [];
  const hints =
    primary.length === 0
      ? []
      : [scope.report.text('primaryKeyHint', { table: scope.tableName, key: primary.join(', ') })];
  for (const [index, name] of [key].flat().entries()) {
    const path = Array.isArray(key) ? ['from', 'key', index] : ['from', 'key'];
    scope.columns.use(name, scope.document.at(path), hints);
  }
}

/**
 * Whether `where` asks for a value in an optional column that the source lacks, so that no row can satisfy it (then reported): the entity is left out, as
 * it is when its table is not there.
 */
export function neverMatches(scope: Scope): boolean {
  const { entity, from } = scope.document.value;
  for (const [column, test] of Object.entries(from.where ?? {})) {
    if (!isAbsent(scope, column) || !scope.columns.has(column)) continue;
    const { test: kind, values } = compileTest(test);
    if (kind === 'null' || (kind === 'in' && values.includes(null)) || (kind === 'notIn' && !values.includes(null)))
      continue;
    const at = scope.document.at(['from', 'where', column], 'key');
    scope.report.warning('optionalWhere', { entity, table: scope.tableName, column }, at);
    return true;
  }
  return false;
}

const isAbsent = (scope: Scope, column: string): boolean =>
  scope.table !== null && !scope.table.columns.some(({ name }) => name.toLowerCase() === column.toLowerCase());

function compileWhere(scope: Scope): Condition | null {
  const all: ConditionTest[] = [];
  for (const [name, test] of Object.entries(scope.document.value.from.where ?? {})) {
    const column = scope.columns.use(name, scope.document.at(['from', 'where', name], 'key'));
    const compiled = compileTest(test);
    if (column !== null) all.push({ column, ...compiled });
    else if (!holdsForNull(compiled)) all.push(NEVER);
  }
  return all.length === 0 ? null : { all };
}

/** The key, which is the first column read, is NULL: no row is kept. */
const NEVER: ConditionTest = { column: 0, test: 'null', values: [] };

/** Whether a row satisfies the test where the source lacks its column. */
const holdsForNull = ({ test, values }: Pick<ConditionTest, 'test' | 'values'>): boolean =>
  test === 'null' || (test === 'in' && values.includes(null)) || (test === 'notIn' && !values.includes(null));

function compileTest(test: WhereTest): Pick<ConditionTest, 'test' | 'values'> {
  const negated = typeof test === 'object' && test !== null && !Array.isArray(test);
  const inner: Scalar | Scalar[] = negated ? test.not : test;
  if (inner === null) return { test: negated ? 'notNull' : 'null', values: [] };
  return { test: negated ? 'notIn' : 'in', values: [inner].flat() };
}

function compileFold(scope: Scope): FoldPlan | null {
  const { fold } = scope.document.value.from;
  if (fold === undefined) return null;
  const heads = [fold.head].flat();
  for (const [index, name] of heads.entries()) {
    const path = Array.isArray(fold.head) ? ['from', 'fold', 'head', index] : ['from', 'fold', 'head'];
    scope.columns.use(name, scope.document.at(path));
  }
  const present = (name: string | undefined, step: string): string | null =>
    name === undefined || scope.columns.use(name, scope.document.at(['from', 'fold', step])) === null ? null : name;
  return {
    head: heads.filter((name) => scope.columns.names.includes(name)),
    previous: present(fold.previous, 'previous'),
    live: present(fold.live, 'live'),
  };
}

function compileChanges(scope: Scope): ChangesPlan {
  const { changes } = scope.document.value.from;
  if (changes === undefined || changes === 'compare') return { kind: 'compare' };
  if (changes === 'changeTracking') return { kind: 'changeTracking' };
  if ('rowversion' in changes) {
    const at = scope.document.at(['from', 'changes', 'rowversion']);
    if (!scope.columns.has(changes.rowversion))
      scope.report.warning('rowversionAbsent', { table: scope.tableName, column: changes.rowversion }, at);
    return { kind: 'rowversion', column: changes.rowversion };
  }
  scope.columns.use(changes.updatedAt, scope.document.at(['from', 'changes', 'updatedAt']));
  return { kind: 'updatedAt', column: changes.updatedAt };
}

function compileJoin(scope: Scope, alias: string, of: number): JoinPlan {
  const spec = scope.document.value.from.join![alias]!;
  const path = ['from', 'join', alias];
  const join = scope.joins.get(alias)!;
  if (join.columns.names.length === 0) scope.report.warning('unusedAlias', { alias }, scope.document.at(path, 'key'));
  if (scope.table?.columns.some(({ name }) => name.toLowerCase() === alias.toLowerCase()))
    scope.report.error('aliasIsColumn', { alias, table: scope.tableName }, scope.document.at(path, 'key'));
  for (const [index, name] of (spec.columns ?? []).entries())
    join.columns.use(name, scope.document.at([...path, 'columns', index]));
  join.columns.use(spec.on, scope.document.at([...path, 'on']));
  const where = Object.entries(spec.where ?? {}).map(([column, value]) => {
    join.columns.use(column, scope.document.at([...path, 'where', column], 'key'));
    return { column, value };
  });
  return {
    as: alias,
    table: join.table,
    on: spec.on,
    of,
    columns: [...join.columns.names],
    ...(where.length === 0 ? {} : { where }),
  };
}

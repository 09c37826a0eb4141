import type { ChangesPlan, FoldPlan, JoinPlan, SourcePlan } from '../../core/plan.ts';
import { keyNames } from './compile-field.ts';
import { compileValue } from './compile-value.ts';
import { compileWhere } from './compile-where.ts';
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
  const policies = compilePolicies(scope);
  return {
    finish: () => ({
      table: scope.tableName,
      key: keyNames(scope),
      columns: [...scope.columns.names],
      where,
      whereReason: from.whereReason ?? 'where',
      unit,
      changes,
      ...policies,
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
  const overlap = changes.overlap === undefined ? {} : { overlapMinutes: changes.overlap };
  return { kind: 'updatedAt', column: changes.updatedAt, ...overlap };
}

/** What a sync does with records that are gone or rejected, where the mapping says so. */
function compilePolicies(scope: Scope): Pick<SourcePlan, 'gone' | 'rejected'> {
  const { gone, rejected } = scope.document.value.from;
  const kept = rejected === undefined ? {} : { rejected };
  if (gone === undefined) return kept;
  if (typeof gone === 'string') return { ...kept, gone: { kind: gone } };
  const column = scope.targetTable?.columns.find(({ name }) => name === gone.mark);
  const markable = column?.type === 'timestamptz' || column?.type === 'date' || column?.type === 'text';
  if (scope.targetTable !== null && (column === undefined || !column.nullable || !markable)) {
    const known = scope.targetTable.columns.filter(({ type, nullable }) => type === 'timestamptz' && nullable);
    const params = { table: `${scope.schema}.${scope.targetTable.name}`, column: gone.mark };
    const near = scope.report.near(
      gone.mark,
      known.map(({ name }) => name),
    );
    scope.report.error('goneColumn', params, scope.document.at(['from', 'gone', 'mark']), near);
  }
  return { ...kept, gone: { kind: 'mark', column: gone.mark } };
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

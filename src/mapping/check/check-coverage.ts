import type { SourceTable } from '../../core/catalogue.ts';
import type { ListedSource } from '../bundle/load-bundle.ts';
import type { DraftEntity } from '../compile/compile-entity.ts';
import type { Surroundings } from '../compile/scope.ts';

/**
 * Every table and column of the source is mapped or listed as not mapped, so that nothing is forgotten; and nothing is both, so that a column that must
 * never be read is not. The first is only said of mappings without errors, from which it would mostly follow.
 */
export function checkCoverage(
  around: Surroundings,
  drafts: readonly DraftEntity[],
  notMapped: readonly ListedSource[],
): void {
  const reads = readsOf(drafts);
  const listed = new Set(notMapped.map(({ entry }) => keyOf(entry.table, entry.column)));
  for (const source of notMapped) checkContradiction(around, reads, source);
  if (around.report.failed()) return;
  for (const table of around.source?.tables ?? []) {
    if (!listed.has(keyOf(table.name))) checkTable(around, table, reads, listed);
  }
}

/** table, or table and column, as one key; names compare without regard to case. */
const keyOf = (table: string, column?: string): string =>
  `${table}${column === undefined ? '' : `\n${column}`}`.toLowerCase();

/** What is read, and by which entity. */
function readsOf(drafts: readonly DraftEntity[]): ReadonlyMap<string, string> {
  const reads = new Map<string, string>();
  for (const { name, from } of drafts) {
    for (const { table, columns } of [from, ...from.joins]) {
      reads.set(keyOf(table), name);
      for (const column of columns) reads.set(keyOf(table, column), name);
    }
    const { changes } = from;
    if ('column' in changes) reads.set(keyOf(from.table, changes.column), name);
  }
  return reads;
}

function checkContradiction(
  around: Surroundings,
  reads: ReadonlyMap<string, string>,
  { entry: { table, column }, at }: ListedSource,
): void {
  const entity = reads.get(keyOf(table, column));
  const what = column === undefined ? table : `${table}.${column}`;
  if (entity !== undefined) around.report.error('mappedAndNot', { what, entity }, at);
}

function checkTable(
  around: Surroundings,
  table: SourceTable,
  reads: ReadonlyMap<string, string>,
  listed: ReadonlySet<string>,
): void {
  const open = table.columns.filter(
    ({ name }) => !reads.has(keyOf(table.name, name)) && !listed.has(keyOf(table.name, name)),
  );
  if (open.length === 0) return;
  if (!reads.has(keyOf(table.name)) && open.length === table.columns.length)
    around.report.warning('unmappedTable', { table: table.name });
  else
    around.report.warning('unmappedColumns', { table: table.name, columns: open.map(({ name }) => name).join(', ') });
}

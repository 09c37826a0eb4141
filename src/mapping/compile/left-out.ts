import type { SourceCatalogue, SourceTable } from '../../core/catalogue.ts';
import type { EntitySource } from '../bundle/load-bundle.ts';
import type { FromSpec } from '../document/entity-schema.ts';
import type { Report } from '../report.ts';
import { holdsForNull } from './compile-where.ts';
import { findTable, qualified, sameName } from './scope.ts';

/**
 * Names of entities that are not migrated: not enabled; or, with a warning, optional and their table is not in the source; or their `where` asks for a value
 * in an optional column that the source lacks, so that no row can satisfy it.
 */
export function leftOutEntities(
  entities: ReadonlyMap<string, EntitySource>,
  source: SourceCatalogue | null,
  report: Report,
): ReadonlySet<string> {
  const names = [...entities.values()].filter((entity) => isLeftOut(entity, source, report));
  return new Set(names.map(({ name }) => name));
}

function isLeftOut({ name, document }: EntitySource, source: SourceCatalogue | null, report: Report): boolean {
  const { enabled, from } = document.value;
  if (enabled === false) return true;
  if (source === null) return false;
  const table = findTable(source, qualified(from.table));
  if (table === null && from.optional)
    report.warning('optionalTable', { entity: name, table: qualified(from.table) }, document.at(['from', 'table']));
  if (table === null) return from.optional === true;
  const column = unsatisfied(from, table);
  if (column === null) return false;
  report.warning(
    'optionalWhere',
    { entity: name, table: table.name, column },
    document.at(['from', 'where', column], 'key'),
  );
  return true;
}

/** The first optional column that the table lacks and whose test NULL does not satisfy. */
function unsatisfied(from: FromSpec, table: SourceTable): string | null {
  const lacks = (column: string): boolean =>
    (from.optionalColumns ?? []).some((optional) => sameName(optional, column)) &&
    !table.columns.some(({ name }) => sameName(name, column));
  const found = Object.entries(from.where ?? {}).find(([column, test]) => lacks(column) && !holdsForNull(test));
  return found === undefined ? null : found[0];
}

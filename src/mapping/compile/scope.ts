import type { SourceCatalogue, SourceTable, TargetCatalogue, TargetTable } from '../../core/catalogue.ts';
import type { FilePosition } from '../../core/errors.ts';
import type { RuleSignatures, TransformSignatures, ValueType } from '../../core/signatures.ts';
import type { Document } from '../bundle/document.ts';
import type { EntitySource, LookupSource } from '../bundle/load-bundle.ts';
import { sourceType } from '../check/source-type.ts';
import type { EntitySpec } from '../document/entity-schema.ts';
import type { Report } from '../report.ts';

/** What every entity is compiled against. */
export interface Surroundings {
  readonly report: Report;
  readonly transforms: TransformSignatures;
  readonly rules: RuleSignatures;
  readonly entities: ReadonlyMap<string, EntitySource>;
  readonly lookups: ReadonlyMap<string, LookupSource>;
  /** Names of entities and look-ups whose file could not be understood. */
  readonly broken: ReadonlySet<string>;
  /** Names of entities that are not migrated: not enabled, or their optional table is not in the source. */
  readonly leftOut: ReadonlySet<string>;
  /** Names of look-ups that a field uses; filled while compiling. */
  readonly usedLookups: Set<string>;
  /** null: no source at hand, source columns are taken as they are written. */
  readonly source: SourceCatalogue | null;
  readonly target: TargetCatalogue;
  /** Schema that the plan writes to. */
  readonly schema: string;
  /** Schema that mappings may write before a table's name. */
  readonly mappingSchema: string;
}

/** The names an entity's expressions can see. */
export interface Scope extends Surroundings {
  readonly document: Document<EntitySpec>;
  /** The source table as in the mapping, with its schema. */
  readonly tableName: string;
  readonly table: SourceTable | null;
  readonly targetTable: TargetTable | null;
  /** Columns read so far, in read order. */
  readonly columns: Columns;
  readonly joins: ReadonlyMap<string, JoinScope>;
}

export interface Columns {
  readonly names: readonly string[];
  /** Index of a column that the mapping names; null when it is not there and counts as NULL, or is a problem (then reported). */
  use(name: string, at: FilePosition, hints?: readonly string[]): number | null;
  /** Whether the name can be used; nothing is reported. */
  has(name: string): boolean;
  type(name: string): ValueType;
}

export interface JoinScope {
  readonly alias: string;
  readonly table: string;
  readonly columns: Columns;
  /** The source lacks the table, and the mapping says that it may. */
  readonly absent: boolean;
}

/** `dbo.` before a table without a schema. */
export const qualified = (table: string): string => (table.includes('.') ? table : `dbo.${table}`);

/** Names of tables and columns compare without regard to case. */
export const sameName = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

export const findTable = (catalogue: SourceCatalogue | null, name: string): SourceTable | null =>
  catalogue?.tables.find((table) => sameName(table.name, name)) ?? null;

/**
 * The columns of one table that a mapping uses. Names compare without regard to case, but one mapping must stick to one spelling, so that expressions
 * find their columns. `optional` columns that the table lacks count as NULL; `all`: the whole table lacks, which is reported elsewhere.
 */
export function createColumns(
  tableName: string,
  table: SourceTable | null,
  optional: readonly string[] | 'all',
  report: Report,
): Columns {
  const names: string[] = [];
  const absent = new Set<string>();
  const find = (name: string) => table?.columns.find((column) => sameName(column.name, name));
  const lacks = (name: string): boolean => optional === 'all' || (table !== null && find(name) === undefined);
  const mayLack = (name: string): boolean => optional === 'all' || optional.some((column) => sameName(column, name));
  return {
    names,
    has: (name) => !lacks(name) || mayLack(name),
    type: (name) => sourceType(find(name)?.type ?? null),
    use(name, at, hints = []) {
      if (lacks(name)) {
        if (!mayLack(name))
          report.error('unknownColumn', { table: tableName, column: name }, at, [
            ...report.near(name, table?.columns.map((column) => column.name) ?? []),
            ...hints,
          ]);
        else if (optional !== 'all' && !absent.has(name))
          report.warning('optionalColumn', { table: tableName, column: name }, at);
        absent.add(name);
        return null;
      }
      const known = names.findIndex((other) => sameName(other, name));
      if (known === -1) return names.push(name) - 1;
      if (names[known] !== name) report.error('twoSpellings', { column: name, other: names[known]! }, at);
      return known;
    },
  };
}

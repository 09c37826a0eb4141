import { didYouMean } from '../../core/did-you-mean.ts';
import type { LookupPlan, Plan } from '../../core/plan.ts';
import type { ColumnPicture, Picture, TablePicture } from '../picture.ts';
import type { CodesAgainst, Comparison, MappedTable, MissingName, NewName } from './comparison.ts';
import { findClashes } from './find-clashes.ts';
import { nameKey, type PlanUse, planReads, planUses } from './plan-reads.ts';

export interface AgainstOptions {
  /** Compiled without a source, so that nothing of it is missing. */
  readonly plan: Plan;
  /** The folder as it was named. */
  readonly mappings: string;
  /** Tables and columns (`nameKey`) that a database may lack. */
  readonly optional: ReadonlySet<string>;
  /** All tables of the source were looked at; else a table that is not in the picture is not missing. */
  readonly whole: boolean;
}

/** Compares the picture with mappings: what is mapped, missing, new, of another type, and which codes no look-up has. */
export function comparePlan({ tables }: Picture, options: AgainstOptions): Comparison {
  const { plan, mappings } = options;
  const known = new Map(tables.map((table) => [nameKey(table.name), table]));
  const fresh = newNames(tables, plan);
  const missing = missingNames(known, options, fresh);
  const uses = planUses(plan).filter(({ table, column }) => columnIn(known, table, column) !== null);
  const clashes = findClashes(uses, (use) => columnIn(known, use.table, use.column)!);
  const codes = codesAgainst(uses, known, plan.lookups);
  const mapped = mappedTables(tables, plan);
  return {
    mappings,
    counts: {
      mappedTables: mapped.length,
      mappedColumns: mapped.reduce((sum, { columns }) => sum + columns, 0),
      missing: missing.length,
      new: fresh.length,
      clashes: clashes.length,
      unknownCodes: codes.reduce((sum, { unknown }) => sum + unknown.length, 0),
    },
    mapped,
    missing,
    new: fresh,
    clashes,
    codes,
  };
}

const columnIn = (known: ReadonlyMap<string, TablePicture>, table: string, column: string): ColumnPicture | null =>
  known.get(nameKey(table))?.columns.find(({ name }) => name.toLowerCase() === column.toLowerCase()) ?? null;

function mappedTables(tables: readonly TablePicture[], plan: Plan): readonly MappedTable[] {
  const reads = planReads(plan);
  const listed = new Set(plan.notMapped.map(({ table, column }) => nameKey(table, column ?? null)));
  return tables.flatMap(({ name, columns }) => {
    const read = reads.tables.get(nameKey(name));
    if (read === undefined) return [];
    return [
      {
        table: name,
        entities: [...read.entities],
        columns: columns.filter((column) => reads.columns.has(nameKey(name, column.name))).length,
        listed: columns.filter((column) => listed.has(nameKey(name, column.name))).length,
      },
    ];
  });
}

function newNames(tables: readonly TablePicture[], plan: Plan): readonly NewName[] {
  const reads = planReads(plan);
  const listed = new Set(plan.notMapped.map(({ table, column }) => nameKey(table, column ?? null)));
  return tables.flatMap(({ name, rows, columns }): readonly NewName[] => {
    if (listed.has(nameKey(name))) return [];
    if (!reads.tables.has(nameKey(name)) && columns.every((column) => !listed.has(nameKey(name, column.name))))
      return [{ table: name, column: null, rows: rows?.count ?? null }];
    return columns
      .filter((column) => !reads.columns.has(nameKey(name, column.name)) && !listed.has(nameKey(name, column.name)))
      .map((column) => ({ table: name, column: column.name, rows: column.notRead === null ? column.filled : null }));
  });
}

/** Missing names, each with the new name that it may have now. A table that is missing is told once, without its columns. */
function missingNames(
  known: ReadonlyMap<string, TablePicture>,
  { plan, optional, whole }: AgainstOptions,
  fresh: readonly NewName[],
): readonly MissingName[] {
  const reads = planReads(plan);
  const newTables = fresh.filter(({ column }) => column === null).map(({ table }) => table);
  const tables = [...reads.tables.values()]
    .filter(({ table }) => whole && !known.has(nameKey(table)))
    .map(({ table, entities }) => ({
      table,
      column: null,
      entities: [...entities],
      optional: optional.has(nameKey(table)),
      near: didYouMean(table, newTables),
    }));
  const columns = [...reads.columns.values()]
    .filter(({ table, column }) => known.has(nameKey(table)) && columnIn(known, table, column) === null)
    .map(({ table, column, entities }) => {
      const others = fresh.filter((each) => each.column !== null && nameKey(each.table) === nameKey(table));
      const near = didYouMean(
        column,
        others.map((each) => each.column!),
      );
      return { table, column, entities: [...entities], optional: optional.has(nameKey(table, column)), near };
    });
  return [...tables, ...columns];
}

/** Codes are compared as trimmed text, as loading does. */
function codesAgainst(
  uses: readonly PlanUse[],
  known: ReadonlyMap<string, TablePicture>,
  lookups: Readonly<Record<string, LookupPlan>>,
): readonly CodesAgainst[] {
  const told = new Map<string, CodesAgainst>();
  for (const { table, column, field } of uses) {
    const lookup = field.lookup === null ? undefined : lookups[field.lookup.lookup];
    const codes = columnIn(known, table, column)?.codes ?? null;
    if (lookup === undefined || codes === null) continue;
    const name = (value: string): string => value.trim();
    told.set(`${nameKey(table, column)}\n${lookup.name}`, {
      table,
      column,
      lookup: lookup.name,
      unknown: codes.values.filter(({ value }) => !Object.hasOwn(lookup.entries, name(value))),
      unconfirmed: codes.values.map(({ value }) => name(value)).filter((value) => lookup.unconfirmed.includes(value)),
    });
  }
  return [...told.values()];
}

import type { EntityPlan, JoinPlan } from '../core/plan.ts';
import type { SourceRow, SourceValue } from '../core/record.ts';
import { keyOf } from './legacy-key.ts';
import type { TransformEnvironment } from './transformer.ts';

const positionOf = (names: readonly string[], name: string): number => {
  const exact = names.indexOf(name);
  if (exact >= 0) return exact;
  const lower = name.toLowerCase();
  return names.findIndex((candidate) => candidate.toLowerCase() === lower);
};

/** Reads a column of the row by name (without regard to case, as SQL Server does); null when the entity reads no such column. */
export const sourceColumn = (entity: EntityPlan, name: string): ((row: SourceRow) => SourceValue) | null => {
  const at = positionOf(entity.from.columns, name);
  return at < 0 ? null : (row) => row[at] ?? null;
};

/** Reads a column of the joined row; NULL when there is no such row. */
export const joinedColumn = (
  context: { readonly env: TransformEnvironment },
  join: JoinPlan,
  column: string,
): ((row: SourceRow) => SourceValue) => {
  const index = context.env.joins.get(join.as);
  if (index === undefined) throw new Error(`no index of joined table "${join.as}" was given to createTransformer`);
  const at = positionOf(join.columns, column);
  const { of } = join;
  return (row) => {
    const key = keyOf(row[of] ?? null);
    return key === null ? null : (index.get(key, at) ?? null);
  };
};

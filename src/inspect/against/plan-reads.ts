import type { EntityPlan, FieldPlan, Plan, ValuePlan } from '../../core/plan.ts';

/** A source column that the plan reads, and what for. */
export interface PlanColumn {
  readonly table: string;
  readonly column: string;
  readonly entities: ReadonlySet<string>;
}

/** A field that takes a source column as it stands, or after transforms. */
export interface PlanUse {
  readonly entity: string;
  readonly table: string;
  readonly column: string;
  readonly field: Extract<FieldPlan, { kind: 'value' }>;
}

/** Table and column as one key; names compare without regard to case. */
export const nameKey = (table: string, column: string | null = null): string =>
  `${table}${column === null ? '' : `\n${column}`}`.toLowerCase();

/** Everything a plan reads of the source, by `nameKey`; tables stand with the entities that read them. */
export function planReads({ entities }: Plan): {
  readonly tables: ReadonlyMap<string, { readonly table: string; readonly entities: ReadonlySet<string> }>;
  readonly columns: ReadonlyMap<string, PlanColumn>;
} {
  const tables = new Map<string, { table: string; entities: Set<string> }>();
  const columns = new Map<string, PlanColumn & { entities: Set<string> }>();
  const add = (entity: string, table: string, names: readonly string[]): void => {
    const known = tables.get(nameKey(table)) ?? { table, entities: new Set() };
    tables.set(nameKey(table), known);
    known.entities.add(entity);
    for (const column of names) {
      const key = nameKey(table, column);
      const read = columns.get(key) ?? { table, column, entities: new Set<string>() };
      columns.set(key, read);
      read.entities.add(entity);
    }
  };
  for (const { name, from } of entities) {
    const changes = 'column' in from.changes ? [from.changes.column] : [];
    add(name, from.table, [...from.columns, ...from.key, ...changes]);
    for (const join of from.joins) add(name, join.table, [join.on, ...join.columns]);
  }
  return { tables, columns };
}

/** Fields whose value comes from one column. */
export const planUses = ({ entities }: Plan): readonly PlanUse[] =>
  entities.flatMap((entity) =>
    entity.fields.flatMap((field) => {
      if (field.kind !== 'value') return [];
      const place = columnOf(entity, field.value);
      return place === null ? [] : [{ entity: entity.name, ...place, field }];
    }),
  );

function columnOf({ from }: EntityPlan, value: ValuePlan): { readonly table: string; readonly column: string } | null {
  if (value.kind === 'column') return { table: from.table, column: from.columns[value.column]! };
  if (value.kind !== 'joined') return null;
  const join = from.joins.find(({ as }) => as === value.join);
  return join === undefined ? null : { table: join.table, column: value.column };
}

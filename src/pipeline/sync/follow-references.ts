import type { EntityPlan, FieldPlan, Plan, ValuePlan } from '../../core/plan.ts';
import type { SyncPorts } from './sync-request.ts';

/** A folded entity that a field refers to, and the columns whose value may name one of its versions. */
export interface FoldedReference {
  readonly parent: EntityPlan;
  readonly columns: readonly string[];
}

/** References of an entity to folded ones; `stuck`: a field of which it cannot be said which column names the version. */
export async function foldedReferences(
  entity: EntityPlan,
  plan: Plan,
  { source }: Pick<SyncPorts, 'source'>,
): Promise<{ readonly references: readonly FoldedReference[]; readonly stuck: string | null }> {
  const references: FoldedReference[] = [];
  for (const field of entity.fields) {
    // The id itself is the head of the row's own lineage; references to other records of the entity are followed like any other.
    if (field.kind === 'value' || (field.kind === 'id' && field.entity === entity.name)) continue;
    const parent = plan.entities.find(({ name }) => name === field.entity);
    if (parent === undefined || parent.from.fold === null) continue;
    const columns = columnsOf(entity, field);
    if (columns === null) return { references, stuck: field.column };
    for (const column of columns)
      if (!(await source.changes!.canAskBy(entity.from.table, [column]))) return { references, stuck: field.column };
    references.push({ parent, columns });
  }
  return { references, stuck: null };
}

/** Columns of the entity's own table that a reference is made of; null when other things play a part. */
function columnsOf(entity: EntityPlan, field: FieldPlan & { kind: 'id' | 'ref' }): readonly string[] | null {
  if (field.of.length !== 1 || (field.kind === 'ref' && field.transforms.length > 0)) return null;
  return valueColumns(entity, field.of[0]!);
}

function valueColumns(entity: EntityPlan, value: ValuePlan): readonly string[] | null {
  switch (value.kind) {
    case 'column':
      return [entity.from.columns[value.column]!];
    case 'const':
      return [];
    case 'coalesce':
      return all(entity, value.options);
    case 'when':
      return all(entity, [...value.branches.map((branch) => branch.then), value.otherwise]);
    default:
      return null;
  }
}

function all(entity: EntityPlan, values: readonly ValuePlan[]): readonly string[] | null {
  const columns: string[] = [];
  for (const value of values) {
    const found = valueColumns(entity, value);
    if (found === null) return null;
    columns.push(...found);
  }
  return columns;
}

import type { EntityPlan, FieldPlan, ValuePlan } from '../core/plan.ts';

/** What the name of a field in a correction means. */
export type FieldMeaning =
  /** A source column, as the plan spells it. */
  | { readonly kind: 'column'; readonly column: string }
  /** A target column that is made of several source columns. */
  | { readonly kind: 'several'; readonly columns: readonly string[] }
  /** A target column that no column of this table is in: fixed, or of a joined table. */
  | { readonly kind: 'none' }
  /** The key, or a column by which versions are linked. */
  | { readonly kind: 'key' | 'lineage'; readonly column: string }
  | { readonly kind: 'unknown' };

/**
 * A name means the source column of that name (without regard to case); else the target column of that name, which stands for the one source column that it is made of.
 * Old and new value are those of the source column in either case, before any transform or look-up.
 */
export function fieldOfEntity(entity: EntityPlan, name: string): FieldMeaning {
  const { columns } = entity.from;
  const source = columns.find((column) => isSame(column, name));
  if (source !== undefined) return columnMeaning(entity, source);
  const field = entity.fields.find(({ column }) => isSame(column, name));
  if (field === undefined) return { kind: 'unknown' };
  const behind = columnsOfField(entity, field);
  if (behind.length === 0) return { kind: 'none' };
  return behind.length === 1 ? columnMeaning(entity, behind[0]!) : { kind: 'several', columns: behind };
}

const columnMeaning = ({ from }: EntityPlan, column: string): FieldMeaning => {
  if (from.key.some((key) => isSame(key, column))) return { kind: 'key', column };
  const { fold } = from;
  const links = fold === null ? [] : [...fold.head, fold.previous, fold.live];
  return links.some((link) => link !== null && isSame(link, column))
    ? { kind: 'lineage', column }
    : { kind: 'column', column };
};

/** The source columns that a correction may name for a field of a finding (source or target column); none where it cannot be corrected. */
export function correctableColumns(entity: EntityPlan, name: string): readonly string[] {
  const meaning = fieldOfEntity(entity, name);
  if (meaning.kind === 'column') return [meaning.column];
  if (meaning.kind !== 'several') return [];
  return meaning.columns.filter((column) => columnMeaning(entity, column).kind === 'column');
}

/** Every name that a field may have in a correction of the entity, for "did you mean". */
export const fieldNames = (entity: EntityPlan): readonly string[] => [
  ...new Set([...entity.from.columns, ...entity.fields.map(({ column }) => column)]),
];

/** Target fields that a source column goes into. */
export const fieldsOfColumn = (entity: EntityPlan, column: string): readonly FieldPlan[] =>
  entity.fields.filter((field) => columnsOfField(entity, field).includes(column));

const columnsOfField = (entity: EntityPlan, field: FieldPlan): readonly string[] => {
  const values = field.kind === 'value' ? [field.value] : field.of;
  return [...new Set(values.flatMap((value) => columnsOfValue(entity, value)))];
};

function columnsOfValue(entity: EntityPlan, value: ValuePlan): readonly string[] {
  const { columns } = entity.from;
  switch (value.kind) {
    case 'column':
      return [columns[value.column]!];
    case 'joined':
    case 'const':
      return [];
    case 'coalesce':
      return value.options.flatMap((option) => columnsOfValue(entity, option));
    case 'template':
      return value.parts.flatMap((part) => (typeof part === 'string' ? [] : columnsOfValue(entity, part)));
    case 'when': {
      const branches = value.branches.flatMap((branch) => [
        ...named(columns, branch.if.names),
        ...columnsOfValue(entity, branch.then),
      ]);
      return [...branches, ...columnsOfValue(entity, value.otherwise)];
    }
    case 'cel':
      return named(columns, value.cel.names);
  }
}

const named = (columns: readonly string[], names: readonly string[]): readonly string[] =>
  columns.filter((column) => names.some((name) => isSame(name, column)));

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

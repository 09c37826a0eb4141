import type {
  EntityPlan,
  FieldPlan,
  LookupPlan,
  Plan,
  SourcePlan,
  TransformCall,
  ValuePlan,
} from '../../src/core/plan.ts';
import type { ColumnType, SourceValue, TargetValue } from '../../src/core/record.ts';
import { createTransformer } from '../../src/transform/create-transformer.ts';
import type { TransformEnvironment, TransformResult } from '../../src/transform/transformer.ts';

export const NOW = Date.UTC(2026, 0, 15);

export const NO_ENV: TransformEnvironment = { folds: new Map(), joins: new Map(), scope: null, now: NOW };

export const sourcePlan = (overrides: Partial<SourcePlan> & { columns: readonly string[] }): SourcePlan => ({
  table: 'dbo.Test',
  key: [overrides.columns[0]!],
  where: null,
  whereReason: 'where',
  unit: null,
  changes: { kind: 'compare' },
  fold: null,
  joins: [],
  sql: null,
  ...overrides,
});

export const entityPlan = (from: SourcePlan, fields: readonly FieldPlan[], name = 'test'): EntityPlan => ({
  name,
  file: `${name}.yaml`,
  from,
  to: { schema: 'ezd', table: name },
  fields,
  rules: [],
  parents: [],
  hash: 'hash',
});

export const makePlan = (entities: readonly EntityPlan[], lookups: readonly LookupPlan[] = []): Plan => ({
  office: 'UM-PRZYKLADOWO',
  timezone: 'Europe/Warsaw',
  entities,
  lookups: Object.fromEntries(lookups.map((lookup) => [lookup.name, lookup])),
  notMapped: [],
  hash: 'hash',
});

export const columnValue = (column: number): ValuePlan => ({ kind: 'column', column });

export const valueField = (
  column: string,
  type: ColumnType,
  value: ValuePlan,
  rest: {
    transforms?: readonly TransformCall[];
    required?: boolean;
    lookup?: (FieldPlan & { kind: 'value' })['lookup'];
  } = {},
): FieldPlan => ({
  kind: 'value',
  column,
  type,
  value,
  required: rest.required ?? false,
  line: 1,
  transforms: rest.transforms ?? [],
  lookup: rest.lookup ?? null,
});

/** What one value becomes in a column of a type, with the codes of the findings. */
export interface Outcome {
  readonly value: TargetValue;
  readonly codes: readonly string[];
  readonly result: TransformResult;
}

/** Runs one value through a field of its own: `Id = 1`, the value in the second column. */
export const transformOne = (
  value: SourceValue,
  type: ColumnType,
  rest: {
    transforms?: readonly TransformCall[];
    required?: boolean;
    extra?: Readonly<Record<string, SourceValue>>;
  } = {},
): Outcome => {
  const extra = Object.entries(rest.extra ?? {});
  const from = sourcePlan({ columns: ['Id', 'Wartosc', ...extra.map(([name]) => name)] });
  const entity = entityPlan(from, [valueField('wartosc', type, columnValue(1), rest)]);
  const transformer = createTransformer(entity, makePlan([entity]), NO_ENV);
  const result = transformer([1, value, ...extra.map(([, other]) => other)]);
  return { value: result.values[0]!, codes: result.findings.map((finding) => finding.code), result };
};

import type { TargetColumn } from '../../core/catalogue.ts';
import type { FieldPlan, ValuePlan } from '../../core/plan.ts';
import type { ColumnType } from '../../core/record.ts';
import type { Scope } from '../compile/scope.ts';

type ValueField = Pick<Extract<FieldPlan, { kind: 'value' }>, 'value' | 'transforms' | 'lookup'>;

/** Texts that a column type can be read from; types that are not here take any text or are not checked. */
const FORMS: Readonly<Partial<Record<ColumnType, RegExp>>> = {
  int2: /^\s*[+-]?\d+\s*$/,
  int4: /^\s*[+-]?\d+\s*$/,
  int8: /^\s*[+-]?\d+\s*$/,
  numeric: /^\s*[+-]?\d+([.,]\d+)?\s*$/,
  float8: /^\s*[+-]?\d+([.,]\d+)?(e[+-]?\d+)?\s*$/i,
  bool: /^\s*(1|0|true|false|t|f|yes|no|y|n|tak|nie|t\.|n\.|prawda|fałsz)\s*$/i,
};

/** Checks the values that are known before the first row: constants and the values of a look-up must suit the target column. */
export function checkOutcomes(scope: Scope, target: TargetColumn, field: ValueField): void {
  if (field.lookup !== null) checkLookup(scope, target, field.lookup);
  else if (field.transforms.length === 0) checkConstants(scope, target, constantsOf(field.value));
}

const suits = (target: TargetColumn, text: string): boolean =>
  (target.allowed?.includes(text) ?? true) && (FORMS[target.type ?? 'text']?.test(text) ?? true);

const allowedHint = (scope: Scope, target: TargetColumn, text: string): readonly string[] =>
  target.allowed === undefined ? [] : scope.report.near(text, target.allowed);

function checkLookup(scope: Scope, target: TargetColumn, { lookup, unknown }: NonNullable<ValueField['lookup']>): void {
  const at = scope.document.at(['fields', target.name, 'lookup']);
  for (const [code, value] of Object.entries(scope.lookups.get(lookup)?.plan.entries ?? {})) {
    if (value === null || suits(target, value)) continue;
    const params = { lookup, value, code, column: target.name };
    scope.report.error('outcomeOfCode', params, at, allowedHint(scope, target, value));
  }
  if (unknown.kind === 'default') checkConstants(scope, target, [unknown.value], ['unknown', 'default']);
  if (unknown.kind === 'keep' && target.allowed !== undefined)
    scope.report.warning('outcomeKept', { column: target.name }, scope.document.at(['fields', target.name, 'unknown']));
}

function checkConstants(
  scope: Scope,
  target: TargetColumn,
  values: readonly (string | number | boolean)[],
  place: readonly string[] = [],
): void {
  for (const value of values.map(String)) {
    if (suits(target, value)) continue;
    const word = target.allowed !== undefined && !target.allowed.includes(value);
    const params = { column: target.name, value, native: target.nativeType };
    const at = scope.document.at(['fields', target.name, ...place], place.length === 0 ? 'key' : 'value');
    scope.report.error(word ? 'outcomeWord' : 'outcome', params, at, allowedHint(scope, target, value));
  }
}

/** Constants that can come out of a value as they stand. */
function constantsOf(value: ValuePlan): readonly (string | number | boolean)[] {
  switch (value.kind) {
    case 'const':
      return value.value === null ? [] : [value.value];
    case 'coalesce':
      return value.options.flatMap(constantsOf);
    case 'when':
      return [...value.branches.map((branch) => branch.then), value.otherwise].flatMap(constantsOf);
    default:
      return [];
  }
}

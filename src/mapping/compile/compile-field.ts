import type { TargetColumn } from '../../core/catalogue.ts';
import type { FieldPlan, LookupUse, ValuePlan } from '../../core/plan.ts';
import type { ColumnType } from '../../core/record.ts';
import type { ValueType } from '../../core/signatures.ts';
import type { YamlPath } from '../../yaml/yaml-file.ts';
import { checkOutcomes } from '../check/check-outcomes.ts';
import { canBecome, targetType } from '../check/source-type.ts';
import type { FieldSpec, ValueSpec } from '../document/entity-schema.ts';
import { compileTransforms } from './compile-transforms.ts';
import { compileValue } from './compile-value.ts';
import type { Scope } from './scope.ts';

type ObjectSpec = Exclude<FieldSpec, string | number | boolean | null>;
type IdSpec = Extract<ObjectSpec, { id: string }>;
type RefSpec = Extract<ObjectSpec, { ref: string }>;
type FieldOptions = Partial<
  Pick<Extract<ObjectSpec, { of: string; lookup?: unknown }>, 'do' | 'lookup' | 'unknown' | 'required'>
>;

/** Compiles the field of one target column; null when nothing can be made of it (then reported) or when it falls away with a disabled parent. */
export function compileField(scope: Scope, column: string, spec: FieldSpec): FieldPlan | null {
  const path = ['fields', column];
  if (spec === null) return null;
  const target = scope.targetTable?.columns.find(({ name }) => name === column) ?? null;
  if (scope.targetTable !== null && target === null) {
    const names = scope.targetTable.columns.map(({ name }) => name);
    const table = `${scope.targetTable.schema}.${scope.targetTable.name}`;
    scope.report.error(
      'unknownTargetColumn',
      { table, column },
      scope.document.at(path, 'key'),
      scope.report.near(column, names),
    );
  }
  if (target !== null && target.type === null)
    scope.report.error('targetType', { column, native: target.nativeType }, scope.document.at(path, 'key'));
  if (typeof spec === 'object' && 'id' in spec) return idField(scope, column, spec, target);
  if (typeof spec === 'object' && 'ref' in spec) return refField(scope, column, spec, target);
  return valueField(scope, column, spec, target);
}

interface Basics {
  readonly column: string;
  readonly type: ColumnType;
  readonly required: boolean;
  readonly line: number;
}

function basics(scope: Scope, column: string, target: TargetColumn | null, required: boolean | undefined): Basics {
  return {
    column,
    type: target?.type ?? 'text',
    required: required === true || target?.nullable === false,
    line: scope.document.at(['fields', column], 'key').line,
  };
}

function valueField(
  scope: Scope,
  column: string,
  spec: Exclude<FieldSpec, null | IdSpec | RefSpec>,
  target: TargetColumn | null,
): FieldPlan {
  const path = ['fields', column];
  const options: FieldOptions = typeof spec === 'object' ? spec : {};
  const value = compileValue(scope, spec as ValueSpec, path);
  const { calls, type } = compileTransforms(scope, options.do ?? [], value.type, [...path, 'do']);
  const lookup = lookupUse(scope, options, path);
  checkType(scope, column, lookup === null ? type : 'text', target);
  if (target !== null) checkOutcomes(scope, target, { value: value.plan, transforms: calls, lookup });
  return {
    ...basics(scope, column, target, options.required),
    kind: 'value',
    value: value.plan,
    transforms: calls,
    lookup,
  };
}

function lookupUse(scope: Scope, { lookup, unknown }: FieldOptions, path: YamlPath): LookupUse | null {
  if (lookup === undefined) {
    if (unknown !== undefined)
      scope.report.error('unknownWithoutLookup', {}, scope.document.at([...path, 'unknown'], 'key'));
    return null;
  }
  if (!scope.lookups.has(lookup) && scope.broken.has(lookup)) return null;
  if (!scope.lookups.has(lookup)) {
    const near = scope.report.near(lookup, [...scope.lookups.keys()]);
    const hints = near.length > 0 ? near : [scope.report.text('lookupUnknownHint')];
    scope.report.error('lookupUnknown', { lookup }, scope.document.at([...path, 'lookup']), hints);
    return null;
  }
  scope.usedLookups.add(lookup);
  if (typeof unknown === 'object' && unknown !== null && 'default' in unknown)
    return { lookup, unknown: { kind: 'default', value: unknown.default } };
  return { lookup, unknown: { kind: unknown === 'reject' || unknown === 'keep' ? unknown : 'null' } };
}

/** A clash that no value could survive, e.g. a binary column into a date. */
function checkType(scope: Scope, column: string, type: ValueType, target: TargetColumn | null): void {
  if (target === null || target.type === null || canBecome(type, targetType(target.type))) return;
  const spec = scope.document.value.fields[column];
  const source =
    typeof spec === 'string'
      ? spec
      : typeof spec === 'object' && spec !== null && 'of' in spec
        ? String(spec.of)
        : type;
  const at = scope.document.at(['fields', column], 'key');
  scope.report.error('clashColumn', { column, native: target.nativeType, type, source }, at);
}

function idField(scope: Scope, column: string, spec: IdSpec, target: TargetColumn | null): FieldPlan | null {
  const path = ['fields', column];
  const entity = scope.entities.get(spec.id);
  if (entity === undefined) return unknownEntity(scope, spec.id, [...path, 'id']);
  checkUuid(scope, column, target);
  const own = spec.id === scope.document.value.entity;
  if (!own) checkForeignKey(scope, column, spec.id);
  const of = spec.of === undefined ? keyValues(scope) : keyParts(scope, spec.of, [...path, 'of']);
  if (own && spec.of !== undefined && !sameKey(scope, of))
    scope.report.error(
      'keyOfOther',
      { entity: spec.id, key: keyNames(scope).join(', ') },
      scope.document.at([...path, 'of']),
    );
  checkParts(scope, spec.id, of, path);
  return { ...basics(scope, column, target, true), type: 'uuid', kind: 'id', entity: spec.id, of };
}

function refField(scope: Scope, column: string, spec: RefSpec, target: TargetColumn | null): FieldPlan | null {
  const path = ['fields', column];
  const parent = scope.entities.get(spec.ref);
  const base = basics(scope, column, target, spec.required);
  if (parent === undefined) return unknownEntity(scope, spec.ref, [...path, 'ref']);
  if (scope.leftOut.has(spec.ref)) {
    const at = scope.document.at([...path, 'ref']);
    if (base.required) scope.report.error('disabledEntity', { entity: spec.ref }, at);
    else scope.report.warning('disabledEntityOptional', { entity: spec.ref, column }, at);
    return null;
  }
  checkUuid(scope, column, target);
  checkForeignKey(scope, column, spec.ref);
  const self = spec.ref === scope.document.value.entity;
  if (base.required && (self || spec.late === true))
    scope.report.error(self ? 'selfRequired' : 'lateRequired', { column }, scope.document.at(path, 'key'));
  const of = keyParts(scope, spec.of, [...path, 'of']);
  checkParts(scope, spec.ref, of, path);
  const { calls } = compileTransforms(scope, spec.do ?? [], 'any', [...path, 'do']);
  return {
    ...base,
    type: 'uuid',
    kind: 'ref',
    entity: spec.ref,
    of,
    transforms: calls,
    late: self || spec.late === true,
  };
}

function unknownEntity(scope: Scope, entity: string, path: YamlPath): null {
  if (scope.broken.has(entity)) return null;
  scope.report.error(
    'unknownEntity',
    { entity },
    scope.document.at(path),
    scope.report.near(entity, [...scope.entities.keys()]),
  );
  return null;
}

export const keyNames = (scope: Scope): readonly string[] => [scope.document.value.from.key].flat();

const keyValues = (scope: Scope): readonly ValuePlan[] =>
  keyNames(scope).map((name) => compileValue(scope, name, ['from', 'key']).plan);

function keyParts(scope: Scope, of: ValueSpec | readonly ValueSpec[], path: YamlPath): readonly ValuePlan[] {
  if (!Array.isArray(of)) return [compileValue(scope, of as ValueSpec, path).plan];
  return (of as readonly ValueSpec[]).map((part, index) => compileValue(scope, part, [...path, index]).plan);
}

function sameKey(scope: Scope, of: readonly ValuePlan[]): boolean {
  const key = keyValues(scope);
  return JSON.stringify(key) === JSON.stringify(of);
}

function checkParts(scope: Scope, entity: string, of: readonly ValuePlan[], path: YamlPath): void {
  const key = [scope.entities.get(entity)?.document.value.from.key ?? []].flat();
  if (key.length === of.length) return;
  scope.report.error(
    'refParts',
    { entity, expected: key.length, found: of.length },
    scope.document.at([...path, 'of']),
  );
}

function checkUuid(scope: Scope, column: string, target: TargetColumn | null): void {
  if (target === null || target.type === null || target.type === 'uuid') return;
  scope.report.error('idNotUuid', { column, native: target.nativeType }, scope.document.at(['fields', column], 'key'));
}

/** A foreign key of the target must lead to the table that the named entity is written to. */
function checkForeignKey(scope: Scope, column: string, entity: string): void {
  const key = scope.targetTable?.foreignKeys.find(({ columns }) => columns.length === 1 && columns[0] === column);
  const table = scope.entities.get(entity)?.document.value.to.table.split('.').at(-1);
  if (key === undefined || table === undefined || key.refTable === table) return;
  const references = `${key.refSchema}.${key.refTable}`;
  const at = scope.document.at(['fields', column], 'key');
  scope.report.error('foreignKey', { column, references, entity, table: `${scope.schema}.${table}` }, at);
}

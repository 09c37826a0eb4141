import type { ValuePlan } from '../../core/plan.ts';
import type { ValueType } from '../../core/signatures.ts';
import type { YamlPath } from '../../yaml/yaml-file.ts';
import { common } from '../check/source-type.ts';
import type { Scalar, ValueSpec } from '../document/entity-schema.ts';
import { compileCel } from './compile-cel.ts';
import { parseTemplate } from './parse-template.ts';
import type { Scope } from './scope.ts';

/** A compiled value and what kind it yields. */
export interface TypedValue {
  readonly plan: ValuePlan;
  readonly type: ValueType;
}

const NULL: TypedValue = { plan: { kind: 'const', value: null }, type: 'any' };

/** Compiles one value of a mapping; problems go to the report and NULL stands in. */
export function compileValue(scope: Scope, spec: ValueSpec, path: YamlPath): TypedValue {
  if (typeof spec === 'string') return column(scope, spec, path);
  if (typeof spec !== 'object') return constant(spec);
  if ('of' in spec) return column(scope, spec.of, [...path, 'of']);
  if ('const' in spec) return constant(spec.const);
  if ('coalesce' in spec) return coalesce(scope, spec.coalesce, [...path, 'coalesce']);
  if ('template' in spec) return template(scope, spec, path);
  if ('when' in spec) return when(scope, spec, path);
  const cel = compileCel(scope, spec.cel, [...path, 'cel'], 'source');
  return { plan: { kind: 'cel', cel: cel.plan }, type: cel.type };
}

function constant(value: Scalar): TypedValue {
  const kinds: Readonly<Record<string, ValueType>> = { string: 'text', boolean: 'boolean', number: 'decimal' };
  return { plan: { kind: 'const', value }, type: kinds[typeof value] ?? 'any' };
}

/** A source column by name, or a column of a joined table as `alias.Column`. */
function column(scope: Scope, name: string, path: YamlPath, at = scope.document.at(path)): TypedValue {
  const dot = name.indexOf('.');
  if (dot === -1) {
    const hints =
      path.at(-1) === 'then' || path.at(-1) === 'else' ? [scope.report.text('thenIsColumn', { word: name })] : [];
    const index = scope.columns.use(name, at, hints);
    return index === null ? NULL : { plan: { kind: 'column', column: index }, type: scope.columns.type(name) };
  }
  const join = scope.joins.get(name.slice(0, dot));
  if (join === undefined) {
    const alias = name.slice(0, dot);
    scope.report.error('unknownAlias', { alias }, at, scope.report.near(alias, [...scope.joins.keys()]));
    return NULL;
  }
  const joined = name.slice(dot + 1);
  const index = join.columns.use(joined, at);
  return index === null
    ? NULL
    : { plan: { kind: 'joined', join: join.alias, column: joined }, type: join.columns.type(joined) };
}

function coalesce(scope: Scope, specs: readonly ValueSpec[], path: YamlPath): TypedValue {
  const options = specs.map((spec, index) => compileValue(scope, spec, [...path, index]));
  return {
    plan: { kind: 'coalesce', options: options.map(({ plan }) => plan) },
    type: common(options.map((o) => o.type)),
  };
}

function template(scope: Scope, spec: Extract<ValueSpec, { template: unknown }>, path: YamlPath): TypedValue {
  const place = [...path, 'template'];
  const skipNull = spec.skipNull ?? false;
  if (typeof spec.template !== 'string') {
    const parts = spec.template.map((part, index) => compileValue(scope, part, [...place, index]).plan);
    return { plan: { kind: 'template', parts, separator: spec.separator ?? '', skipNull }, type: 'text' };
  }
  const parsed = parseTemplate(spec.template);
  if ('problem' in parsed) {
    scope.report.error(
      'template',
      { reason: scope.report.text(parsed.problem) },
      scope.document.inside(place, parsed.offset),
    );
    return NULL;
  }
  const parts = parsed.parts.map((part) => {
    if (typeof part === 'string') return part;
    return column(scope, part.column, place, scope.document.inside(place, part.offset, part.column.length)).plan;
  });
  return { plan: { kind: 'template', parts, separator: spec.separator ?? '', skipNull }, type: 'text' };
}

/** Named so that no object literal here has a plain `then`, which would look like a promise. */
const THEN = 'then';

function when(scope: Scope, spec: Extract<ValueSpec, { when: unknown }>, path: YamlPath): TypedValue {
  const branches = spec.when.map((branch, index) => {
    const place = [...path, 'when', index];
    const condition = compileCel(scope, branch.if, [...place, 'if'], 'source', true);
    return { condition: condition.plan, value: compileValue(scope, branch.then, [...place, THEN]) };
  });
  const otherwise = spec.else === undefined ? NULL : compileValue(scope, spec.else, [...path, 'else']);
  const types = branches.map(({ value }) => value.type);
  return {
    plan: {
      kind: 'when',
      branches: branches.map(({ condition, value }) => ({ if: condition, [THEN]: value.plan })),
      otherwise: otherwise.plan,
    },
    type: common(spec.else === undefined ? types : [...types, otherwise.type]),
  };
}

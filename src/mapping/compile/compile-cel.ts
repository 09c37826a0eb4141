import { type ASTNode, type Environment, ParseError } from '@marcbachmann/cel-js';
import { celEnvironment } from '../../core/cel-environment.ts';
import type { CelPlan } from '../../core/plan.ts';
import type { ValueType } from '../../core/signatures.ts';
import type { YamlPath } from '../../yaml/yaml-file.ts';
import { type CelName, celNames } from './cel-names.ts';
import type { Scope } from './scope.ts';

export interface TypedCel {
  readonly plan: CelPlan;
  readonly type: ValueType;
}

const TYPES: Readonly<Record<string, ValueType>> = {
  bool: 'boolean',
  int: 'integer',
  uint: 'integer',
  double: 'float',
  string: 'text',
  bytes: 'binary',
};

let shared: Environment | undefined;

/**
 * Parses and checks an expression: its syntax, its functions, every name in it (source columns and `alias.Column`, or target columns in a rule), literal
 * regular expressions, and that a condition yields true or false. A problem points at its spot inside the expression.
 */
export function compileCel(
  scope: Scope,
  text: string,
  path: YamlPath,
  names: 'source' | 'target',
  condition = false,
): TypedCel {
  shared ??= celEnvironment();
  const none: TypedCel = { plan: { text, names: [] }, type: 'any' };
  const parsed = parse(shared, text);
  if ('reason' in parsed) {
    scope.report.error(
      'celSyntax',
      { reason: parsed.reason },
      scope.document.inside(path, parsed.start, parsed.length),
    );
    return none;
  }
  const found = celNames(parsed.ast);
  for (const regex of found.badPatterns)
    scope.report.error('celRegex', { reason: regex.reason }, scope.document.inside(path, regex.start, regex.length));
  const used = found.names.map((name) => ({ name, as: checkName(scope, name, path, names) }));
  const functions = functionNames(shared);
  const unknown = found.calls.filter(({ name }) => !functions.includes(name));
  for (const { name, start } of unknown)
    scope.report.error(
      'celFunction',
      { name },
      scope.document.inside(path, start, name.length),
      scope.report.near(name, functions).slice(0, 1),
    );
  const checked = shared.check(text);
  if (!checked.valid && unknown.length === 0) {
    const { reason, start, length } = explain(checked.error, text);
    scope.report.error('celSyntax', { reason }, scope.document.inside(path, start, length));
  } else if (checked.valid && condition && checked.type !== 'bool' && checked.type !== 'dyn') {
    scope.report.error('celNotBool', { type: String(checked.type) }, scope.document.at(path));
  }
  const present = used.flatMap(({ as }) => (as === null ? [] : [as]));
  const absent = used.filter(({ as }) => as === null).map(({ name }) => name);
  return {
    plan: { text: withNulls(text, absent), names: [...new Set(present)] },
    type: TYPES[checked.type ?? ''] ?? 'any',
  };
}

/** Functions, methods and macros that expressions may call. */
const functionNames = (environment: Environment): readonly string[] => [
  ...new Set(environment.getDefinitions().functions.map(({ name }) => name)),
];

interface Fault {
  readonly reason: string;
  readonly start: number;
  readonly length: number;
}

function parse(environment: Environment, text: string): { readonly ast: ASTNode } | Fault {
  try {
    return environment.parse(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return explain(error, text);
  }
}

function explain(
  error: { summary?: string; message: string; range?: { start: number; end: number } } | undefined,
  text: string,
): Fault {
  const start = Math.min(error?.range?.start ?? 0, Math.max(0, text.length - 1));
  return {
    reason: error?.summary ?? error?.message ?? '',
    start,
    length: Math.max(1, (error?.range?.end ?? start + 1) - start),
  };
}

/** The expression with `null` in place of columns that this source lacks. */
function withNulls(text: string, absent: readonly CelName[]): string {
  return [...absent]
    .sort((a, b) => b.start - a.start)
    .reduce((left, { start, length }) => `${left.slice(0, start)}null${left.slice(start + length)}`, text);
}

/** The name as the plan has it, or null for one that is not there (reported, unless it may lack). */
function checkName(scope: Scope, name: CelName, path: YamlPath, names: 'source' | 'target'): string | null {
  const at = scope.document.inside(path, name.start, name.length);
  if (names === 'target') {
    const fields = Object.keys(scope.document.value.fields);
    if (fields.includes(name.name)) return name.name;
    scope.report.error('celName', { name: name.name }, at, scope.report.near(name.name, fields));
    return null;
  }
  const join = scope.joins.get(name.name);
  if (join === undefined) return scope.columns.use(name.name, at) === null ? null : name.name;
  if (name.member !== null) return join.columns.use(name.member, at) === null ? null : `${name.name}.${name.member}`;
  scope.report.error('celAlias', { alias: name.name }, at);
  return null;
}

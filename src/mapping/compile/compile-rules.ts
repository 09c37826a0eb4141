import type { RulePlan } from '../../core/plan.ts';
import type { RuleSignature } from '../../core/signatures.ts';
import type { YamlPath } from '../../yaml/yaml-file.ts';
import type { RuleSpec } from '../document/entity-schema.ts';
import { checkOption } from './check-argument.ts';
import { compileCel } from './compile-cel.ts';
import type { Scope } from './scope.ts';

type NamedUse = Readonly<Record<string, unknown>>;

/** Compiles `rules:`; every rule of the rule book by name, own rules as CEL over target columns. */
export function compileRules(scope: Scope): readonly RulePlan[] {
  return (scope.document.value.rules ?? []).flatMap((rule, index) => {
    const compiled = compileRule(scope, rule, ['rules', index]);
    return compiled === null ? [] : [compiled];
  });
}

function compileRule(scope: Scope, rule: RuleSpec, path: YamlPath): RulePlan | null {
  const line = scope.document.at(path).line;
  if (typeof rule === 'string') return namedRule(scope, rule, {}, path, line);
  if (isCelRule(rule)) {
    const { plan } = compileCel(scope, rule.expr, [...path, 'expr'], 'target', true);
    const { code, severity = 'error', effect = 'load', message = null } = rule;
    return { kind: 'cel', cel: plan, code, severity, effect, message, line };
  }
  const entries = Object.entries(rule);
  if (entries.length !== 1) {
    scope.report.error('oneKey', { count: entries.length }, scope.document.at(path));
    return null;
  }
  const [name, use] = entries[0]!;
  return namedRule(scope, name, (use || {}) as NamedUse, [...path, name], line);
}

type CelRule = Extract<RuleSpec, { expr: string; code: string }>;
const isCelRule = (rule: Exclude<RuleSpec, string>): rule is CelRule => typeof rule['expr'] === 'string';

function namedRule(scope: Scope, name: string, use: NamedUse, path: YamlPath, line: number): RulePlan | null {
  if (!Object.hasOwn(scope.rules, name)) {
    const near = scope.report.near(name, Object.keys(scope.rules));
    scope.report.error('unknownRule', { name }, scope.document.at(path, 'key'), near);
    return null;
  }
  const signature = scope.rules[name]!;
  checkNames(scope, name, signature, use, path);
  const columns = ruleColumns(scope, name, signature, use, path);
  const options: Record<string, string | number | boolean> = {};
  for (const [option, kind] of Object.entries(signature.options ?? {})) {
    const value = checkOption(scope, `${name}.${option}`, kind, use[option], [...path, option]);
    if (value !== undefined && value !== null) options[option] = value;
  }
  return { kind: 'named', rule: name, columns, options, line };
}

function checkNames(scope: Scope, name: string, signature: RuleSignature, use: NamedUse, path: YamlPath): void {
  const known = [...Object.keys(signature.columns), ...Object.keys(signature.options ?? {})];
  for (const option of Object.keys(use)) {
    if (known.includes(option)) continue;
    const at = scope.document.at([...path, option], 'key');
    scope.report.error('unknownOption', { name, option }, at, scope.report.near(option, known));
  }
}

function ruleColumns(
  scope: Scope,
  name: string,
  signature: RuleSignature,
  use: NamedUse,
  path: YamlPath,
): Readonly<Record<string, string>> {
  const fields = Object.keys(scope.document.value.fields);
  const columns: Record<string, string> = {};
  for (const [parameter, kind] of Object.entries(signature.columns)) {
    const named = use[parameter];
    const column = typeof named === 'string' ? named : kind.default;
    const at = scope.document.at(
      named === undefined ? path : [...path, parameter],
      named === undefined ? 'key' : 'value',
    );
    if (column !== undefined && fields.includes(column)) columns[parameter] = column;
    else if (typeof named === 'string')
      scope.report.error('ruleColumn', { name, column: named, parameter }, at, scope.report.near(named, fields));
    else if (!kind.optional) scope.report.error('ruleNeedsColumn', { name, parameter }, at);
  }
  return columns;
}

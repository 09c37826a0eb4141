import type { YamlPath } from '../../yaml/yaml-file.ts';
import type { EntityPatch, EntitySpec, RuleSpec } from '../document/entity-schema.ts';
import type { Report } from '../report.ts';
import type { Document } from './document.ts';

/**
 * The mapping below with an overlay's changes: keys of `from` and `to` one by one, joins by alias, fields column by column (null takes one out), rules by
 * name or code (`name: false` takes one out), everything else as a whole. Each part keeps the place it came from.
 */
export function mergeEntity(
  below: Document<EntitySpec>,
  patch: Document<EntityPatch>,
  report: Report,
): Document<EntitySpec> {
  const rules = mergeRules(below, patch, report);
  const value: EntitySpec = {
    ...below.value,
    ...patch.value,
    from: { ...below.value.from, ...defined(patch.value.from ?? {}), ...mergedJoins(below, patch) },
    to: { ...below.value.to, ...defined(patch.value.to ?? {}) },
    fields: mergeFields(below, patch, report),
    rules: rules.map(({ rule }) => rule),
  };
  const origin = (path: YamlPath): readonly [Document<unknown>, YamlPath] => {
    if (path[0] === 'rules' && path.length > 1) {
      const from = rules[Number(path[1])];
      return from === undefined ? [patch, ['rules']] : [from.document, ['rules', from.index, ...path.slice(2)]];
    }
    return [has(patch.value, path.slice(0, depth(path))) ? patch : below, path];
  };
  return {
    name: patch.name,
    value,
    at(path, on) {
      const [document, place] = origin(path);
      return document.at(place, on);
    },
    inside(path, offset, length) {
      const [document, place] = origin(path);
      return document.inside(place, offset, length);
    },
  };
}

/** How many steps of a path say which of the two files a part comes from. */
function depth(path: YamlPath): number {
  if (path[0] === 'from' && path[1] === 'join') return 3;
  return path[0] === 'from' || path[0] === 'to' || path[0] === 'fields' ? 2 : 1;
}

function has(value: unknown, path: YamlPath): boolean {
  let found = value;
  for (const step of path) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, step)) return false;
    found = (found as Record<string | number, unknown>)[step];
  }
  return true;
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };
const defined = <T extends object>(value: T): Partial<Defined<T>> =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Partial<Defined<T>>;

function mergedJoins(below: Document<EntitySpec>, patch: Document<EntityPatch>): Partial<EntitySpec['from']> {
  const join = { ...below.value.from.join, ...patch.value.from?.join };
  return Object.keys(join).length === 0 ? {} : { join };
}

function mergeFields(below: Document<EntitySpec>, patch: Document<EntityPatch>, report: Report): EntitySpec['fields'] {
  const fields = { ...below.value.fields };
  for (const [column, field] of Object.entries(patch.value.fields ?? {})) {
    if (field !== null) fields[column] = field;
    else if (Object.hasOwn(fields, column)) delete fields[column];
    else report.error('removeUnknown', { name: column }, patch.at(['fields', column], 'key'));
  }
  return fields;
}

interface PlacedRule {
  readonly rule: RuleSpec;
  readonly document: Document<unknown>;
  readonly index: number;
}

function mergeRules(below: Document<EntitySpec>, patch: Document<EntityPatch>, report: Report): readonly PlacedRule[] {
  const rules: PlacedRule[] = (below.value.rules ?? []).map((rule, index) => ({ rule, document: below, index }));
  for (const [index, rule] of (patch.value.rules ?? []).entries()) {
    const at = rules.findIndex((other) => ruleName(other.rule) === ruleName(rule));
    const placed = { rule, document: patch, index };
    if (!takesOut(rule)) rules.splice(at === -1 ? rules.length : at, at === -1 ? 0 : 1, placed);
    else if (at !== -1) rules.splice(at, 1);
    else report.error('removeUnknown', { name: ruleName(rule) }, patch.at(['rules', index]));
  }
  return rules;
}

const takesOut = (rule: RuleSpec): boolean =>
  typeof rule === 'object' && !('expr' in rule) && Object.values(rule).includes(false);

function ruleName(rule: RuleSpec): string {
  if (typeof rule === 'string') return rule;
  return 'expr' in rule ? String(rule.code) : (Object.keys(rule)[0] ?? '');
}

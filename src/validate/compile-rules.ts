import type { CodeEntry } from '../core/code-entry.ts';
import { EzdError } from '../core/errors.ts';
import { type RecordFinding, VALUE_LIMIT } from '../core/finding.ts';
import { instantText } from '../core/instant-text.ts';
import type { EntityPlan, RulePlan } from '../core/plan.ts';
import { applyPolicy, type RulePolicy } from '../core/policy.ts';
import type { ColumnType, SourceRow, TargetValue } from '../core/record.ts';
import { compileCelRule, type JoinedReader } from './cel-rule.ts';
import type { Check, Report, RuleUse } from './rule.ts';
import { RULES_BY_NAME } from './rule-book.ts';

/** What the rules of a run share. */
export interface RuleEnv {
  readonly policy: RulePolicy;
  /** Milliseconds since 1970; fixed when the run is planned, so that a resumed run finds the same. */
  readonly now: number;
  /** Zone of the office, e.g. `Europe/Warsaw`. */
  readonly timezone: string;
  /** Reads joined rows for expressions that name them; without it they are null. */
  readonly joined?: JoinedReader;
}

/**
 * All rules of an entity as one function. It answers null when the record is fine, else the findings, with the office's policy applied;
 * repaired values are written into `values` where the effect is `change`.
 */
export type RecordRules = (row: SourceRow, values: TargetValue[]) => RecordFinding[] | null;

/** Binds the rules of an entity to its columns. Throws `MAPPING` for a rule or column that is not there (the mapping compiler says so earlier, with a position). */
export function compileRules(entity: EntityPlan, env: RuleEnv): RecordRules {
  const sink = makeSink(entity, env);
  const checks = entity.rules.filter((rule) => rule.kind === 'named').map((rule) => bindRule(rule, entity, env));
  const expressions = entity.rules
    .filter((rule) => rule.kind === 'cel')
    .map((rule) => compileCelRule(rule, entity, env.joined));
  return (row, values) => {
    sink.found = null;
    sink.values = values;
    for (let i = 0; i < checks.length; i++) checks[i]!(values, sink.report);
    for (let i = 0; i < expressions.length; i++) sink.add(expressions[i]!(row, values));
    return sink.found;
  };
}

interface Sink {
  found: RecordFinding[] | null;
  values: TargetValue[];
  report: Report;
  /** Answers the finding as kept, or null. */
  add: (finding: RecordFinding | null) => RecordFinding | null;
}

function makeSink(entity: EntityPlan, env: RuleEnv): Sink {
  const entries = entriesOf(entity);
  const sink: Sink = {
    found: null,
    values: [],
    add(finding) {
      const kept = finding === null ? null : applyPolicy(finding, env.policy);
      if (kept === null) return null;
      if (sink.found === null) sink.found = [kept];
      else sink.found.push(kept);
      return kept;
    },
    report(code, index, params, repaired) {
      const entry = entries.get(code);
      if (entry === undefined) {
        throw new EzdError('INTERNAL', `a rule of ${entity.name} raised the unlisted code ${code}`);
      }
      const kept = sink.add(findingOf(entry, entity, index, sink.values, env, params, repaired));
      if (kept?.effect === 'change' && repaired !== undefined) sink.values[index] = repaired;
    },
  };
  return sink;
}

const entriesOf = (entity: EntityPlan): ReadonlyMap<string, CodeEntry> =>
  new Map(
    entity.rules
      .flatMap((rule) => (rule.kind === 'named' ? (RULES_BY_NAME.get(rule.rule)?.codes ?? []) : []))
      .map((entry) => [entry.code, entry]),
  );

function findingOf(
  entry: CodeEntry,
  entity: EntityPlan,
  index: number,
  values: readonly TargetValue[],
  env: RuleEnv,
  params?: Readonly<Record<string, string | number>>,
  repaired?: TargetValue,
): RecordFinding {
  const field = entity.fields[index];
  const raw = values[index];
  const stuck = repaired === undefined || (repaired === null && field?.required === true);
  return {
    code: entry.code,
    severity: entry.severity,
    effect: entry.effect === 'change' && stuck ? 'load' : entry.effect,
    ...(field === undefined ? {} : { field: field.column }),
    ...(raw === null || raw === undefined ? {} : { value: valueText(raw, field?.type, env.timezone) }),
    ...(params === undefined ? {} : { params }),
  };
}

function bindRule(plan: Extract<RulePlan, { kind: 'named' }>, entity: EntityPlan, env: RuleEnv): Check {
  const rule = RULES_BY_NAME.get(plan.rule);
  if (rule === undefined) {
    throw fault(entity, `there is no rule "${plan.rule}"`, 'See docs/rules.md for the rules there are.');
  }
  const indexes = new Map<string, number>();
  for (const [name, spec] of Object.entries(rule.columns)) {
    const column = plan.columns[name];
    const index = column === undefined ? -1 : entity.fields.findIndex((field) => field.column === column);
    if (index < 0 && (column !== undefined || spec.optional !== true)) {
      throw fault(entity, `rule "${plan.rule}" needs the column "${column ?? name}", which the entity does not fill`);
    }
    indexes.set(name, index);
  }
  const thresholdOf = (code: string): number =>
    env.policy.codes[code]?.threshold ?? rule.codes.find((entry) => entry.code === code)?.threshold?.default ?? 0;
  const use: RuleUse = {
    now: env.now * 1000,
    timezone: env.timezone,
    at: (column) => indexes.get(column) ?? -1,
    option: (name) => plan.options[name] ?? rule.options?.[name]?.default ?? null,
    threshold: thresholdOf,
  };
  return rule.bind(use);
}

const fault = (entity: EntityPlan, message: string, hint?: string): EzdError =>
  new EzdError('MAPPING', `${entity.name}: ${message}`, {
    subject: entity.file,
    ...(hint === undefined ? {} : { hint }),
  });

const valueText = (value: NonNullable<TargetValue>, type: ColumnType | undefined, timezone: string): string => {
  if (type === 'timestamptz' && typeof value === 'number') return instantText(value, timezone);
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return String(value).slice(0, VALUE_LIMIT);
};

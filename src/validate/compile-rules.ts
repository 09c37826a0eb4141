import type { CodeEntry } from '../core/code-entry.ts';
import { EzdError } from '../core/errors.ts';
import type { RecordFinding } from '../core/finding.ts';
import { VALUE_LIMIT } from '../core/finding.ts';
import { instantText } from '../core/instant-text.ts';
import type { CelPlan, EntityPlan, RulePlan } from '../core/plan.ts';
import { applyPolicy, type RulePolicy } from '../core/policy.ts';
import type { ColumnType, SourceRow, TargetValue } from '../core/record.ts';
import type { Check, Report, RuleUse } from './rule.ts';
import { RULES_BY_NAME } from './rule-book.ts';

/** What the rules of a run share. */
export interface RuleEnv {
  readonly policy: RulePolicy;
  /** Microseconds since 1970; fixed when the run is planned, so that a resumed run finds the same. */
  readonly now: number;
  readonly timezone: string;
  /** Compiles a CEL expression over source row and target values; wanted only where mappings have `expr` rules. */
  readonly cel?: (cel: CelPlan, entity: EntityPlan) => (row: SourceRow, values: readonly TargetValue[]) => unknown;
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
  const expressions = entity.rules.filter((rule) => rule.kind === 'cel').map((rule) => bindCel(rule, entity, env));
  const count = checks.length;
  return (row, values) => {
    sink.found = null;
    sink.values = values;
    for (let i = 0; i < count; i++) checks[i]!(values, sink.report);
    for (const expression of expressions) expression(row, values, sink.add);
    return sink.found;
  };
}

interface Sink {
  found: RecordFinding[] | null;
  values: TargetValue[];
  report: Report;
  add: (finding: RecordFinding) => void;
}

function makeSink(entity: EntityPlan, env: RuleEnv): Sink {
  const entries = new Map<string, CodeEntry>();
  for (const rule of entity.rules) {
    if (rule.kind === 'named')
      for (const entry of RULES_BY_NAME.get(rule.rule)?.codes ?? []) entries.set(entry.code, entry);
  }
  const sink: Sink = {
    found: null,
    values: [],
    add(finding) {
      const kept = applyPolicy(finding, env.policy);
      if (kept === null) return;
      if (sink.found === null) sink.found = [kept];
      else sink.found.push(kept);
    },
    report(code, index, params, repaired) {
      const field = entity.fields[index];
      const raw = sink.values[index];
      const entry = entries.get(code);
      if (entry === undefined)
        throw new EzdError('INTERNAL', `a rule of ${entity.name} raised the unlisted code ${code}`);
      const finding = applyPolicy(
        {
          code,
          severity: entry.severity,
          effect: entry.effect === 'change' && !mayBecome(repaired, field?.required) ? 'load' : entry.effect,
          ...(field === undefined ? {} : { field: field.column }),
          ...(raw === null || raw === undefined ? {} : { value: valueText(raw, field?.type, env.timezone) }),
          ...(params === undefined ? {} : { params }),
        } satisfies RecordFinding,
        env.policy,
      );
      if (finding === null) return;
      if (finding.effect === 'change' && repaired !== undefined) sink.values[index] = repaired;
      if (sink.found === null) sink.found = [finding];
      else sink.found.push(finding);
    },
  };
  return sink;
}

/** A value that the target must have is never cleared. */
const mayBecome = (repaired: TargetValue | undefined, required: boolean | undefined): boolean =>
  repaired !== undefined && !(repaired === null && required === true);

function bindRule(plan: Extract<RulePlan, { kind: 'named' }>, entity: EntityPlan, env: RuleEnv): Check {
  const rule = RULES_BY_NAME.get(plan.rule);
  if (rule === undefined)
    throw fault(entity, `there is no rule "${plan.rule}"`, 'See docs/rules.md for the rules there are.');
  const indexes = new Map<string, number>();
  for (const [name, spec] of Object.entries(rule.columns)) {
    const column = plan.columns[name];
    const index = column === undefined ? -1 : entity.fields.findIndex((field) => field.column === column);
    if (index < 0 && (column !== undefined || spec.optional !== true)) {
      throw fault(entity, `rule "${plan.rule}" needs the column "${column ?? name}", which the entity does not fill`);
    }
    indexes.set(name, index);
  }
  const use: RuleUse = {
    now: env.now,
    timezone: env.timezone,
    at: (column) => indexes.get(column) ?? -1,
    option: (name) => plan.options[name] ?? rule.options?.[name]?.default ?? null,
    threshold: (code) =>
      env.policy.codes[code]?.threshold ?? rule.codes.find((entry) => entry.code === code)?.threshold?.default ?? 0,
  };
  return rule.bind(use);
}

type Expression = (row: SourceRow, values: readonly TargetValue[], add: (finding: RecordFinding) => void) => void;

/** A CEL rule is a promise: false is the finding, an error in evaluating it is `EXPR_FAILED`, null (a value is missing) is fine. */
function bindCel(plan: Extract<RulePlan, { kind: 'cel' }>, entity: EntityPlan, env: RuleEnv): Expression {
  if (env.cel === undefined)
    throw new EzdError('INTERNAL', `${entity.name} has expressions, but no evaluator was given`);
  const evaluate = env.cel(plan.cel, entity);
  return (row, values, add) => {
    try {
      if (evaluate(row, values) !== false) return;
      add({ code: plan.code, severity: plan.severity, effect: plan.effect, params: { rule: plan.cel.text } });
    } catch (error) {
      const reason = error instanceof Error ? error.name : 'error';
      add({ code: 'EXPR_FAILED', severity: 'error', effect: 'load', params: { rule: plan.cel.text, reason } });
    }
  };
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

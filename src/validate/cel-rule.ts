import { celEnvironment } from '../core/cel-environment.ts';
import type { RecordFinding } from '../core/finding.ts';
import type { EntityPlan, RulePlan } from '../core/plan.ts';
import type { SourceRow, SourceValue, TargetValue } from '../core/record.ts';

export type CelRulePlan = Extract<RulePlan, { kind: 'cel' }>;

/** A value of a joined row for the source row: alias of the join, its column. */
export type JoinedReader = (alias: string, column: string) => (row: SourceRow) => SourceValue | undefined;

/** A compiled expression rule; says at most one finding. */
export type CelCheck = (row: SourceRow, values: readonly TargetValue[]) => RecordFinding | null;

type Fill = (row: SourceRow, values: readonly TargetValue[]) => void;

let environment: ReturnType<typeof celEnvironment> | null = null;

/**
 * A CEL rule states what must hold: only the answer false is its finding. Null (a value is missing) says nothing; an expression that fails
 * on a record is EXPR_FAILED, never a crash. A name means the target column, else the source column, else a joined row.
 */
export function compileCelRule(plan: CelRulePlan, entity: EntityPlan, joined?: JoinedReader): CelCheck {
  environment ??= celEnvironment();
  const evaluate = environment.parse(plan.cel.text);
  const bound: Record<string, unknown> = {};
  const fills = plan.cel.names.map((name) => fillOf(name, bound, entity, joined));
  return (row, values) => {
    for (const fill of fills) fill(row, values);
    try {
      if (evaluate(bound) !== false) return null;
      return { code: plan.code, severity: plan.severity, effect: plan.effect, params: { rule: plan.cel.text } };
    } catch (error) {
      return {
        code: 'EXPR_FAILED',
        severity: 'error',
        effect: 'load',
        params: { expression: plan.cel.text, reason: failureReason(error) },
      };
    }
  };
}

function fillOf(name: string, bound: Record<string, unknown>, entity: EntityPlan, joined?: JoinedReader): Fill {
  const [first = name, column] = name.split('.');
  if (column !== undefined) return fillJoined(first, column, bound, joined);
  const target = entity.fields.findIndex((field) => field.column === name);
  if (target >= 0) {
    return (_, values) => {
      bound[name] = celValue(values[target]);
    };
  }
  const wanted = name.toLowerCase();
  const source = entity.from.columns.findIndex((candidate) => candidate.toLowerCase() === wanted);
  return (row) => {
    bound[name] = source < 0 ? null : celValue(row[source]);
  };
}

function fillJoined(alias: string, column: string, bound: Record<string, unknown>, joined?: JoinedReader): Fill {
  bound[alias] ??= {};
  const record = bound[alias] as Record<string, unknown>;
  const read = joined?.(alias, column);
  return (row) => {
    record[column] = read === undefined ? null : celValue(read(row));
  };
}

/** '' is NULL in expressions as everywhere. */
const celValue = (value: SourceValue | TargetValue | undefined): unknown =>
  value === '' || value === undefined ? null : value;

/** Kind of failure without any value of the record in it. */
const failureReason = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return code === '' ? 'error' : code.replaceAll('_', ' ');
};

import { celEnvironment } from '../core/cel-environment.ts';
import type { CelPlan } from '../core/plan.ts';
import type { SourceRow, SourceValue } from '../core/record.ts';
import type { RowReader, ValueContext } from './compile-value.ts';
import { joinedColumn, sourceColumn } from './source-columns.ts';

let environment: ReturnType<typeof celEnvironment> | null = null;

/** '' is NULL in expressions as everywhere. */
const celValue = (value: SourceValue): SourceValue => (value === '' ? null : value);

/** Fills the names of an expression from a row; the context object is reused. */
const binder = (cel: CelPlan, context: ValueContext): ((row: SourceRow) => Record<string, unknown>) => {
  const bound: Record<string, unknown> = {};
  const fill: ((row: SourceRow) => void)[] = [];
  for (const name of new Set(cel.names.map((full) => full.split('.')[0]!))) {
    const join = context.entity.from.joins.find((candidate) => candidate.as === name);
    if (join === undefined) {
      const read = sourceColumn(context.entity, name);
      fill.push((row) => {
        bound[name] = read === null ? null : celValue(read(row));
      });
      continue;
    }
    const joined: Record<string, unknown> = {};
    bound[name] = joined;
    for (const column of join.columns) {
      const read = joinedColumn(context, join, column);
      fill.push((row) => {
        joined[column] = celValue(read(row));
      });
    }
  }
  return (row) => {
    for (const set of fill) set(row);
    return bound;
  };
};

/** What an expression yields, as a value that transforms and types understand. */
const resultValue = (result: unknown): SourceValue => {
  if (result === null || result === undefined) return null;
  if (typeof result === 'bigint') return Number.isSafeInteger(Number(result)) ? Number(result) : result;
  if (typeof result === 'string' || typeof result === 'number' || typeof result === 'boolean') return result;
  if (result instanceof Date) return result.toISOString();
  if (result instanceof Uint8Array) return result;
  return JSON.stringify(result, (_, value) => (typeof value === 'bigint' ? Number(value) : value));
};

/** Kind of failure without any value of the record in it. */
const failureReason = (error: unknown): string => {
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  return code === '' ? 'error' : code.replaceAll('_', ' ');
};

/** Compiled once; a failure at run time is a finding EXPR_FAILED and the value `failed`, never a crash. */
const compile = (cel: CelPlan, context: ValueContext, effect: 'load' | 'change'): ((row: SourceRow) => unknown) => {
  environment ??= celEnvironment();
  const evaluate = environment.parse(cel.text);
  const bind = binder(cel, context);
  return (row) => {
    try {
      return evaluate(bind(row));
    } catch (error) {
      context.report('EXPR_FAILED', 'error', effect, { expression: cel.text, reason: failureReason(error) });
      return null;
    }
  };
};

/** An expression that yields a value; NULL when it fails. */
export const compileCelValue = (cel: CelPlan, context: ValueContext): RowReader => {
  const run = compile(cel, context, 'change');
  return (row) => resultValue(run(row));
};

/** An expression that decides; anything but true, failure included, is "no". */
export const compileCelCondition = (cel: CelPlan, context: ValueContext): ((row: SourceRow) => boolean) => {
  const run = compile(cel, context, 'load');
  return (row) => run(row) === true;
};

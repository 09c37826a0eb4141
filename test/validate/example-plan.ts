import type { EntityPlan, FieldPlan } from '../../src/core/plan.ts';
import { NO_POLICY, type RulePolicy } from '../../src/core/policy.ts';
import type { ColumnType, TargetValue } from '../../src/core/record.ts';
import { compileRules, type RecordRules } from '../../src/validate/compile-rules.ts';
import { instantOf } from '../../src/validate/dates/local-time.ts';
import type { ColumnNeed, Rule, RuleExample } from '../../src/validate/rule.ts';

export const WARSAW = 'Europe/Warsaw';

const TYPES: Record<ColumnNeed, ColumnType> = {
  text: 'text',
  integer: 'int4',
  boolean: 'bool',
  instant: 'timestamptz',
  key: 'uuid',
};

/** An entity with just the columns of an example and that one rule. */
export function planOf(rule: Rule, example: RuleExample): EntityPlan {
  const names = Object.keys(example.record);
  return {
    name: 'przyklad',
    file: 'przyklad.yaml',
    from: {
      table: 'dbo.Przyklad',
      key: ['Id'],
      columns: ['Id'],
      where: null,
      whereReason: '',
      unit: null,
      changes: { kind: 'compare' },
      fold: null,
      joins: [],
      sql: null,
    },
    to: { schema: 'ezd', table: 'przyklad' },
    fields: names.map(
      (column): FieldPlan => ({
        column,
        type: TYPES[rule.columns[column]!.takes],
        required: false,
        line: 1,
        kind: 'value',
        value: { kind: 'const', value: null },
        transforms: [],
        lookup: null,
      }),
    ),
    rules: [
      {
        kind: 'named',
        rule: rule.name,
        columns: Object.fromEntries(names.map((name) => [name, name])),
        options: example.options ?? {},
        line: 1,
      },
    ],
    parents: [],
    hash: '',
  };
}

/** Local wall time `2023-03-15 10:15` or `2023-03-15` in Warsaw as microseconds. */
export function warsaw(text: string): number {
  const [, year, month, day, hour = '0', minute = '0'] = /^(\d+)-(\d+)-(\d+)(?:[ T](\d+):(\d+))?/.exec(text)!;
  return instantOf(WARSAW, Number(year), Number(month), Number(day), Number(hour), Number(minute));
}

export const compileExample = (rule: Rule, example: RuleExample, policy: RulePolicy = NO_POLICY): RecordRules =>
  compileRules(planOf(rule, example), { policy, now: warsaw(example.now ?? '2026-01-15') / 1000, timezone: WARSAW });

export const valuesOf = (rule: Rule, example: RuleExample): TargetValue[] =>
  Object.entries(example.record).map(([name, value]) =>
    rule.columns[name]!.takes === 'instant' && typeof value === 'string' ? warsaw(value) : value,
  );

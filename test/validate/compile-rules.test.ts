import { describe, expect, test } from 'vitest';
import type { EntityPlan, RulePlan } from '../../src/core/plan.ts';
import { NO_POLICY, type RulePolicy } from '../../src/core/policy.ts';
import type { TargetValue } from '../../src/core/record.ts';
import { compileRules } from '../../src/validate/compile-rules.ts';
import { folderState } from '../../src/validate/flow/folder-state.ts';
import { pesel } from '../../src/validate/identifiers/pesel.ts';
import { postalCode } from '../../src/validate/identifiers/postal-code.ts';
import type { Rule, RuleExample } from '../../src/validate/rule.ts';
import { planOf, WARSAW, warsaw } from './example-plan.ts';

const NOW = warsaw('2026-01-15') / 1000;
const compile = (entity: EntityPlan, policy: RulePolicy = NO_POLICY) =>
  compileRules(entity, { policy, now: NOW, timezone: WARSAW });
const bare = { record: { kod: '15213', kraj: 'PL' }, says: [] } satisfies RuleExample;

const run = (rule: Rule, example: RuleExample, policy: RulePolicy = NO_POLICY) => {
  const values: TargetValue[] = Object.values(example.record);
  return { found: compile(planOf(rule, example), policy)([], values), values };
};

const withCel = (
  text: string,
  names: readonly string[],
  fields: Record<string, string | number | null>,
): EntityPlan => {
  const base = planOf(postalCode, { record: { kod: null }, says: [] });
  const rule: RulePlan = {
    kind: 'cel',
    cel: { text, names },
    code: 'OWN_RULE',
    severity: 'warning',
    effect: 'load',
    message: null,
    line: 1,
  };
  const template = base.fields[0]!;
  return { ...base, fields: Object.keys(fields).map((column) => ({ ...template, column })), rules: [rule] };
};

describe('rules of an entity', () => {
  test('repair a value in the record and keep the raw one in the finding', () => {
    const { found, values } = run(postalCode, bare);
    expect(values).toEqual(['15-213', 'PL']);
    expect(found).toEqual([
      { code: 'POSTAL_CODE_HYPHEN', severity: 'warning', effect: 'change', field: 'kod', value: '15213' },
    ]);
  });

  test('leave the value alone where the office decided that the code only loads', () => {
    const { found, values } = run(postalCode, bare, {
      ...NO_POLICY,
      codes: { POSTAL_CODE_HYPHEN: { effect: 'load' } },
    });
    expect(values).toEqual(['15213', 'PL']);
    expect(found?.[0]?.effect).toBe('load');
  });

  test('say and repair nothing for a code that is off', () => {
    const off = { ...NO_POLICY, codes: { POSTAL_CODE_HYPHEN: { off: 'uzgodniono z archiwum' } } };
    const { found, values } = run(postalCode, bare, off);
    expect([found, values]).toEqual([null, ['15213', 'PL']]);
  });

  test('keep a record out under a strict policy', () => {
    const wrong = { record: { pesel: '98223000248' }, says: [] };
    expect(run(pesel, wrong).found?.[0]?.effect).toBe('load');
    expect(run(pesel, wrong, { ...NO_POLICY, strict: true }).found?.[0]?.effect).toBe('reject');
  });

  test('never clear a value that the target must have', () => {
    const plan = planOf(postalCode, bare);
    const required = { ...plan, fields: plan.fields.map((field) => ({ ...field, required: true })) };
    expect(compile(required)([], ['15213', 'PL'])?.[0]?.effect).toBe('change');
  });

  test('show an instant as local time of the office', () => {
    const example = { record: { zakonczona: false, zakonczenie: '2019-07-01 12:30' }, says: [] };
    const plan = planOf(folderState, example);
    expect(compile(plan)([], [false, warsaw('2019-07-01 12:30')])?.[0]?.value).toBe('2019-07-01 12:30:00');
  });

  test('that name a rule or a column which is not there are refused', () => {
    const plan = planOf(pesel, { record: { pesel: null }, says: [] });
    const [rule] = plan.rules as [Extract<RulePlan, { kind: 'named' }>];
    expect(() => compile({ ...plan, rules: [{ ...rule, rule: 'nieZnana' }] })).toThrow('nieZnana');
    expect(() => compile({ ...plan, rules: [{ ...rule, columns: { pesel: 'brak' } }] })).toThrow('brak');
    expect(() => compile({ ...plan, rules: [{ ...rule, columns: {} }] })).toThrow('pesel');
  });
});

describe('an expression rule', () => {
  test('says its finding when it is false, and nothing when it is true or a value is missing', () => {
    const text = 'koniec == null || koniec >= start';
    const plan = withCel(text, ['koniec', 'start'], { koniec: 1, start: 1 });
    const rules = compile(plan);
    expect(rules([], [2, 1])).toBeNull();
    expect(rules([], [null, 1])).toBeNull();
    expect(rules([], [1, 2])).toEqual([
      { code: 'OWN_RULE', severity: 'warning', effect: 'load', params: { rule: text } },
    ]);
  });

  test('sees source columns in any case, and target columns first', () => {
    const plan = withCel('id == 5', ['id'], { kod: '' });
    expect(compile(plan)([5], [''])).toBeNull();
    expect(compile(plan)(['6'], [''])?.[0]?.code).toBe('OWN_RULE');
  });

  test('that fails on a record is EXPR_FAILED, without the value', () => {
    const plan = withCel('kod + 1 == 2', ['kod'], { kod: 'tajne' });
    const found = compile(plan)([], ['tajne']);
    expect(found?.[0]?.code).toBe('EXPR_FAILED');
    expect(JSON.stringify(found)).not.toContain('tajne');
  });

  test('is under the policy of the office like any other', () => {
    const plan = withCel('kod == "a"', ['kod'], { kod: 'b' });
    const policy = { ...NO_POLICY, codes: { OWN_RULE: { severity: 'error' } }, strict: true } as const;
    expect(compile(plan, policy)([], ['b'])?.[0]).toMatchObject({ severity: 'error', effect: 'reject' });
  });
});

import { expect, test } from 'vitest';
import { makePolicy } from '../../src/validate/explain.ts';
import { setChecks } from '../../src/validate/set-checks.ts';
import { DEFAULT_SET_CONTEXT } from '../../src/validate/set-rule.ts';
import { SET_RULES } from '../../src/validate/set-rules.ts';

test('all rules across records run unless the office switched one off', () => {
  expect(setChecks(makePolicy(false, {}), DEFAULT_SET_CONTEXT)).toHaveLength(SET_RULES.length);
  const codes = setChecks(makePolicy(false, { CASE_NUMBER_GAP: { off: 'luki są dozwolone' } }), DEFAULT_SET_CONTEXT);
  expect(codes.map(({ code }) => code)).not.toContain('CASE_NUMBER_GAP');
  expect(codes).toHaveLength(SET_RULES.length - 1);
});

test('a rule across records has the severity of the office, and rejects not even under a strict policy', () => {
  const checks = setChecks(makePolicy(true, { SIGN_DUPLICATE: { severity: 'warning' } }), DEFAULT_SET_CONTEXT);
  expect(checks.find(({ code }) => code === 'SIGN_DUPLICATE')?.severity).toBe('warning');
  expect(checks.filter(({ effect }) => effect !== 'load')).toEqual([]);
});

test('statements name the schema and the zone asked for, quoted', () => {
  const context = { ...DEFAULT_SET_CONTEXT, schema: 'pro"ba', timezone: "Europe/O'Slo", handOverCodes: [1, 7] };
  const sql = setChecks(makePolicy(false, {}), context)
    .map((check) => check.sql)
    .join('\n');
  expect(sql).toContain('"pro""ba"."sprawa"');
  expect(sql).toContain("'Europe/O''Slo'");
  expect(sql).toContain('typ_kod IN (1, 7)');
  expect(sql).not.toContain('"ezd"');
});

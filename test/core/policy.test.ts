import { describe, expect, test } from 'vitest';
import { applyPolicy, NO_POLICY } from '../../src/core/policy.ts';

const finding = { code: 'PESEL_CHECKSUM', severity: 'error', effect: 'load' } as const;
const warning = { code: 'SIGN_UNIT_DOT', severity: 'warning', effect: 'load' } as const;

describe("an office's policy", () => {
  test('that says nothing returns the very same finding', () => {
    expect(applyPolicy(finding, NO_POLICY)).toBe(finding);
    expect(applyPolicy(finding, { ...NO_POLICY, codes: { OTHER: { severity: 'info' } } })).toBe(finding);
  });

  test('changes severity and effect apart from each other', () => {
    const policy = {
      ...NO_POLICY,
      codes: { PESEL_CHECKSUM: { severity: 'warning' }, SIGN_UNIT_DOT: { effect: 'reject' } },
    } as const;
    expect(applyPolicy(finding, policy)).toEqual({ ...finding, severity: 'warning' });
    expect(applyPolicy(warning, policy)).toEqual({ ...warning, effect: 'reject' });
  });

  test('that is strict turns every error, and nothing else, into a reject', () => {
    const strict = { ...NO_POLICY, strict: true };
    expect(applyPolicy(finding, strict)).toEqual({ ...finding, effect: 'reject' });
    expect(applyPolicy(warning, strict)).toBe(warning);
    expect(applyPolicy(finding, { ...strict, codes: { PESEL_CHECKSUM: { severity: 'warning' } } })?.effect).toBe(
      'load',
    );
  });

  test('cannot keep out what is already loaded', () => {
    expect(applyPolicy(finding, { ...NO_POLICY, strict: true, afterLoad: ['PESEL_CHECKSUM'] })).toBe(finding);
  });

  test('switches a code off', () => {
    expect(applyPolicy(finding, { ...NO_POLICY, codes: { PESEL_CHECKSUM: { off: 'agreed' } } })).toBeNull();
  });

  test('applied twice does what it does once', () => {
    const policy = { strict: true, codes: { SIGN_UNIT_DOT: { severity: 'error' } }, afterLoad: [] } as const;
    const once = applyPolicy(warning, policy)!;
    expect(applyPolicy(once, policy)).toBe(once);
  });
});

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { AREAS, fillTemplate } from '../../src/core/code-entry.ts';
import { EFFECTS, SEVERITIES } from '../../src/core/finding.ts';
import { AFTER_LOAD_CODES, CODES, personalKindOf } from '../../src/validate/catalogue.ts';
import { checkDecisions } from '../../src/validate/check-decisions.ts';
import { explainCode, listCodes, makePolicy, similarCodes } from '../../src/validate/explain.ts';
import { RULE_SIGNATURES, RULES } from '../../src/validate/rule-book.ts';
import { rulesDocument } from '../../src/validate/rules-document.ts';
import { SET_RULES } from '../../src/validate/set-rules.ts';

const entries = [...CODES.values()];

describe('the catalogue of codes', () => {
  test.each(entries.map((entry) => [entry.code, entry] as const))('has all of %s', (code, entry) => {
    expect(code).toMatch(/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/);
    expect(AREAS).toContain(entry.area);
    expect(SEVERITIES).toContain(entry.severity);
    expect(EFFECTS).toContain(entry.effect);
    for (const text of [entry.message, entry.hint]) {
      expect(text.pl).toMatch(/^\S.*\S$/s);
      expect(text.en).toMatch(/^\S.*\S$/s);
      expect(parametersOf(text.pl)).toEqual(parametersOf(text.en));
    }
  });

  test('says one thing by one code: no two rules share a code unless they share the entry', () => {
    const all = [...RULES.flatMap((rule) => rule.codes), ...SET_RULES.map((rule) => rule.entry)];
    for (const entry of all) expect(CODES.get(entry.code)).toBe(entry);
  });

  test('rejects by default only what cannot be read or what the target cannot hold', () => {
    const rejecting = entries.filter(({ effect }) => effect === 'reject').map(({ code }) => code);
    expect(rejecting.sort()).toEqual([
      'CODE_UNKNOWN',
      'CSV_BROKEN_LINE',
      'DB_REFUSED',
      'FIELD_REQUIRED',
      'KEY_DUPLICATE',
      'KEY_MISSING',
      'PACKAGE_METADATA_MISSING',
      'PACKAGE_XML_BROKEN',
      'PACKAGE_XML_REFUSED',
      'PARENT_MISSING',
      'PARENT_REJECTED',
      'TYPE_INVALID',
    ]);
  });

  test('repairs only where a rule or the program changes the value', () => {
    for (const entry of entries.filter(({ origin, effect }) => origin === 'record' && effect === 'change')) {
      expect(entry.repairs, entry.code).toBe(true);
    }
  });

  test('hides the value of every identifier of a person', () => {
    const identifiers = entries.filter(({ code }) => /^(PESEL|NIP|REGON|EMAIL|EPUAP|EDELIVERY|POSTAL)_/.test(code));
    expect(identifiers.length).toBeGreaterThan(15);
    for (const { code } of identifiers) expect(personalKindOf(code), code).not.toBe('none');
  });

  test('fills messages with parameters and leaves unknown ones', () => {
    expect(fillTemplate('{found} a {expected} {other}', { found: 1, expected: 'b' })).toBe('1 a b {other}');
  });
});

const parametersOf = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!).sort();

describe('explaining', () => {
  test('a code shows its rule, wrong and right examples', () => {
    const explained = explainCode('pesel_checksum')!;
    expect(explained.rules.map(({ name }) => name)).toEqual(['pesel']);
    expect(explained.wrong.every(({ says }) => says.includes('PESEL_CHECKSUM'))).toBe(true);
    expect(explained.right.length).toBeGreaterThan(0);
    expect(explained.sql).toBeNull();
  });

  test('a rule across records shows its statement for the schema asked', () => {
    expect(explainCode('SIGN_DUPLICATE')?.sql).toContain('"ezd"."sprawa"');
  });

  test('shows what the office decided', () => {
    const policy = makePolicy(false, { CASE_OVERDUE: { off: 'zaległości rozliczamy osobno' } });
    expect(explainCode('CASE_OVERDUE', policy)?.decision?.off).toBe('zaległości rozliczamy osobno');
    expect(listCodes(policy).filter(({ decision }) => decision !== null)).toHaveLength(1);
  });

  test('answers null for no code, and knows what was meant', () => {
    expect(explainCode('PESEL_CHEKSUM')).toBeNull();
    expect(similarCodes('PESEL_CHEKSUM')[0]).toMatch(/^PESEL_/);
    expect(similarCodes('sign year')[0]).toBe('SIGN_SHORT_YEAR');
  });

  test('works for every code', () => {
    for (const { entry } of listCodes()) expect(explainCode(entry.code)?.entry).toBe(entry);
  });
});

describe("an office's decisions", () => {
  const messages = (decisions: Parameters<typeof checkDecisions>[0], own: string[] = []) =>
    checkDecisions(decisions, own).map(({ message }) => message.en);

  test('that can be done are accepted', () => {
    expect(
      messages({
        PESEL_CHECKSUM: { severity: 'warning', effect: 'reject' },
        POSTAL_CODE_HYPHEN: { effect: 'load' },
        LIMIT_TITLE_LENGTH: { threshold: 250 },
        SIGN_UNIT_DOT: { off: 'zgodne z regulaminem' },
        KEY_MISSING: { severity: 'warning' },
        SIGN_DUPLICATE: { severity: 'warning' },
      }),
    ).toEqual([]);
  });

  test.each([
    [{ PESEL_CHEKSUM: {} }, 'There is no code PESEL_CHEKSUM.'],
    [{ SIGN_UNIT_DOT: { off: ' ' } }, 'SIGN_UNIT_DOT is switched off without a reason.'],
    [{ KEY_MISSING: { effect: 'load' } }, 'The effect of KEY_MISSING cannot be changed'],
    [{ CHAR_NUL: { off: 'x' } }, 'The effect of CHAR_NUL cannot be changed'],
    [{ PESEL_CHECKSUM: { effect: 'change' } }, 'PESEL_CHECKSUM has nothing that it could repair.'],
    [{ SIGN_DUPLICATE: { effect: 'reject' } }, 'SIGN_DUPLICATE is raised after loading'],
    [{ PESEL_CHECKSUM: { threshold: 5 } }, 'PESEL_CHECKSUM has no threshold.'],
  ] as const)('%j is refused: %s', (decisions, message) => {
    expect(messages(decisions)[0]).toContain(message);
  });

  test('may name codes of their own expression rules', () => {
    expect(messages({ MOJA_REGULA: { severity: 'info' } }, ['MOJA_REGULA'])).toEqual([]);
  });

  test('never let a strict run reject what is already loaded', () => {
    expect(makePolicy(true, {}).afterLoad).toEqual(AFTER_LOAD_CODES);
    expect(AFTER_LOAD_CODES).toContain('SIGN_DUPLICATE');
    expect(AFTER_LOAD_CODES).not.toContain('PESEL_CHECKSUM');
  });
});

test('the mapping compiler knows every rule with its columns and codes', () => {
  expect(Object.keys(RULE_SIGNATURES)).toEqual(RULES.map(({ name }) => name));
  expect(RULE_SIGNATURES['pesel']?.codes).toMatchObject({ PESEL_CHECKSUM: 'error', PESEL_FUTURE: 'warning' });
});

test('docs/rules.md is current (npm run docs:rules)', () => {
  expect(readFileSync('docs/rules.md', 'utf8')).toBe(rulesDocument());
});

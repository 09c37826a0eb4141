import { expect, test } from 'vitest';
import { LANGUAGES } from '../../src/core/text.ts';
import { findingKindText } from '../../src/i18n/finding-text.ts';
import { KIND_TEXTS } from '../../src/i18n/kind-texts.ts';
import { CODES } from '../../src/validate/catalogue.ts';

test('every kind of findings is told in a sentence without holes, in both languages', () => {
  for (const code of CODES.keys()) {
    for (const language of LANGUAGES) {
      const text = findingKindText(code, CODES, language);
      expect(text, code).toMatch(/^\p{Lu}.{10,}$/u);
      expect(text, code).not.toMatch(/[{}…]|\.\.|: \.| {2}/);
    }
  }
});

test('a kind of findings keeps its message where that has no parameters, and loses only what differs from record to record', () => {
  expect(findingKindText('KEY_MISSING', CODES, 'en')).toBe(CODES.get('KEY_MISSING')?.message.en);
  expect(findingKindText('SIGN_DUPLICATE', CODES, 'en')).toBe('Another case has the same sign.');
  expect(findingKindText('PARENT_REJECTED', CODES, 'pl')).toBe('Wymagany rekord nadrzędny został odrzucony.');
  expect(findingKindText('RULE_OF_THE_OFFICE', CODES, 'en')).toBe('RULE_OF_THE_OFFICE');
});

test('every text of a kind belongs to a code whose message has parameters', () => {
  const needless = Object.keys(KIND_TEXTS).filter((code) => !CODES.get(code)?.message.en.includes('{'));
  expect(needless).toEqual([]);
});

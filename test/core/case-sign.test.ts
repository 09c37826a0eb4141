import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CaseSign, formatSign, parseLenient, parseStrict, signIdentity } from '../../src/core/case-sign.ts';

const read = (text: string): CaseSign | null => {
  const out: CaseSign = { unit: '', jrwa: '', no: 0, sub: 0, year: 0, ref: null };
  return parseStrict(text, out) ? out : null;
};

/** The grammar of the rule book as a regular expression, to hold the hand-written reader against. */
const GRAMMAR =
  /^(?<unit>[0-9A-ZĄĆĘŁŃÓŚŹŻ]{1,12}(?:-[0-9A-ZĄĆĘŁŃÓŚŹŻ]{1,12})*)\.(?<jrwa>\d{2,5})\.(?<no>[1-9]\d{0,6})(?:\.(?<sub>[1-9]\d{0,6}))?\.(?<year>(?:19|20)\d{2})(?:\.(?<ref>[A-ZĄĆĘŁŃÓŚŹŻ][0-9A-ZĄĆĘŁŃÓŚŹŻ]{0,9}))?$/u;

const byGrammar = (text: string): CaseSign | null => {
  const groups = GRAMMAR.exec(text)?.groups;
  return groups === undefined
    ? null
    : {
        unit: groups['unit']!,
        jrwa: groups['jrwa']!,
        no: Number(groups['no']),
        sub: Number(groups['sub'] ?? 0),
        year: Number(groups['year']),
        ref: groups['ref'] ?? null,
      };
};

const nearSigns = fc.oneof(
  fc.stringMatching(/^[A-ZŁ0-9-]{1,14}\.\d{1,6}\.\d{1,8}(\.\d{1,8})?\.\d{3,5}(\.[A-Za-zŻ0-9]{1,12})?$/u),
  fc.stringMatching(GRAMMAR),
  fc.stringMatching(/^[A-Z0-9./-]{0,24}$/),
);

describe('a case sign', () => {
  test('is read strictly exactly as the grammar says', () => {
    fc.assert(
      fc.property(nearSigns, (text) => {
        expect(read(text)).toEqual(byGrammar(text));
      }),
      { numRuns: 3000 },
    );
  });

  test('is rebuilt from its parts without the mark of the person', () => {
    fc.assert(
      fc.property(fc.stringMatching(GRAMMAR), (text) => {
        expect(formatSign(read(text)!)).toBe(signIdentity(text));
      }),
    );
  });

  test('that is strict reads the same leniently', () => {
    fc.assert(
      fc.property(fc.stringMatching(GRAMMAR), (text) => {
        const { dotInUnit, leadingZero, shortYear, classDigits, ...lenient } = parseLenient(text)!;
        expect(lenient).toEqual(read(text));
        expect([dotInUnit, leadingZero, shortYear, classDigits > 1]).toEqual([false, false, false, true]);
      }),
    );
  });

  test.each([
    ['OR.III.0123.4.2015', 'OR.III', '0123', 4, 0, 2015, null],
    ['or.iii.0123.4.15', 'OR.III', '0123', 4, 0, 2015, null],
    ['ABC.123.78.2.2011.JK2', 'ABC', '123', 78, 2, 2011, 'JK2'],
    ['ABC.123.77.98', 'ABC', '123', 77, 0, 1998, null],
  ])('of old data, %s, is read from the right', (text, unit, jrwa, no, sub, year, ref) => {
    expect(parseLenient(text)).toMatchObject({ unit, jrwa, no, sub, year, ref });
  });

  test.each(['ABC', '1.2.3', 'ABC..1.2011', 'ABC.123.77.3011', '123.77.2011'])(
    '%s is no sign, however lenient',
    (text) => {
      expect(parseLenient(text)).toBeNull();
    },
  );

  test.each([
    ['ABC.123.77.2011.JK2', 'ABC.123.77.2011'],
    ['ABC.123.77.2011', 'ABC.123.77.2011'],
    ['OR.I.0123/4/09', 'OR.I.0123/4/09'],
  ])('%s has the identity %s', (text, identity) => {
    expect(signIdentity(text)).toBe(identity);
  });
});

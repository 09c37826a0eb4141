import type { CaseSign } from '../../core/case-sign.ts';
import type { Check, Report, Rule, RuleUse } from '../rule.ts';
import { textOf } from '../rule.ts';
import { signCodes } from './codes.ts';
import { examples } from './examples.ts';
import { readSign } from './form.ts';

/** Case sign: strict form, else the lenient one with what is odd about it; and that its parts agree with the row of the case list. */
export const caseSign: Rule = {
  name: 'znakSprawy',
  doc: {
    pl: 'Znak sprawy: postać (ścisła, dawna) i zgodność części znaku z wierszem spisu spraw.',
    en: 'Case sign: its form (strict, lenient, old) and that its parts agree with the row of the case list.',
  },
  columns: {
    znak: { default: 'znak', takes: 'text' },
    klasa: { default: 'symbol_klasy', optional: true, takes: 'text' },
    lp: { default: 'lp', optional: true, takes: 'integer' },
    rok: { default: 'rok', optional: true, takes: 'integer' },
    bazowa: { default: 'id_sprawa_bazowa', optional: true, takes: 'key' },
  },
  codes: signCodes,
  examples,
  bind: bindCaseSign,
};

function bindCaseSign(use: RuleUse): Check {
  const sign = use.at('znak');
  const jrwa = use.at('klasa');
  const lp = use.at('lp');
  const year = use.at('rok');
  const base = use.at('bazowa');
  const scratch: CaseSign = { unit: '', jrwa: '', no: 0, sub: 0, year: 0, ref: null };
  return (values, report) => {
    const text = textOf(values[sign]);
    if (text === null || text === '') return;
    const rok = year < 0 ? null : numberOf(values[year]);
    const read = readSign(text, rok, sign, report, scratch);
    if (read === null) return;
    compareText('SIGN_CLASS_MISMATCH', read.jrwa, jrwa < 0 ? null : textOf(values[jrwa]), sign, report);
    compareNumber('SIGN_NUMBER_MISMATCH', read.sub || read.no, lp < 0 ? null : numberOf(values[lp]), sign, report);
    compareNumber('SIGN_YEAR_MISMATCH', read.year, rok, sign, report);
    if (base >= 0 && read.sub === 0 && values[base] != null) report('SIGN_SUBNUMBER_MISSING', sign);
  };
}

const numberOf = (value: unknown): number | null =>
  typeof value === 'number' ? value : value === null || value === undefined || value === '' ? null : Number(value);

function compareText(code: string, found: string, expected: string | null, index: number, report: Report): void {
  if (expected !== null && expected !== '' && expected !== found) report(code, index, { found, expected });
}

function compareNumber(code: string, found: number, expected: number | null, index: number, report: Report): void {
  if (expected !== null && expected !== found && !Number.isNaN(expected)) report(code, index, { found, expected });
}

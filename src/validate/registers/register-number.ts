import { entries } from '../entries.ts';
import { type Rule, textOf } from '../rule.ts';

/** A register number taken apart: `RPW/217/2019`. */
export interface RegisterNumber {
  readonly register: string;
  readonly no: number;
  readonly year: number;
}

const FORM = /^([^/]+)\/([1-9]\d*)\/((?:19|20)\d{2})$/;

/** Reads a register number with one of the prefixes; null when it is none. */
export function parseRegisterNumber(text: string, prefixes: readonly string[]): RegisterNumber | null {
  const parts = FORM.exec(text);
  return parts !== null && prefixes.includes(parts[1]!)
    ? { register: parts[1]!, no: Number(parts[2]), year: Number(parts[3]) }
    : null;
}

/** Prefixes of registers as offices usually have them. */
export const REGISTER_PREFIXES = 'RPW,RPWych,RPWew,RKW';

const codes = entries(
  { area: 'registers', origin: 'record', effect: 'load', personal: 'none' },
  {
    REGISTER_NUMBER_FORM: [
      'error',
      ['Numer w rejestrze nie ma postaci RPW/217/2019.', 'The register number is not of the form RPW/217/2019.'],
      [
        'Popraw numer; jeżeli urząd ma inne przedrostki, podaj je w opcji przedrostki reguły.',
        'Correct the number; if the office has other prefixes, name them in the option przedrostki of the rule.',
      ],
    ],
    REGISTER_NUMBER_MISMATCH: [
      'error',
      [
        'Numer w rejestrze to {found}, a kolumny numeru i roku mówią {expected}.',
        'The register number is {found}, the columns of number and year say {expected}.',
      ],
      ['Popraw ten zapis, który jest błędny.', 'Correct the one that is wrong.'],
    ],
  },
);

/** Number in the RPW or another register, and that its parts agree with the columns beside it. */
export const registerNumber: Rule = {
  name: 'numerRejestru',
  doc: {
    pl: 'Numer w rejestrze przesyłek: przedrostek/numer/rok, zgodny z kolumnami numeru i roku.',
    en: 'Number in a register of letters: prefix/number/year, agreeing with the columns of number and year.',
  },
  columns: {
    numer: { default: 'znak_wplywu', takes: 'text' },
    lp: { default: 'numer_rpw', optional: true, takes: 'integer' },
    rok: { default: 'rok', optional: true, takes: 'integer' },
  },
  options: {
    przedrostki: {
      kind: 'string',
      default: REGISTER_PREFIXES,
      doc: { pl: 'Przedrostki rejestrów, po przecinku.', en: 'Prefixes of registers, joined by commas.' },
    },
  },
  codes,
  examples: [
    { record: { numer: 'RPW/217/2019', lp: 217, rok: 2019 }, says: [] },
    { record: { numer: 'RPW/1/2024' }, says: [] },
    { record: { numer: 'KP/7/2024' }, options: { przedrostki: 'RPW, KP' }, says: [] },
    { record: { numer: null }, says: [] },
    { record: { numer: 'RPW/0217/2019' }, says: ['REGISTER_NUMBER_FORM'] },
    { record: { numer: 'RPW/217/19' }, says: ['REGISTER_NUMBER_FORM'] },
    { record: { numer: 'KP/7/2024' }, says: ['REGISTER_NUMBER_FORM'] },
    { record: { numer: 'RPW/217/2019', lp: 218, rok: 2019 }, says: ['REGISTER_NUMBER_MISMATCH'] },
  ],
  bind: (use) => {
    const index = use.at('numer');
    const lp = use.at('lp');
    const year = use.at('rok');
    const prefixes = String(use.option('przedrostki'))
      .split(',')
      .map((prefix) => prefix.trim());
    return (values, report) => {
      const text = textOf(values[index]);
      if (text === null || text === '') return;
      const number = parseRegisterNumber(text, prefixes);
      if (number === null) return report('REGISTER_NUMBER_FORM', index);
      const no = lp < 0 || values[lp] === null ? number.no : Number(values[lp]);
      const of = year < 0 || values[year] === null ? number.year : Number(values[year]);
      if (no === number.no && of === number.year) return;
      report('REGISTER_NUMBER_MISMATCH', index, { found: text, expected: `${number.register}/${no}/${of}` });
    };
  },
};

import { entries } from '../entries.ts';
import { type Rule, textCheck } from '../rule.ts';
import { digitAt, isDigits, weightedSum } from './digits.ts';

const SHORT = [8, 9, 2, 3, 4, 5, 6, 7] as const;
const LONG = [2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8] as const;

const checkDigit = (digits: string, weights: readonly number[]): number => (weightedSum(digits, weights) % 11) % 10;

/** Check digit of the first eight digits. */
export const regonCheckDigit = (digits: string): number => checkDigit(digits, SHORT);
/** Check digit of the first thirteen digits of a local unit's number. */
export const regonLongCheckDigit = (digits: string): number => checkDigit(digits, LONG);

const shortPasses = (digits: string): boolean => regonCheckDigit(digits) === digitAt(digits, 8);

/** Code of what is wrong with a REGON of 9, 14 or (old form) 7 digits, or null. */
export function regonFault(text: string): string | null {
  if (/^0+$/.test(text)) return 'REGON_FORM';
  if (isDigits(text, 9)) return shortPasses(text) ? null : 'REGON_CHECKSUM';
  if (isDigits(text, 14)) {
    return shortPasses(text) && regonLongCheckDigit(text) === digitAt(text, 13) ? null : 'REGON_CHECKSUM';
  }
  if (isDigits(text, 7)) return shortPasses(`00${text}`) ? 'REGON_OLD' : 'REGON_OLD_CHECKSUM';
  return 'REGON_FORM';
}

const codes = entries(
  { area: 'identifiers', origin: 'record', effect: 'load', personal: 'number' },
  {
    REGON_FORM: [
      'error',
      ['REGON nie ma 9 ani 14 cyfr.', 'The REGON is neither nine nor fourteen digits.'],
      ['Popraw numer według rejestru REGON albo usuń go.', 'Correct the number from the REGON register, or remove it.'],
    ],
    REGON_CHECKSUM: [
      'error',
      ['Cyfra kontrolna numeru REGON się nie zgadza.', 'The check digit of the REGON is wrong.'],
      ['Porównaj z rejestrem REGON i popraw.', 'Compare with the REGON register and correct it.'],
    ],
    REGON_OLD: [
      'info',
      [
        'REGON w dawnej postaci 7 cyfr; poprawny po dopisaniu dwóch zer z przodu.',
        'The REGON has its old form of seven digits; right with two zeros in front.',
      ],
      ['Nic nie trzeba robić; można dopisać zera.', 'Nothing to do; the zeros may be added.'],
    ],
    REGON_OLD_CHECKSUM: [
      'warning',
      [
        'REGON ma 7 cyfr i nie jest poprawny także po dopisaniu dwóch zer z przodu.',
        'The REGON has seven digits and is wrong even with two zeros in front.',
      ],
      ['Porównaj z rejestrem REGON i popraw.', 'Compare with the REGON register and correct it.'],
    ],
  },
);

/** REGON: nine or fourteen digits with check digits; seven-digit old numbers are padded. */
export const regon: Rule = {
  name: 'regon',
  doc: {
    pl: 'Numer REGON: 9 lub 14 cyfr z cyframi kontrolnymi; dawne 7 cyfr po dopisaniu zer.',
    en: 'REGON number: nine or fourteen digits with check digits; the old seven digits after padding with zeros.',
  },
  columns: { regon: { default: 'regon', takes: 'text' } },
  codes,
  examples: [
    { record: { regon: '123456785' }, says: [] },
    { record: { regon: '192598184' }, says: [] },
    { record: { regon: '12345678512347' }, says: [] },
    { record: { regon: '192598183' }, says: ['REGON_CHECKSUM'] },
    { record: { regon: '12345678512348' }, says: ['REGON_CHECKSUM'] },
    { record: { regon: '12345678612342' }, says: ['REGON_CHECKSUM'] },
    { record: { regon: '000000000' }, says: ['REGON_FORM'] },
    { record: { regon: '12345' }, says: ['REGON_FORM'] },
    { record: { regon: '1234564' }, says: ['REGON_OLD_CHECKSUM'] },
    { record: { regon: '1234562' }, says: ['REGON_OLD'] },
  ],
  bind: textCheck('regon', regonFault),
};

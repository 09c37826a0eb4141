import { localDay } from '../dates/local-time.ts';
import { entries } from '../entries.ts';
import { type Rule, textOf } from '../rule.ts';
import { digitAt, isDigits, weightedSum } from './digits.ts';

const WEIGHTS = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3] as const;
const CENTURIES = [1900, 2000, 2100, 2200, 1800] as const;
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31] as const;

/** Check digit of the first ten digits. */
export const peselCheckDigit = (digits: string): number => (10 - (weightedSum(digits, WEIGHTS) % 10)) % 10;

/** Birth date in a PESEL as `year * 10000 + month * 100 + day`, or 0 when there is no such day. The text must be eleven digits. */
export function peselBirthDate(pesel: string): number {
  const coded = digitAt(pesel, 2) * 10 + digitAt(pesel, 3);
  const year = CENTURIES[Math.floor(coded / 20)]! + digitAt(pesel, 0) * 10 + digitAt(pesel, 1);
  const month = coded % 20;
  const day = digitAt(pesel, 4) * 10 + digitAt(pesel, 5);
  if (month < 1 || month > 12 || day < 1 || day > DAYS[month - 1]!) return 0;
  if (month === 2 && day === 29 && !(year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0))) return 0;
  return year * 10000 + month * 100 + day;
}

/** Code of what is wrong with a PESEL, or null. `today` as `year * 10000 + month * 100 + day`. */
export function peselFault(pesel: string, today: number): string | null {
  if (!isDigits(pesel, 11)) return isDigits(pesel, 10) && passes(`0${pesel}`) ? 'PESEL_ZERO_LOST' : 'PESEL_FORM';
  const birth = peselBirthDate(pesel);
  if (birth === 0) return 'PESEL_DATE';
  if (peselCheckDigit(pesel) !== digitAt(pesel, 10)) return 'PESEL_CHECKSUM';
  return birth > today ? 'PESEL_FUTURE' : null;
}

const passes = (pesel: string): boolean => peselCheckDigit(pesel) === digitAt(pesel, 10) && peselBirthDate(pesel) !== 0;

const source = { text: 'ustawa z dnia 24 września 2010 r. o ewidencji ludności, art. 15', read: false } as const;
const codes = entries(
  { area: 'identifiers', origin: 'record', effect: 'load', personal: 'pesel', source },
  {
    PESEL_FORM: [
      'error',
      ['PESEL nie ma 11 cyfr.', 'The PESEL is not eleven digits.'],
      [
        'Popraw numer według dokumentu albo usuń go, jeżeli to nie jest PESEL.',
        'Correct the number from the document, or remove it if it is no PESEL.',
      ],
    ],
    PESEL_CHECKSUM: [
      'error',
      ['Cyfra kontrolna numeru PESEL się nie zgadza.', 'The check digit of the PESEL is wrong.'],
      [
        'Zwykle jedna cyfra jest błędna lub dwie są przestawione: porównaj z dokumentem.',
        'Usually one digit is wrong or two are swapped: compare with the document.',
      ],
    ],
    PESEL_DATE: [
      'error',
      ['Data urodzenia w numerze PESEL nie istnieje.', 'The birth date in the PESEL does not exist.'],
      ['Popraw numer według dokumentu.', 'Correct the number from the document.'],
    ],
    PESEL_FUTURE: [
      'warning',
      ['Data urodzenia w numerze PESEL jest w przyszłości.', 'The birth date in the PESEL is in the future.'],
      [
        'Sprawdź stulecie: miesiąc powiększony o 20 oznacza lata 2000–2099.',
        'Check the century: a month raised by 20 means the years 2000–2099.',
      ],
    ],
    PESEL_ZERO_LOST: [
      'warning',
      [
        'PESEL ma 10 cyfr i byłby poprawny z zerem na początku.',
        'The PESEL has ten digits and would be right with a leading zero.',
      ],
      [
        'Zero zginęło zapewne w kolumnie liczbowej: dopisz je korektą.',
        'The zero was probably lost in a number column: add it by a correction.',
      ],
    ],
  },
);

/** PESEL: eleven digits, check digit, a real date of birth. */
export const pesel: Rule = {
  name: 'pesel',
  doc: {
    pl: 'Numer PESEL: 11 cyfr, cyfra kontrolna, istniejąca data urodzenia.',
    en: 'PESEL number: eleven digits, check digit, a birth date that exists.',
  },
  columns: { pesel: { default: 'pesel', takes: 'text' } },
  codes,
  examples: [
    { record: { pesel: '99323100016' }, now: '2100-01-01', says: [] },
    { record: { pesel: '98222800245' }, now: '2100-01-01', says: [] },
    { record: { pesel: '97270411135' }, now: '2100-01-01', says: [] },
    { record: { pesel: null }, says: [] },
    { record: { pesel: '99323100016' }, says: ['PESEL_FUTURE'] },
    { record: { pesel: '99323100012' }, now: '2100-01-01', says: ['PESEL_CHECKSUM'] },
    { record: { pesel: '98223000249' }, now: '2100-01-01', says: ['PESEL_DATE'] },
    { record: { pesel: '98223000248' }, now: '2100-01-01', says: ['PESEL_DATE'] },
    { record: { pesel: '9932310001' }, now: '2100-01-01', says: ['PESEL_FORM'] },
    { record: { pesel: '00000000000' }, says: ['PESEL_DATE'] },
    { record: { pesel: '1410112347' }, says: ['PESEL_ZERO_LOST'] },
    { record: { pesel: 'brak' }, says: ['PESEL_FORM'] },
  ],
  bind: (use) => {
    const index = use.at('pesel');
    const today = localDay(use.now, use.timezone);
    return (values, report) => {
      const text = textOf(values[index]);
      if (text === null || text === '') return;
      const code = peselFault(text, today);
      if (code !== null) report(code, index);
    };
  },
};

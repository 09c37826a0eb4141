import { entries } from '../entries.ts';
import { type Rule, textOf } from '../rule.ts';
import { digitAt, isDigits, weightedSum } from './digits.ts';

const WEIGHTS = [6, 5, 7, 2, 3, 4, 5, 6, 7] as const;

/** Check digit of the first nine digits; 10 when no digit can follow. */
export const nipCheckDigit = (digits: string): number => weightedSum(digits, WEIGHTS) % 11;

/** The bare number: without `PL`, hyphens and spaces. */
export const nipDigits = (text: string): string => (isDigits(text, 10) ? text : text.replace(/^PL|[-\s]/gi, ''));

/** Words that are really found in place of a number (`Brak danych o NIP`). */
const PLACEHOLDER = /^[-–.\s]*$|brak|nie dotyczy|n\/d/i;

/** Code of what is wrong with a NIP, or null. */
export function nipFault(text: string): string | null {
  const digits = nipDigits(text);
  if (!isDigits(digits, 10)) return PLACEHOLDER.test(text) ? 'NIP_PLACEHOLDER' : 'NIP_FORM';
  if (digits.charCodeAt(0) === 48) return 'NIP_FORM';
  return nipCheckDigit(digits) === digitAt(digits, 9) ? null : 'NIP_CHECKSUM';
}

const codes = entries(
  { area: 'identifiers', origin: 'record', effect: 'load', personal: 'number' },
  {
    NIP_FORM: [
      'error',
      ['NIP nie ma 10 cyfr albo zaczyna się od zera.', 'The NIP is not ten digits, or begins with a zero.'],
      ['Popraw numer według dokumentu albo usuń go.', 'Correct the number from the document, or remove it.'],
    ],
    NIP_CHECKSUM: [
      'error',
      ['Cyfra kontrolna numeru NIP się nie zgadza.', 'The check digit of the NIP is wrong.'],
      [
        'Zwykle jedna cyfra jest błędna lub dwie są przestawione: porównaj z dokumentem.',
        'Usually one digit is wrong or two are swapped: compare with the document.',
      ],
    ],
    NIP_PLACEHOLDER: [
      'warning',
      [
        'Zamiast numeru NIP wpisano tekst; pole zostaje puste.',
        'There is text instead of a NIP; the field stays empty.',
      ],
      ['Nic nie trzeba robić, jeżeli numeru nie ma.', 'Nothing to do if there is no number.'],
      { effect: 'change', repairs: true },
    ],
  },
);

/** NIP (tax number): ten digits with a check digit; hyphens, spaces and `PL` are allowed. */
export const nip: Rule = {
  name: 'nip',
  doc: {
    pl: 'Numer NIP: 10 cyfr i cyfra kontrolna; kreski, spacje i przedrostek PL są dozwolone.',
    en: 'NIP (tax number): ten digits with a check digit; hyphens, spaces and the prefix PL are allowed.',
  },
  columns: { nip: { default: 'nip', takes: 'text' } },
  codes,
  examples: [
    { record: { nip: '1234563218' }, says: [] },
    { record: { nip: '9901234562' }, says: [] },
    { record: { nip: '9999999901' }, says: [] },
    { record: { nip: 'PL 123-456-32-18' }, says: [] },
    { record: { nip: null }, says: [] },
    { record: { nip: '1234567890' }, says: ['NIP_CHECKSUM'] },
    { record: { nip: '5260000001' }, says: ['NIP_CHECKSUM'] },
    { record: { nip: '0000000000' }, says: ['NIP_FORM'] },
    { record: { nip: '12345' }, says: ['NIP_FORM'] },
    { record: { nip: 'Brak danych o NIP' }, says: ['NIP_PLACEHOLDER'], becomes: { nip: null } },
  ],
  bind: (use) => {
    const index = use.at('nip');
    return (values, report) => {
      const text = textOf(values[index]);
      if (text === null || text === '') return;
      const code = nipFault(text);
      if (code === null) return;
      if (code === 'NIP_PLACEHOLDER') report(code, index, undefined, null);
      else report(code, index);
    };
  },
};

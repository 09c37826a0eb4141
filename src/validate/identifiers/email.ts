import { entries } from '../entries.ts';
import { type Rule, textCheck } from '../rule.ts';

const ONE = /^[^\s@;,<>"]+@[^\s@;,<>"]+\.[^\s@;,<>".]{2,}$/;
const PHONE = /^[+()\d][\d\s()/.-]{5,}$/;

/** True for one e-mail address: one `@`, a dot in the domain, no spaces. */
export const isEmail = (text: string): boolean => ONE.test(text);

/** Addresses of a field that holds several, joined by `;` or `,`. */
export const splitEmails = (text: string): string[] =>
  text
    .split(/[;,]/)
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** Code of what is wrong with an e-mail field, or null. */
export function emailFault(text: string): string | null {
  if (ONE.test(text)) return null;
  const parts = splitEmails(text);
  if (parts.length > 1 && parts.every(isEmail)) return 'EMAIL_SEVERAL';
  return PHONE.test(text) ? 'EMAIL_IS_NUMBER' : 'EMAIL_FORM';
}

const codes = entries(
  { area: 'identifiers', origin: 'record', effect: 'load', personal: 'email' },
  {
    EMAIL_FORM: [
      'error',
      ['To nie jest adres e-mail.', 'This is no e-mail address.'],
      ['Popraw adres albo usuń go.', 'Correct the address, or remove it.'],
    ],
    EMAIL_SEVERAL: [
      'warning',
      ['Kilka adresów e-mail w jednym polu.', 'Several e-mail addresses in one field.'],
      [
        'Nowy system trzyma każdy adres osobno: rozdziel je korektą, jeżeli mają być dostępne do wysyłki.',
        'The new system keeps every address apart: split them by a correction if they are to be used for sending.',
      ],
    ],
    EMAIL_IS_NUMBER: [
      'warning',
      ['W polu adresu e-mail jest numer telefonu lub faksu.', 'The e-mail field holds a phone or fax number.'],
      ['Przenieś numer do pola telefonu.', 'Move the number to the phone field.'],
    ],
  },
);

/** One e-mail address. */
export const email: Rule = {
  name: 'email',
  doc: { pl: 'Jeden adres e-mail.', en: 'One e-mail address.' },
  columns: { email: { default: 'adres', takes: 'text' } },
  options: {
    faks: {
      kind: 'boolean',
      default: false,
      doc: { pl: 'W polu wolno trzymać numer faksu.', en: 'The field may hold a fax number.' },
    },
  },
  codes,
  examples: [
    { record: { email: 'jan@example.pl' }, says: [] },
    { record: { email: 'jan@poczta.example.com.pl' }, says: [] },
    { record: { email: null }, says: [] },
    { record: { email: 'jan@example.pl; ewa@example.pl' }, says: ['EMAIL_SEVERAL'] },
    { record: { email: 'a@example.pl,b@example.pl' }, says: ['EMAIL_SEVERAL'] },
    { record: { email: '+48 22 000 00 00' }, says: ['EMAIL_IS_NUMBER'] },
    { record: { email: '+48 22 000 00 00' }, options: { faks: true }, says: [] },
    { record: { email: 'jan(at)example.pl' }, says: ['EMAIL_FORM'] },
    { record: { email: 'jan@example' }, says: ['EMAIL_FORM'] },
    { record: { email: 'jan kowal@example.pl' }, says: ['EMAIL_FORM'] },
    { record: { email: 'jan@@example.pl' }, says: ['EMAIL_FORM'] },
  ],
  bind: (use) => {
    const fax = use.option('faks') === true;
    return textCheck('email', (text) => {
      const code = emailFault(text);
      return fax && code === 'EMAIL_IS_NUMBER' ? null : code;
    })(use);
  },
};

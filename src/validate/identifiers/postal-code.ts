import { entries } from '../entries.ts';
import { type Rule, textOf } from '../rule.ts';
import { countryCode } from './countries.ts';
import { isDigits } from './digits.ts';

/** True for a Polish postal code `15-213`. */
export const isPostalCode = (text: string): boolean =>
  text.length === 6 && text.charCodeAt(2) === 45 && isDigits(text.slice(0, 2), 2) && isDigits(text.slice(3), 3);

const codes = entries(
  { area: 'identifiers', origin: 'record', effect: 'load', personal: 'address' },
  {
    POSTAL_CODE_FORM: [
      'error',
      ['Kod pocztowy nie ma postaci 00-000.', 'The postal code is not of the form 00-000.'],
      [
        'Popraw kod, a przy adresie zagranicznym ustaw kraj.',
        'Correct the code, or set the country of a foreign address.',
      ],
    ],
    POSTAL_CODE_HYPHEN: [
      'warning',
      ['Kod pocztowy bez kreski; wstawiono ją.', 'The postal code lacks its hyphen; it was put in.'],
      ['Nic nie trzeba robić.', 'Nothing to do.'],
      { effect: 'change', repairs: true },
    ],
    COUNTRY_NAME: [
      'warning',
      ['Kraj podany nazwą; wpisano kod {code}.', 'The country is given by name; the code {code} was set.'],
      ['Nic nie trzeba robić.', 'Nothing to do.'],
      { effect: 'change', repairs: true, personal: 'none' },
    ],
    COUNTRY_UNKNOWN: [
      'warning',
      ['Nieznana nazwa kraju.', 'Unknown name of a country.'],
      [
        'Dodaj nazwę do tabeli przekodowań albo popraw ją; nowy system chce dwuliterowego kodu ISO.',
        'Add the name to a look-up table or correct it; the new system wants the two-letter ISO code.',
      ],
      { source: { text: 'EZD RP Integrator API v2 (idKraj)', read: true } },
    ],
  },
);

/** Postal code of an address in Poland; foreign codes are free. Without a country the address counts as Polish. */
export const postalCode: Rule = {
  name: 'kodPocztowy',
  doc: {
    pl: 'Kod pocztowy 00-000 przy adresie w Polsce; kreska jest dopisywana.',
    en: 'Postal code 00-000 of an address in Poland; a missing hyphen is put in.',
  },
  columns: {
    kod: { default: 'kod_pocztowy', takes: 'text' },
    kraj: { default: 'kraj', optional: true, takes: 'text' },
  },
  codes: codes.slice(0, 2),
  examples: [
    { record: { kod: '15-213', kraj: 'PL' }, says: [] },
    { record: { kod: '00-950' }, says: [] },
    { record: { kod: 'SW1A 1AA', kraj: 'GB' }, says: [] },
    { record: { kod: '15213', kraj: 'Polska' }, says: ['POSTAL_CODE_HYPHEN'], becomes: { kod: '15-213' } },
    { record: { kod: '1521-3', kraj: 'PL' }, says: ['POSTAL_CODE_FORM'] },
  ],
  bind: (use) => {
    const index = use.at('kod');
    const country = use.at('kraj');
    return (values, report) => {
      const text = textOf(values[index]);
      if (text === null || text === '' || isPostalCode(text)) return;
      const where = country < 0 ? null : textOf(values[country]);
      if (where !== null && where !== '' && (countryCode(where) ?? 'PL') !== 'PL') return;
      if (isDigits(text, 5)) report('POSTAL_CODE_HYPHEN', index, undefined, `${text.slice(0, 2)}-${text.slice(2)}`);
      else report('POSTAL_CODE_FORM', index);
    };
  },
};

/** Country as ISO 3166-1 alpha-2; known names are mapped. */
export const country: Rule = {
  name: 'kraj',
  doc: {
    pl: 'Kraj jako dwuliterowy kod ISO; znane nazwy są zamieniane na kod.',
    en: 'Country as a two-letter ISO code; known names are mapped to it.',
  },
  columns: { kraj: { default: 'kraj', takes: 'text' } },
  codes: codes.slice(2),
  examples: [
    { record: { kraj: 'PL' }, says: [] },
    { record: { kraj: 'Polska' }, says: ['COUNTRY_NAME'], becomes: { kraj: 'PL' } },
    { record: { kraj: 'POLSKA' }, says: ['COUNTRY_NAME'], becomes: { kraj: 'PL' } },
    { record: { kraj: 'Kraina Czarów' }, says: ['COUNTRY_UNKNOWN'] },
  ],
  bind: (use) => {
    const index = use.at('kraj');
    return (values, report) => {
      const text = textOf(values[index]);
      if (text === null || text === '' || (text.length === 2 && /^[A-Z]{2}$/.test(text))) return;
      const code = countryCode(text);
      if (code === null) report('COUNTRY_UNKNOWN', index);
      else report('COUNTRY_NAME', index, { code }, code);
    };
  },
};

import { entries } from '../entries.ts';
import { type Rule, textCheck } from '../rule.ts';

const UNP = /^\d{4}-\d{2}-\d{6}$/;

/** True for a unikatowy numer pisma of the tax offices: office code, year, number. */
export const isUnp = (text: string): boolean => UNP.test(text);

const codes = entries(
  { area: 'identifiers', origin: 'record', effect: 'load', personal: 'none' },
  {
    UNP_FORM: [
      'warning',
      ['UNP nie ma postaci 1401-23-012345.', 'The UNP is not of the form 1401-23-012345.'],
      [
        'UNP nadają tylko urzędy skarbowe; inny znak wpisz jako znak nadawcy.',
        "Only tax offices give a UNP; keep any other sign as the sender's sign.",
      ],
    ],
  },
);

/** Unikatowy numer pisma of the tax offices, where a mapping names such a column. */
export const unp: Rule = {
  name: 'unp',
  doc: { pl: 'Unikatowy numer pisma urzędów skarbowych.', en: 'Unique letter number of the tax offices (UNP).' },
  columns: { unp: { default: 'unp', takes: 'text' } },
  codes,
  examples: [
    { record: { unp: '1401-23-012345' }, says: [] },
    { record: { unp: 'RPW/217/2019' }, says: ['UNP_FORM'] },
  ],
  bind: textCheck('unp', (text) => (isUnp(text) ? null : 'UNP_FORM')),
};

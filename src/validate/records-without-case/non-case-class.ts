import { entries } from '../entries.ts';
import { classSymbolFault } from '../jrwa/class-symbol.ts';
import { type Rule, textOf } from '../rule.ts';

const source = {
  text: 'instrukcja kancelaryjna: dokumentacja nietworząca akt sprawy (Dz.U. 2011 nr 14 poz. 67)',
  read: false,
} as const;

const codes = entries(
  { area: 'records-without-case', origin: 'record', effect: 'load', personal: 'none', source },
  {
    NON_CASE_CLASS_FORM: [
      'error',
      [
        'Klasa dokumentacji nietworzącej akt sprawy nie jest symbolem z wykazu akt.',
        'The class of records that make no case is no symbol of a classification plan.',
      ],
      ['Popraw symbol według wykazu akt tego roku.', "Correct the symbol from that year's classification plan."],
    ],
    NON_CASE_YEAR_MISSING: [
      'error',
      [
        'Dokumentacja nietworząca akt sprawy ma klasę, ale nie ma roku (albo odwrotnie).',
        'Records that make no case have a class but no year (or the reverse).',
      ],
      ['Uzupełnij brakującą daną.', 'Add what is missing.'],
    ],
  },
);

/** Class and year under which records that make no case are filed. */
export const nonCaseClass: Rule = {
  name: 'nietworzacaAktSprawy',
  doc: {
    pl: 'Dokumentacja nietworząca akt sprawy: klasa z wykazu akt i rok.',
    en: 'Records that make no case: a class of the plan and a year.',
  },
  columns: {
    klasa: { default: 'nas_klasa', takes: 'text' },
    rok: { default: 'nas_rok', takes: 'integer' },
  },
  codes,
  examples: [
    { record: { klasa: '320', rok: 2019 }, says: [] },
    { record: { klasa: null, rok: null }, says: [] },
    { record: { klasa: '32a', rok: 2019 }, says: ['NON_CASE_CLASS_FORM'] },
    { record: { klasa: '320', rok: null }, says: ['NON_CASE_YEAR_MISSING'] },
    { record: { klasa: null, rok: 2019 }, says: ['NON_CASE_YEAR_MISSING'] },
  ],
  bind: (use) => {
    const symbol = use.at('klasa');
    const year = use.at('rok');
    return (values, report) => {
      const text = textOf(values[symbol]) || null;
      const of = values[year] ?? null;
      if (text === null && of === null) return;
      if (text === null || of === null) report('NON_CASE_YEAR_MISSING', text === null ? symbol : year);
      if (text !== null && classSymbolFault(text) === 'CLASS_FORM') report('NON_CASE_CLASS_FORM', symbol);
    };
  },
};

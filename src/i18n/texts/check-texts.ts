import type { Texts } from '../../core/text.ts';

/** Texts of `check`. */
export const CHECK_TEXTS = {
  'check.summary': {
    pl: 'sprawdza plik projektu i mapowania z tabelami źródła i celu',
    en: 'checks project file and mappings against the tables of source and target',
  },
  'check.good': {
    pl: 'W porządku: {entities} encji, {tables} tabel źródła, {warnings} ostrzeżeń.',
    en: 'All well: {entities} entities, {tables} source tables, {warnings} warnings.',
  },
  'check.files': { pl: 'Pliki zrzutu', en: 'Files of the dump' },
  'check.table': { pl: 'tabela', en: 'table' },
  'check.columns': { pl: 'kolumny', en: 'columns' },
  'check.size': { pl: 'rozmiar', en: 'size' },
  'check.writtenAs': { pl: 'zapis', en: 'written as' },
} as const satisfies Texts;

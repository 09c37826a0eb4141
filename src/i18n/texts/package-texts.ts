import type { Texts } from '../../core/text.ts';

/** Texts of `package`. */
export const PACKAGE_TEXTS = {
  'package.summary': {
    pl: 'paczki archiwalne i eADM, bez projektu',
    en: 'archival and eADM packages, without a project',
  },
  'package.check.summary': {
    pl: 'sprawdza paczki: układ, nazwy, schematy, powiązania, rozmiary, podpisy, sumy kontrolne',
    en: 'checks packages: layout, names, schemas, references, sizes, signatures, checksums',
  },
  'package.valid': {
    pl: '{package}: poprawna; spraw {cases}, dokumentów {documents}',
    en: '{package}: valid; {cases} cases, {documents} documents',
  },
  'package.invalid': {
    pl: '{package}: niepoprawna; spraw {cases}, dokumentów {documents}',
    en: '{package}: not valid; {cases} cases, {documents} documents',
  },
  'package.xmlValid': { pl: '{package}: zgodny ze schematem {schema}', en: '{package}: follows the schema {schema}' },
  'package.xmlInvalid': {
    pl: '{package}: niezgodny ze schematem {schema}',
    en: '{package}: does not follow the schema {schema}',
  },
  'package.more': { pl: 'i jeszcze {count}; wszystkie: --json', en: 'and {count} more; all of them: --json' },
} as const satisfies Texts;

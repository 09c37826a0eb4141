import type { Texts } from '../../core/text.ts';

/** Texts of `rejects`. */
export const REJECTS_TEXTS = {
  'rejects.summary': { pl: 'odrzucone rekordy: lista, jeden, eksport', en: 'rejected records: list, one, export' },
  'rejects.list': { pl: 'lista odrzuconych z powodami', en: 'lists rejected records with their reasons' },
  'rejects.show': {
    pl: 'jeden odrzucony rekord z wierszem źródła i powodami',
    en: 'shows one rejected record with its source row and its reasons',
  },
  'rejects.export': { pl: 'zapisuje odrzucone do pliku CSV', en: 'writes rejected records to a CSV file' },
  'rejects.run': {
    pl: 'odrzucone w tym przebiegu (domyślnie wszystkie, które nadal są odrzucone)',
    en: 'rejected by this run (default: all that are still rejected)',
  },
  'rejects.entity': { pl: 'encja', en: 'entity' },
  'rejects.key': { pl: 'klucz w starym EZD', en: 'key in the legacy EZD' },
  'rejects.limit': { pl: 'ile najwyżej pokazać', en: 'how many to show at most' },
  'rejects.none': {
    pl: 'Nie ma odrzuconych rekordów (przebieg {run}).',
    en: 'There are no rejected records (run {run}).',
  },
  'rejects.unknown': {
    pl: 'w przebiegu {run} nie odrzucono rekordu {entity} {key}',
    en: 'run {run} did not reject the record {entity} {key}',
  },
  'rejects.unknownHint': { pl: 'lista: ezd-migrate rejects list', en: 'see ezd-migrate rejects list' },
  'rejects.more': { pl: '… i dalsze (--limit)', en: '… and more (--limit)' },
  'rejects.earlier': {
    pl: 'Z tego {count} odrzuciły przebiegi przed przebiegiem {run}; synchronizacja czyta tylko to, co się zmieniło, więc nadal są odrzucone.',
    en: '{count} of these were rejected by runs before run {run}; a sync reads only what changed, so they still stand.',
  },
  'rejects.source': { pl: 'Wiersz źródła', en: 'Source row' },
  'rejects.reasons': { pl: 'Powody', en: 'Reasons' },
  'rejects.masked': {
    pl: 'Dane osobowe są zamaskowane; --with-personal-data pokazuje je w całości.',
    en: 'Personal data is masked; --with-personal-data shows it in full.',
  },
  'rejects.exported': { pl: 'Zapisano {count} rekordów do {file}.', en: 'Wrote {count} records to {file}.' },
} as const satisfies Texts;

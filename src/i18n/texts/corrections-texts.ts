import type { Texts } from '../../core/text.ts';

/** Texts of `corrections` and of `rejects export --as-corrections`. */
export const CORRECTIONS_TEXTS = {
  'corrections.summary': {
    pl: 'korekty urzędu: sprawdzenie, lista',
    en: 'corrections of the office: check, list',
  },
  'corrections.check': {
    pl: 'sprawdza arkusze korekt i mówi, które pasują do źródła',
    en: 'checks the sheets of corrections and tells which fit the source',
  },
  'corrections.list': {
    pl: 'lista korekt w plikach albo zastosowanych w przebiegu (--run)',
    en: 'lists the corrections in the files, or those that met records in a run (--run)',
  },
  'corrections.againstSource': {
    pl: 'porównuje stare wartości ze źródłem także wtedy, gdy jest duże',
    en: 'compares the old values with the source also when it is big',
  },
  'corrections.notAgainstSource': {
    pl: 'nie czyta źródła',
    en: 'does not read the source',
  },
  'corrections.outcome': {
    pl: 'tylko te: applied, stale, needless, skipped',
    en: 'only these: applied, stale, needless, skipped',
  },
  'corrections.outcomeOf': { pl: 'skutek', en: 'outcome' },
  'corrections.old': { pl: 'stara wartość', en: 'old value' },
  'corrections.new': { pl: 'nowa wartość', en: 'new value' },
  'corrections.reason': { pl: 'powód', en: 'reason' },
  'corrections.author': { pl: 'autor', en: 'author' },
  'corrections.date': { pl: 'data', en: 'date' },
  'corrections.place': { pl: 'plik', en: 'file' },
  'corrections.none': {
    pl: 'Nie ma korekt w {folder}. Arkusz do wypełnienia zapisze: ezd-migrate rejects export --as-corrections',
    en: 'There are no corrections in {folder}. A sheet to fill in: ezd-migrate rejects export --as-corrections',
  },
  'corrections.noneInRun': {
    pl: 'Przebieg {run} nie zastosował żadnej korekty.',
    en: 'Run {run} applied no correction.',
  },
  'corrections.counts': {
    pl: 'Pliki: {files}. Korekty: {records} pojedynczych, {lookups} przez słownik, {rules} regułą. Niewypełnione wiersze: {unfilled}.',
    en: 'Files: {files}. Corrections: {records} of single records, {lookups} by look-up, {rules} by rule. Lines not filled in: {unfilled}.',
  },
  'corrections.against': {
    pl: 'W źródle: {applied} zmieni wartość, {needless} już niepotrzebnych, {stale} nie pasuje, {missing} bez rekordu.',
    en: 'In the source: {applied} change a value, {needless} are not needed any more, {stale} do not fit, {missing} have no record.',
  },
  'corrections.notCompared': {
    pl: 'Źródła nie porównano (--against-source porówna).',
    en: 'The source was not compared (--against-source does it).',
  },
  'corrections.good': { pl: 'Korekty są w porządku.', en: 'The corrections are fine.' },
  'corrections.bad': {
    pl: 'Korekty mają błędy: {errors} (ostrzeżenia: {warnings}).',
    en: 'The corrections have {errors} error(s) and {warnings} warning(s).',
  },
  'corrections.more': { pl: '… i dalsze ({count})', en: '… and {count} more' },
  'corrections.bulkUnused': {
    pl: 'ta korekta zbiorcza nie zmienia żadnego rekordu encji {entity}',
    en: 'this bulk correction changes no record of entity {entity}',
  },
  'rejects.out': {
    pl: 'plik wynikowy; domyślnie rejects.csv, arkusz korekt: corrections-to-fill-in.csv',
    en: 'file to write; default rejects.csv, a sheet of corrections: corrections-to-fill-in.csv',
  },
  'rejects.asCorrections': {
    pl: 'arkusz korekt do wypełnienia: wiersz na każdą wartość, którą trzeba poprawić',
    en: 'a sheet of corrections to fill in: one line a value that has to be corrected',
  },
  'rejects.withFindings': {
    pl: 'do arkusza korekt także uwagi o rekordach, które wejdą (błędy i ostrzeżenia)',
    en: 'into the sheet of corrections also findings on records that are loaded (errors and warnings)',
  },
  'rejects.findingsNeedCorrections': {
    pl: '--findings działa tylko z --as-corrections',
    en: '--findings works with --as-corrections only',
  },
  'rejects.sheetWritten': {
    pl: 'Zapisano {count} wierszy do {file}. Wypełnij nową wartość, powód, autora i datę, zapisz w folderze corrections i sprawdź: ezd-migrate corrections check',
    en: 'Wrote {count} lines to {file}. Fill in new value, reason, author and date, save it in the folder corrections, and check: ezd-migrate corrections check',
  },
  'rejects.notCorrectable': {
    pl: 'Powodów, których nie da się poprawić w jednej wartości tego rekordu (np. odrzucony rekord nadrzędny): {count}.',
    en: 'Reasons that no value of the record itself can cure (a rejected parent, for example): {count}.',
  },
} as const satisfies Texts;

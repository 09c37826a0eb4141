import type { Texts } from '../../core/text.ts';

/** Texts of `report` and of the files it writes. */
export const REPORT_TEXTS = {
  'report.summary': {
    pl: 'raport z przebiegu lub próby: podsumowanie i pliki dla urzędu i jednostek',
    en: 'the report of a run or a dry run: a summary, and files for the office and its units',
  },
  'report.run': {
    pl: 'numer przebiegu (domyślnie ostatni)',
    en: 'number of the run (default: the newest)',
  },
  'report.out': { pl: 'folder raportu', en: 'folder of the report' },
  'report.personal': {
    pl: 'drugi komplet plików z danymi osobowymi w całości, tylko dla właściciela (0600)',
    en: 'a second set of files with personal data in full, for the owner only (0600)',
  },
  'report.compare': {
    pl: 'porównuje ustalenia dwóch przebiegów: nowe, zniknęły, bez zmian',
    en: 'compares the findings of two runs: new, gone, the same',
  },
  'report.no': { pl: 'bez raportu', en: 'writes no report' },
  'report.none': { pl: 'nie ma jeszcze żadnego przebiegu do opisania', en: 'there is no run to report yet' },
  'report.noneHint': {
    pl: 'najpierw: ezd-migrate validate albo ezd-migrate run; raport z próby na sucho: ezd-migrate report --validation',
    en: 'first: ezd-migrate validate or ezd-migrate run; the report of a dry run: ezd-migrate report --validation',
  },
  'report.twoRuns': {
    pl: '--compare potrzebuje dwóch numerów przebiegów',
    en: '--compare needs the numbers of two runs',
  },
  'report.twoRunsHint': {
    pl: 'np. ezd-migrate report --compare 12 15',
    en: 'e.g. ezd-migrate report --compare 12 15',
  },
  'report.title': {
    pl: 'Przebieg {run} ({command}): {status}, {started}',
    en: 'Run {run} ({command}): {status}, {started}',
  },
  'report.titleValidation': {
    pl: 'Próba na sucho: {status}, {started}',
    en: 'Dry run: {status}, {started}',
  },
  'report.ready': { pl: 'Gotowe do migracji.', en: 'Ready to migrate.' },
  'report.notReady': { pl: 'Jeszcze nie gotowe:', en: 'Not ready yet:' },
  'report.remarks': { pl: 'Do wiadomości:', en: 'To be known:' },
  'report.totals': {
    pl: 'Przeczytano {read} = wczytano {loaded} + bez zmian {unchanged} + odrzucono {rejected} + pominięto {skipped}',
    en: '{read} read = {loaded} loaded + {unchanged} unchanged + {rejected} rejected + {skipped} skipped',
  },
  'report.office': {
    pl: 'W urzędzie: spraw {cases}, koszulek {folders}, dokumentów {documents}, plików {files} ({bytes})',
    en: 'In the office: {cases} cases, {folders} folders, {documents} documents, {files} files ({bytes})',
  },
  'report.units': { pl: 'Ustalenia według jednostek', en: 'Findings by unit' },
  'report.withoutUnit': { pl: '(bez jednostki)', en: '(without unit)' },
  'report.moreUnits': { pl: '… i {count} innych jednostek', en: '… and {count} more units' },
  'report.written': { pl: 'Raport: {folder}', en: 'Report: {folder}' },
  'report.writtenPersonal': {
    pl: 'Uwaga: ten komplet zawiera dane osobowe w całości. Nie wysyłaj go i usuń, gdy nie będzie potrzebny.',
    en: 'Careful: this set holds personal data in full. Do not send it, and delete it when it is not needed any more.',
  },
  'report.failed': { pl: 'Raport nie powstał: {message}', en: 'There is no report: {message}' },
  'report.compared': {
    pl: 'Przebieg {b} wobec przebiegu {a}: nowe {fresh}, zniknęło {gone}, bez zmian {same}',
    en: 'Run {b} against run {a}: {fresh} new, {gone} gone, {same} the same',
  },
  'report.fresh': { pl: 'Nowe', en: 'New' },
  'report.gone': { pl: 'Zniknęło', en: 'Gone' },
  'report.same': { pl: 'Bez zmian', en: 'The same' },
  'report.change.fresh': { pl: 'nowe', en: 'new' },
  'report.change.gone': { pl: 'zniknęło', en: 'gone' },
  'report.column.change': { pl: 'zmiana', en: 'change' },
  'report.column.count': { pl: 'liczba', en: 'count' },
  'report.column.unit': { pl: 'jednostka', en: 'unit' },
  'report.column.year': { pl: 'rok', en: 'year' },
  'report.column.sign': { pl: 'znak sprawy', en: 'case sign' },
  'report.column.severity': { pl: 'waga', en: 'severity' },
  'report.column.code': { pl: 'kod', en: 'code' },
  'report.column.effect': { pl: 'skutek', en: 'effect' },
  'report.column.entity': { pl: 'encja', en: 'entity' },
  'report.column.key': { pl: 'klucz', en: 'key' },
  'report.column.field': { pl: 'pole', en: 'field' },
  'report.column.old': { pl: 'stara wartość', en: 'old value' },
  'report.column.new': { pl: 'nowa wartość', en: 'new value' },
  'report.column.reason': { pl: 'powód', en: 'reason' },
  'report.column.author': { pl: 'autor', en: 'author' },
  'report.column.date': { pl: 'data', en: 'date' },
  'report.column.message': { pl: 'opis', en: 'message' },
  'report.column.hint': { pl: 'jak poprawić', en: 'how to cure' },
} as const satisfies Texts;

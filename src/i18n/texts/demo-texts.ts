import type { Texts } from '../../core/text.ts';

/** Texts of `demo`. */
export const DEMO_TEXTS = {
  'demo.out': { pl: 'folder pokazu', en: 'folder of the demo' },
  'demo.noOffice': { pl: 'Brak wymyślonego urzędu w {folder}.', en: 'The made-up office is not in {folder}.' },
  'demo.notEmpty': {
    pl: 'Folder {folder} istnieje i nie jest folderem pokazu.',
    en: 'The folder {folder} is there and is no folder of a demo.',
  },
  'demo.notEmptyHint': {
    pl: 'Podaj inny: ezd-migrate demo --out FOLDER',
    en: 'Name another one: ezd-migrate demo --out FOLDER',
  },
  'demo.step1': {
    pl: 'Wymyślony urząd: 300 spraw, celowo zabrudzonych',
    en: 'A made-up office: 300 cases, dirty on purpose',
  },
  'demo.step2': { pl: 'Sprawdzenie projektu i mapowań', en: 'Checking project and mappings' },
  'demo.step3': { pl: 'Próba na sucho (nic nie trafia do celu)', en: 'Dry run (nothing reaches the target)' },
  'demo.step4': {
    pl: 'Wczytanie do nowego systemu (baza wbudowana)',
    en: 'Loading into the new system (embedded database)',
  },
  'demo.step5': {
    pl: 'Wczytanie jeszcze raz: nic nie powinno się zmienić',
    en: 'Loading once more: nothing should change',
  },
  'demo.step6': { pl: 'Porównanie liczb: zrzut, przebieg, magazyn', en: 'Comparing numbers: dump, run, store' },
  'demo.step7': {
    pl: 'Noc: stary system się zmienił, sync przenosi różnicę',
    en: 'One night: the old system has changed, sync brings the difference over',
  },
  'demo.night': {
    pl: 'zmiana w sprawie {sign}, nowe udostępnienie, usunięty podmiot: wczytano {loaded}, usunięto {removed}, {unchanged} rekordów bez zmian',
    en: 'case {sign} was changed, an access right came, a party was deleted: {loaded} loaded, {removed} removed, {unchanged} records unchanged',
  },
  'demo.history': {
    pl: 'history {sign}: przebieg {first} wczytał; przebieg {run} zmienił {changes}',
    en: 'history {sign}: run {first} loaded it; run {run} changed {changes}',
  },
  'demo.made': {
    pl: 'projekt, zrzut i repozytorium plików w {folder}',
    en: 'project, dump and file repository in {folder}',
  },
  'demo.checked': {
    pl: 'wszystko pasuje; tabele źródła: {tables}, encje w kolejności: {entities}',
    en: 'all fits: {tables} source tables, {entities} entities in order',
  },
  'demo.confirmed': {
    pl: 'kody, które zestaw ezd-puw tylko zakłada: nakładka urzędu potwierdza {codes} w {tables} tabelach',
    en: "codes that the bundle ezd-puw only assumes: the office's overlay confirms {codes} in {tables} tables",
  },
  'demo.validated': {
    pl: 'przeczytano {read}; błędy: {errors}, ostrzeżenia: {warnings}; nie zostałoby wczytanych: {rejected}',
    en: '{read} rows read; {errors} errors and {warnings} warnings; {rejected} records would be kept out',
  },
  'demo.loaded': {
    pl: 'przeczytano {read} = wczytano {loaded} + bez zmian {unchanged} + odrzucono {rejected} + pominięto {skipped}',
    en: '{read} read = {loaded} loaded + {unchanged} unchanged + {rejected} rejected + {skipped} skipped',
  },
  'demo.equal': {
    pl: '{compared} par liczb porównano, wszystkie zgodne',
    en: '{compared} pairs of numbers compared, all equal',
  },
  'demo.different': {
    pl: '{compared} par liczb porównano, różnych: {different}',
    en: '{compared} pairs of numbers compared, {different} differ',
  },
  'demo.done': { pl: 'Gotowe w {seconds} s. Co gdzie leży:', en: 'Done in {seconds} s. What lies where:' },
  'demo.place.project': { pl: 'plik projektu', en: 'the project file' },
  'demo.place.mappings': {
    pl: 'nakładka urzędu na mapowania ezd-puw',
    en: "the office's overlay of the ezd-puw mappings",
  },
  'demo.place.dump': { pl: 'zrzut starej bazy (CSV)', en: 'the dump of the old database (CSV)' },
  'demo.place.store': { pl: 'nowy magazyn (PostgreSQL w folderze)', en: 'the new store (PostgreSQL in a folder)' },
  'demo.place.rejects': {
    pl: 'odrzucone rekordy z powodami (CSV, dane osobowe zamaskowane)',
    en: 'rejected records with their reasons (CSV, personal data masked)',
  },
  'demo.reported': { pl: 'raport z próby: {folder}', en: 'the report of the dry run: {folder}' },
  'demo.place.dryReport': {
    pl: 'raport z próby na sucho: dla urzędu i dla każdej jednostki',
    en: 'the report of the dry run, for the office and each unit',
  },
  'demo.place.report': { pl: 'raport z drugiego wczytania', en: 'the report of the second load' },
  'demo.next': {
    pl: 'Obejrzyj wynik: node bin/ezd-migrate.js --config "{project}" status (albo rejects list, explain KEY_DUPLICATE)',
    en: 'Look at it: node bin/ezd-migrate.js --config "{project}" status (or rejects list, explain KEY_DUPLICATE)',
  },
  'demo.summary': {
    pl: 'pokaz: mały urząd z danymi zmyślonymi, od początku do końca',
    en: 'a small made-up office from beginning to end',
  },
} as const satisfies Texts;

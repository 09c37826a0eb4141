import type { Texts } from '../../core/text.ts';

/** Texts of `reconcile`. */
export const RECONCILE_TEXTS = {
  'reconcile.summary': {
    pl: 'porównuje źródło z celem: zbiory, zakresy kluczy, rekordy, pola, treści plików',
    en: 'compares source and target: sets, ranges of keys, records, fields, contents of files',
  },
  'reconcile.entity': { pl: 'tylko ta encja (można powtórzyć)', en: 'only this entity (may be repeated)' },
  'reconcile.unit': {
    pl: 'tylko ta komórka z podległymi (domyślnie: co dotąd wczytano)',
    en: 'only this unit with those below it (default: what was loaded so far)',
  },
  'reconcile.sample': {
    pl: 'tylko taka część kluczy w procentach; każdego dnia następna, aż obejmie wszystko',
    en: 'only this share of the keys in percent; the next one each day, until all is covered',
  },
  'reconcile.contents': {
    pl: 'także bajty plików: sample (część) albo all (wszystkie)',
    en: 'the bytes of the files too: sample (a share) or all',
  },
  'reconcile.limit': {
    pl: 'ile różnic jednej encji pokazać z osobna',
    en: 'differences of one entity told one by one',
  },
  'reconcile.nothing': {
    pl: 'Nic jeszcze nie wczytano, nie ma czego porównywać.',
    en: 'Nothing is loaded yet; there is nothing to compare.',
  },
  'reconcile.scope': {
    pl: 'Porównuję to, co dotąd wczytano: komórki {units} z podległymi.',
    en: 'Comparing what was loaded so far: units {units} with those below them.',
  },
  'reconcile.unfinished': {
    pl: 'Przebieg {run} nie jest zakończony: najpierw dokończ „ezd-migrate {command}”; co dotąd wczytał, porównuję.',
    en: 'Run {run} has not finished: go on with “ezd-migrate {command}” first; what it has loaded so far is compared.',
  },
  'reconcile.planChanged': {
    pl: 'Mapowania zmieniły się od przebiegu {run}: różnice mogą pochodzić z nich. Następny „ezd-migrate run” wczyta je na nowo.',
    en: 'The mappings have changed since run {run}: differences may come from them. The next “ezd-migrate run” loads them anew.',
  },
  'reconcile.partial': {
    pl: 'Żaden przebieg nie przeczytał całości: porównuję tylko to, co wczytano; reszta liczy się jako niewczytana.',
    en: 'No run has read everything: only what was loaded is compared, the rest counts as not loaded.',
  },
  'reconcile.compared': { pl: 'Porównanie {id}', en: 'Comparison {id}' },
  'reconcile.column.read': { pl: 'źródło', en: 'source' },
  'reconcile.column.expected': { pl: 'oczekiwane', en: 'expected' },
  'reconcile.column.rows': { pl: 'cel', en: 'target' },
  'reconcile.column.accounted': { pl: 'rozliczone', en: 'accounted for' },
  'reconcile.column.notLoaded': { pl: 'niewczytane', en: 'not loaded' },
  'reconcile.column.differences': { pl: 'różnice', en: 'differences' },
  'reconcile.column.key': { pl: 'klucz', en: 'key' },
  'reconcile.column.kind': { pl: 'różnica', en: 'difference' },
  'reconcile.column.cause': { pl: 'skąd', en: 'from' },
  'reconcile.column.fields': { pl: 'pola: źródło → cel', en: 'fields: source → target' },
  'reconcile.column.unit': { pl: 'komórka', en: 'unit' },
  'reconcile.column.year': { pl: 'rok', en: 'year' },
  'reconcile.kind.missing': { pl: 'brak w celu', en: 'missing' },
  'reconcile.kind.extra': { pl: 'nadmiarowy w celu', en: 'extra' },
  'reconcile.kind.value': { pl: 'inna wartość', en: 'value' },
  'reconcile.kind.moved': { pl: 'przeniesiony', en: 'moved' },
  'reconcile.kind.content': { pl: 'inne bajty pliku', en: 'content' },
  'reconcile.cause.target': { pl: 'zmieniono w celu po przebiegu {run}', en: 'changed in the target since run {run}' },
  'reconcile.cause.source': {
    pl: 'zmieniono w źródle po przebiegu {run}',
    en: 'changed in the source since run {run}',
  },
  'reconcile.cause.both': {
    pl: 'zmieniono po obu stronach po przebiegu {run}',
    en: 'changed on both sides since run {run}',
  },
  'reconcile.cause.rejected': {
    pl: 'źródło dziś odrzucone: {codes}',
    en: 'kept out of the source today: {codes}',
  },
  'reconcile.cause.unknown': { pl: 'nieznany rejestrowi', en: 'unknown to the ledger' },
  'reconcile.sets': {
    pl: 'Zbiory, które się różnią (encja, komórka, rok)',
    en: 'Sets that differ (entity, unit, year)',
  },
  'reconcile.records': { pl: 'Rekordy, które się różnią', en: 'Records that differ' },
  'reconcile.more': {
    pl: '… i {count} dalszych; wszystkie: --json albo tabela reconcile_difference rejestru',
    en: '… and {count} more; all of them: --json, or the ledger’s table reconcile_difference',
  },
  'reconcile.unexamined': {
    pl: '{entity}: {ranges} dalszych zakresów ({rows} wierszy) też się różni; nie przeglądano ich (--limit).',
    en: '{entity}: {ranges} more ranges ({rows} rows) differ too and were not looked into (--limit).',
  },
  'reconcile.notLoaded': {
    pl: 'Niewczytane rekordy źródła: {count}. Dokończ: ezd-migrate run',
    en: 'Source records not loaded yet: {count}. Go on with: ezd-migrate run',
  },
  'reconcile.left': {
    pl: 'Inne, ale rozliczone: {count} rekordów, które sync zostawił, mówiąc dlaczego ({reasons}).',
    en: 'Different, but accounted for: {count} records that sync left as they are, saying why ({reasons}).',
  },
  'reconcile.contentsDone': {
    pl: 'Treści: sprawdzono {checked} plików, dobrych {good}, poza próbą {notSampled}; czeka na skopiowanie {waiting}; z ustaleniem zamiast bajtów {failed}.',
    en: 'Contents: {checked} files checked, {good} good, {notSampled} not sampled; {waiting} wait for a copy; {failed} have a finding instead of bytes.',
  },
  'reconcile.sampled': {
    pl: 'Próba {turn} z {of}: jutro następna część kluczy.',
    en: 'Sample {turn} of {of}: the next part of the keys tomorrow.',
  },
  'reconcile.equal': {
    pl: 'Źródło i cel są zgodne: {read} rekordów źródła = {expected} w celu + {accounted} rozliczonych (odrzucone, poza zakresem). Czas: {time}.',
    en: 'Source and target are equal: {read} source records = {expected} in the target + {accounted} accounted for (rejected, out of scope). Time: {time}.',
  },
  'reconcile.incomplete': {
    pl: 'Co wczytano, jest zgodne; nie wszystko jest jednak wczytane albo skopiowane. Czas: {time}.',
    en: 'What was loaded is equal, but not everything is loaded or copied yet. Time: {time}.',
  },
  'reconcile.different': {
    pl: 'Źródło i cel różnią się: {count} rekordów. Czas: {time}.',
    en: 'Source and target differ: {count} records. Time: {time}.',
  },
} as const satisfies Texts;

import type { Texts } from '../../core/text.ts';

/** Texts of `rollback`. */
export const ROLLBACK_TEXTS = {
  'rollback.summary': {
    pl: 'cofa dokładnie to, co zrobił jeden przebieg',
    en: 'takes back exactly what one run did',
  },
  'rollback.yes': { pl: 'wykonuje bez pytania', en: 'does it without asking' },
  'rollback.force': {
    pl: 'także rekordy, które zmienił potem inny przebieg albo ktoś ręcznie (wymaga --reason)',
    en: 'also records that a later run or a hand has changed since (needs --reason)',
  },
  'rollback.reason': { pl: 'powód, zapisywany w księdze', en: 'the reason, kept in the ledger' },
  'rollback.number': {
    pl: 'podaj numer przebiegu: ezd-migrate status',
    en: 'give the number of a run: ezd-migrate status',
  },
  'rollback.badNumber': { pl: '"{word}" nie jest numerem przebiegu', en: '"{word}" is not the number of a run' },
  'rollback.needsReason': { pl: '--force wymaga powodu', en: '--force needs a reason' },
  'rollback.needsReasonHint': { pl: 'dodaj: --reason "dlaczego"', en: 'add --reason "why"' },
  'rollback.needsForce': { pl: '--reason ma sens tylko z --force', en: '--reason is only of use with --force' },
  'rollback.refused.readsOnly': {
    pl: 'Przebieg {run} ({command}) tylko czytał: w celu nie ma czego cofać.',
    en: 'Run {run} ({command}) only read: there is nothing in the target to take back.',
  },
  'rollback.refused.readsOnlyHint': {
    pl: 'przebiegi, które coś zapisały, pokazuje: ezd-migrate status',
    en: 'ezd-migrate status shows the runs that wrote something',
  },
  'rollback.refused.rollback': {
    pl: 'Przebieg {run} sam jest cofnięciem. Cofnięcie cofa się wczytaniem na nowo.',
    en: 'Run {run} is a rollback itself. A rollback is taken back by loading again.',
  },
  'rollback.refused.rollbackHint': { pl: 'wczytaj: ezd-migrate run', en: 'load again: ezd-migrate run' },
  'rollback.refused.alreadyRolledBack': {
    pl: 'Przebieg {run} jest już cofnięty.',
    en: 'Run {run} was taken back already.',
  },
  'rollback.refused.alreadyRolledBackHint': {
    pl: 'wczytaj na nowo: ezd-migrate run',
    en: 'load again: ezd-migrate run',
  },
  'rollback.title': {
    pl: 'Cofnięcie przebiegu {run} ({command}, {started}, {status})',
    en: 'Rollback of run {run} ({command}, {started}, {status})',
  },
  'rollback.column.removed': { pl: 'znikną', en: 'go' },
  'rollback.column.restored': { pl: 'wrócą do poprzednich wartości', en: 'return to previous values' },
  'rollback.column.returned': { pl: 'wrócą (usunięte)', en: 'come back (deleted)' },
  'rollback.column.whole': { pl: 'cała tabela', en: 'whole table' },
  'rollback.whole': { pl: 'tak', en: 'yes' },
  'rollback.contents': {
    pl: 'Treści: {contents}; plików, których nikt inny nie używa: {files} ({bytes})',
    en: 'Contents: {contents}; files that nobody else uses: {files} ({bytes})',
  },
  'rollback.nothing': {
    pl: 'Nie ma czego cofać: przebieg niczego nie zmienił.',
    en: 'There is nothing to take back: the run changed nothing.',
  },
  'rollback.kept': {
    pl: 'Ustalenia i odrzucone rekordy przebiegu zostają jako historia; przebieg dostaje stan „wycofany”.',
    en: 'Findings and rejects of the run stay as history; the run is marked "rolled back".',
  },
  'rollback.handsNotChecked': {
    pl: 'Przebieg przerwano nagle, więc nie da się odróżnić zmian ręcznych od jego własnych.',
    en: 'The run was killed, so changes by hand cannot be told from its own.',
  },
  'rollback.conflicts': { pl: 'Co stoi na przeszkodzie', en: 'What speaks against it' },
  'rollback.conflict.run': {
    pl: 'przebieg {run} zmienił potem te same rekordy: cofnij najpierw jego (ezd-migrate rollback {run})',
    en: 'run {run} has changed the same records since: take that one back first (ezd-migrate rollback {run})',
  },
  'rollback.conflict.hand': {
    pl: 'zmienione od tego czasu ręcznie albo innym programem',
    en: 'changed since by hand or by another program',
  },
  'rollback.conflict.reference': {
    pl: 'rekordy przebiegu {run} odwołują się do tych, które by zniknęły: cofnij najpierw jego',
    en: 'records of run {run} refer to those that would go: take that one back first',
  },
  'rollback.conflict.referenceByHand': {
    pl: 'rekordy dodane ręcznie odwołują się do tych, które by zniknęły: usuń je albo zmień',
    en: 'records added by hand refer to those that would go: remove or change them',
  },
  'rollback.column.why': { pl: 'dlaczego', en: 'why' },
  'rollback.column.keys': { pl: 'klucze (pierwsze)', en: 'keys (the first)' },
  'rollback.refused': {
    pl: 'Cofnięcie zmieniłoby więcej niż przebieg {run}; nic nie zrobiono.',
    en: 'The rollback would change more than run {run} did; nothing was done.',
  },
  'rollback.refusedHint': {
    pl: 'Cofnij najpierw wymienione przebiegi; albo, jeżeli późniejsze zmiany mają przepaść: --force --reason "dlaczego".',
    en: 'Take back the runs named above first; or, if the later changes are to be lost: --force --reason "why".',
  },
  'rollback.refusedFirm': {
    pl: 'Usuń przeszkody wymienione wyżej; --force ich nie obejdzie, bo zerwałby odwołania.',
    en: 'Remove what is named above; --force does not go over it, since references would break.',
  },
  'rollback.dry': {
    pl: 'To tylko plan, nic nie zmieniono. Wykonaj: ezd-migrate rollback {run} --yes',
    en: 'This is only the plan, nothing was changed. Do it: ezd-migrate rollback {run} --yes',
  },
  'rollback.ask': { pl: 'Cofnąć przebieg {run}? Wpisz "tak": ', en: 'Take run {run} back? Type "yes": ' },
  'rollback.answer': { pl: 'tak', en: 'yes' },
  'rollback.resuming': {
    pl: 'Cofanie przebiegu {run} przerwano wcześniej; idzie dalej.',
    en: 'A rollback of run {run} stopped before its end; it goes on.',
  },
  'rollback.leftFiles': {
    pl: 'Przebieg {run} był już cofnięty; usunięto pliki, które po nim zostały w magazynie treści: {files}.',
    en: 'Run {run} was taken back before; files that it had left in the content store were removed: {files}.',
  },
  'rollback.done': {
    pl: 'Przebieg {run} cofnięty (zapisane jako przebieg {by}) w {time}: zniknęło {removed}, wróciło {restored}.',
    en: 'Run {run} was taken back (recorded as run {by}) in {time}: {removed} removed, {restored} put back.',
  },
  'rollback.files': {
    pl: 'Usunięto plików z magazynu treści: {files}',
    en: 'Files removed from the content store: {files}',
  },
  'rollback.filesWait': {
    pl: 'Projekt nie mówi, gdzie leży magazyn treści (target.contents.root): pliki zostają do następnego cofnięcia.',
    en: 'The project does not say where the content store is (target.contents.root): its files wait for the next rollback.',
  },
} as const satisfies Texts;

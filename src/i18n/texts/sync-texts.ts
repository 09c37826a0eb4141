import type { Texts } from '../../core/text.ts';

/** Texts of `sync`. */
export const SYNC_TEXTS = {
  'sync.summary': {
    pl: 'przenosi to, co zmieniło się w starym systemie od ostatniego razu',
    en: 'brings over what changed in the legacy system since the last time',
  },
  'sync.plan': {
    pl: 'pokaż, co zostałoby przeczytane i dlaczego; niczego nie zmieniaj',
    en: 'show what would be read and why; change nothing',
  },
  'sync.full': {
    pl: 'porównaj wszystko, cokolwiek mówi mapowanie',
    en: 'compare everything, whatever the mapping says',
  },
  'sync.allowDeletes': {
    pl: 'pozwól usunąć więcej rekordów, niż dopuszcza projekt (sync.removeAtMost)',
    en: 'let more records go than the project allows (sync.removeAtMost)',
  },
  'sync.overwrite': {
    pl: 'zastąp także rekordy zmienione ręcznie w nowym systemie',
    en: 'replace records that were changed in the new system by hand, too',
  },
  'sync.nothingYet': {
    pl: 'w celu nie ma jeszcze niczego, więc nie ma z czym porównać',
    en: 'nothing is in the target yet, so there is nothing to compare with',
  },
  'sync.nothingYetHint': {
    pl: 'Pierwsze wczytanie: ezd-migrate run (sync zrobi to samo).',
    en: 'The first load: ezd-migrate run (sync does the same).',
  },
  'sync.again': {
    pl: 'Synchronizacja {run} była niedokończona i jest już kompletna; teraz to, co zmieniło się od jej początku.',
    en: 'Sync {run} had been left unfinished and is complete now; next, what changed since it began.',
  },
  'sync.live': {
    pl: 'Pracują już w nowym systemie: {units}. Ich rekordów nie zmieniam; zmiany w starym systemie są ustaleniami.',
    en: 'Working in the new system already: {units}. Their records stay as they are; changes in the legacy system are findings.',
  },
  'sync.leaving': {
    pl: 'Ostatnia synchronizacja przed zamrożeniem: {units} (dzień przejścia już nadszedł).',
    en: 'The last sync before they are frozen: {units} (their day has come).',
  },
  'sync.foreseen': {
    pl: 'Do przeczytania: {rows}. Usunięcia poznaje się dopiero po przeczytaniu.',
    en: 'To read: {rows}. What leaves the target is known only when it was read.',
  },
  'sync.seeRejects': {
    pl: 'Odrzucone, których nie ma w nowym systemie albo są tam w starej postaci: {count} (ezd-migrate rejects list).',
    en: 'Rejected, so not in the new system or there as they were before: {count} (ezd-migrate rejects list).',
  },
  'sync.removed': {
    pl: 'Usunięto z nowego systemu: {count}.',
    en: 'Removed from the new system: {count}.',
  },
  'sync.kept': {
    pl: 'Pozostało, choć w starym systemie ich nie ma lub są odrzucone: {count} (powody w ustaleniach).',
    en: 'Kept although they are gone from the legacy system or rejected: {count} (the findings say why).',
  },
  'sync.nothing': { pl: 'Nic się nie zmieniło.', en: 'Nothing has changed.' },
  'column.way': { pl: 'sposób', en: 'way' },
  'column.why': { pl: 'dlaczego', en: 'why' },
  'column.changed': { pl: 'zmienione', en: 'changed' },
  'column.toRead': { pl: 'do przeczytania', en: 'to read' },
  'column.inTarget': { pl: 'w celu', en: 'in the target' },
  'column.removed': { pl: 'usunięte', en: 'removed' },
  'sync.mode.full': { pl: 'wszystko', en: 'everything' },
  'sync.mode.keys': { pl: 'zmiany', en: 'changes' },
  'sync.reason.asked': { pl: 'bo tak polecono', en: 'as asked' },
  'sync.reason.first': { pl: 'pierwsza synchronizacja w tym zakresie', en: 'the first sync of this scope' },
  'sync.reason.rolled-back': { pl: 'od ostatniego razu wycofano przebieg', en: 'a run was taken back since' },
  'sync.reason.settings': {
    pl: 'zmieniły się mapowanie, tabele kodów, korekty albo decyzje o kodach',
    en: 'mapping, look-ups, corrections or decisions about codes changed',
  },
  'sync.reason.strategy': { pl: 'mapowanie wskazuje inny sposób niż poprzednio', en: 'the mapping names another way' },
  'sync.reason.compare': { pl: 'porównanie wszystkich wierszy', en: 'all rows are compared' },
  'sync.reason.no-changes': { pl: 'źródło można czytać tylko w całości', en: 'the source can only be read whole' },
  'sync.reason.obstacle': { pl: 'zmian nie da się śledzić: {about}', en: 'changes cannot be followed: {about}' },
  'sync.reason.expired': {
    pl: '{about}: źródło nie pamięta już zmian od ostatniego razu',
    en: '{about}: the source no longer knows what changed since the last time',
  },
  'sync.reason.due': { pl: 'minął czas do pełnego porównania', en: 'a full comparison is due' },
  'sync.reason.mirror': {
    pl: '{about}: pamięć powiązanych wierszy pochodzi z innego przebiegu',
    en: '{about}: what is remembered of related rows is of another run',
  },
  'sync.reason.joined': {
    pl: 'dołączonej tabeli {about} nie da się śledzić',
    en: 'the joined table {about} cannot be followed',
  },
  'sync.reason.corrected': {
    pl: 'korekty zmieniają kolumnę {about}, która wskazuje dołączone wiersze',
    en: 'corrections change the column {about}, which names joined rows',
  },
  'sync.reason.reference': {
    pl: 'odwołania {about} nie da się śledzić przez zmiany wersji',
    en: 'the reference {about} cannot be followed through changes of versions',
  },
  'sync.reason.many': { pl: 'zmian jest wiele ({about})', en: 'many changes ({about})' },
  'sync.reason.changes': { pl: '', en: '' },
  'note.SYNC_ROLLED_BACK': {
    pl: '{entity}: porównuję wszystko, bo od ostatniej synchronizacji wycofano przebieg.',
    en: '{entity}: everything is compared, since a run was taken back after the last sync.',
  },
  'note.SYNC_SETTINGS': {
    pl: '{entity}: porównuję wszystko, bo zmieniły się mapowanie, tabele kodów, korekty albo decyzje o kodach.',
    en: '{entity}: everything is compared, since mapping, look-ups, corrections or decisions about codes changed.',
  },
  'note.SYNC_STRATEGY': {
    pl: '{entity}: porównuję wszystko, bo mapowanie wskazuje inny sposób śledzenia zmian.',
    en: '{entity}: everything is compared, since the mapping names another way to find changes.',
  },
  'note.SYNC_OBSTACLE': {
    pl: '{entity}: porównuję wszystko, bo zmian nie da się śledzić tak, jak chce mapowanie ({about}).',
    en: '{entity}: everything is compared, since changes cannot be followed as the mapping wishes ({about}).',
  },
  'note.SYNC_EXPIRED': {
    pl: '{entity}: porównuję wszystko, bo źródło nie pamięta już zmian tabeli {about} od ostatniego razu.',
    en: '{entity}: everything is compared, since the source no longer knows the changes of {about} since the last time.',
  },
  'note.SYNC_DUE': {
    pl: '{entity}: porównuję wszystko, bo minął czas ustawiony w sync.fullEvery.',
    en: '{entity}: everything is compared, since the time of sync.fullEvery has passed.',
  },
  'note.SYNC_MIRROR': {
    pl: '{entity}: porównuję wszystko, bo pamięć powiązanych wierszy ({about}) pochodzi z innego przebiegu.',
    en: '{entity}: everything is compared, since what is remembered of related rows ({about}) is of another run.',
  },
  'note.SYNC_JOINED': {
    pl: '{entity}: porównuję wszystko, bo dołączonej tabeli {about} nie da się śledzić.',
    en: '{entity}: everything is compared, since the joined table {about} cannot be followed.',
  },
  'note.SYNC_CORRECTED': {
    pl: '{entity}: porównuję wszystko, bo korekty zmieniają kolumnę {about}, która wskazuje dołączone wiersze.',
    en: '{entity}: everything is compared, since corrections change the column {about}, which names joined rows.',
  },
  'note.SYNC_REFERENCE': {
    pl: '{entity}: porównuję wszystko, bo odwołania {about} nie da się śledzić przez zmiany wersji.',
    en: '{entity}: everything is compared, since the reference {about} cannot be followed through changes of versions.',
  },
  'note.SYNC_MANY': {
    pl: '{entity}: porównuję wszystko, bo zmian jest wiele ({about}).',
    en: '{entity}: everything is compared, since there are many changes ({about}).',
  },
} as const satisfies Texts;

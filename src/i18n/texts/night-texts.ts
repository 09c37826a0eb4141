import type { Texts } from '../../core/text.ts';

/** Texts of `run-nightly`. */
export const NIGHT_TEXTS = {
  'night.command': {
    pl: 'robi wszystko, co robi się w nocy, krok po kroku, w oknie czasowym',
    en: 'does everything that is done at night, step by step, in a time window',
  },
  'night.until': {
    pl: 'koniec okna w strefie projektu; praca kończy się czysto i idzie dalej następnej nocy',
    en: 'end of the window, in the zone of the project; work ends cleanly and goes on the next night',
  },
  'night.sample': {
    pl: 'jaką część kluczy porównać z celem, co noc następną (domyślnie do 200 000 rekordów wszystko, powyżej 5%)',
    en: 'share of the keys that is compared with the target, every night the next one (default: up to 200,000 records everything, above 5%)',
  },
  'night.timeHint': { pl: 'podaj godzinę i minuty, np. 05:30', en: 'give hours and minutes, e.g. 05:30' },
  'night.step': { pl: 'Krok: {name}', en: 'Step: {name}' },
  'night.report': { pl: 'Raport: {folder}', en: 'Report: {folder}' },
  'night.summary': { pl: 'Podsumowanie nocy', en: 'Summary of the night' },
  'night.column.step': { pl: 'krok', en: 'step' },
  'night.column.exitCode': { pl: 'kod', en: 'exit code' },
  'night.column.time': { pl: 'czas', en: 'time' },
  'night.column.what': { pl: 'co', en: 'what' },
  'night.status.good': { pl: 'w porządku', en: 'good' },
  'night.status.failed': { pl: 'błąd', en: 'failed' },
  'night.status.closed': { pl: 'koniec okna', en: 'window closed' },
  'night.status.interrupted': { pl: 'przerwano', en: 'interrupted' },
  'night.status.left-out': { pl: 'pominięto', en: 'left out' },
  'night.end.good': {
    pl: 'Noc się powiodła w {time}, kod {exitCode}.',
    en: 'The night went well in {time}, exit code {exitCode}.',
  },
  'night.end.failed': {
    pl: 'Noc się nie powiodła, {time}, kod {exitCode}. Kody: docs/exit-codes.md.',
    en: 'The night failed after {time}, exit code {exitCode}. Codes: docs/exit-codes.md.',
  },
  'night.end.closed': {
    pl: 'Okno się skończyło po {time}; następna noc pójdzie dalej od punktu kontrolnego.',
    en: 'The window closed after {time}; the next night goes on from the checkpoint.',
  },
  'night.end.interrupted': {
    pl: 'Przerwano po {time}; następna noc pójdzie dalej od punktu kontrolnego.',
    en: 'Interrupted after {time}; the next night goes on from the checkpoint.',
  },
  'night.end.locked': {
    pl: 'Inny przebieg tego urzędu pracuje; ta noc nic nie zrobiła.',
    en: 'Another run of this office is working; this night did nothing.',
  },
  'night.noMemory': {
    pl: 'Nie zapisano, jak skończyła się noc: {reason}',
    en: 'How the night ended could not be written down: {reason}',
  },
  'night.noMetrics': {
    pl: 'Nie zapisano pliku metryk: {reason}',
    en: 'The file of metrics could not be written: {reason}',
  },
  'night.notTold': { pl: 'Nie powiadomiono ({by}): {reason}', en: 'Nobody was told ({by}): {reason}' },
} as const satisfies Texts;

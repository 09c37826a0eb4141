import type { Texts } from '../../core/text.ts';

/** Why an office may or may not go on, one sentence a reason of the verdict. */
export const REPORT_REASON_TEXTS = {
  'report.reason.notFinished': { pl: 'Przebieg nie został dokończony.', en: 'The run was not finished.' },
  'report.reason.sample': {
    pl: 'To tylko próbka: najwyżej {count} wierszy każdego rodzaju.',
    en: 'This is only a sample: at most {count} rows of each kind.',
  },
  'report.reason.someEntities': {
    pl: 'Przeczytano tylko niektóre rodzaje rekordów: {count}.',
    en: 'Only some kinds of records were read: {count}.',
  },
  'report.reason.errors': { pl: 'Błędy w danych: {count}.', en: 'Errors in the data: {count}.' },
  'report.reason.rejected': {
    pl: 'Rekordy odrzucone, których nie ma w nowym systemie: {count}.',
    en: 'Records kept out, which are not in the new system: {count}.',
  },
  'report.reason.contentsFailed': {
    pl: 'Treści (pliki), których nie udało się skopiować: {count}.',
    en: 'Contents (files) that could not be copied: {count}.',
  },
  'report.reason.nothingRead': { pl: 'Nie przeczytano żadnego rekordu.', en: 'No record was read.' },
  'report.reason.warnings': {
    pl: 'Ostrzeżenia (dopuszczalne, ale nietypowe): {count}.',
    en: 'Warnings (allowed, but unusual): {count}.',
  },
  'report.reason.someUnits': {
    pl: 'Raport obejmuje tylko niektóre jednostki: {count}.',
    en: 'The report covers only some units: {count}.',
  },
  'report.reason.skipped': {
    pl: 'Rekordy pominięte z podaniem powodu: {count}.',
    en: 'Records skipped, with the reason: {count}.',
  },
  'report.reason.switchedOff': {
    pl: 'Reguły wyłączone decyzją urzędu: {count}.',
    en: 'Rules switched off by decision of the office: {count}.',
  },
  'report.reason.changed': {
    pl: 'Reguły, którym urząd zmienił wagę, skutek lub próg: {count}.',
    en: 'Rules whose severity, effect or threshold the office changed: {count}.',
  },
  'report.reason.corrections': {
    pl: 'Poprawki urzędu zastosowane przy wczytywaniu: {count}.',
    en: 'Corrections of the office applied while loading: {count}.',
  },
} as const satisfies Texts;

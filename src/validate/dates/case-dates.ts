import { entries } from '../entries.ts';
import type { Check, Rule, RuleUse } from '../rule.ts';
import { localYearOf } from './local-time.ts';

const DAY = 86_400_000_000;

const codes = entries(
  { area: 'dates', origin: 'record', effect: 'load', personal: 'none' },
  {
    CASE_STARTED_AFTER_REGISTRATION: [
      'warning',
      ['Sprawę wszczęto później, niż ją zarejestrowano.', 'The case began later than it was registered.'],
      ['Sprawdź obie daty w spisie spraw.', 'Check both dates in the case list.'],
    ],
    CASE_ENDED_BEFORE_REGISTRATION: [
      'error',
      ['Sprawę zakończono wcześniej, niż ją zarejestrowano.', 'The case ended earlier than it was registered.'],
      ['Popraw datę, która jest błędna.', 'Correct the date that is wrong.'],
    ],
    CASE_DEADLINE_BEFORE_START: [
      'warning',
      [
        'Termin załatwienia jest wcześniejszy niż początek sprawy.',
        'The deadline is earlier than the beginning of the case.',
      ],
      ['Popraw termin.', 'Correct the deadline.'],
      { source: { text: 'art. 35 k.p.a.', read: false } },
    ],
    CASE_OVERDUE: [
      'warning',
      ['Sprawa jest otwarta, a termin załatwienia minął.', 'The case is open and its deadline has passed.'],
      [
        'Załatw sprawę albo zmień termin przed migracją; nowy system pokaże ją jako zaległą.',
        'Settle the case or change the deadline before the migration; the new system will show it as overdue.',
      ],
      {
        source: { text: 'art. 35 k.p.a.', read: false },
        threshold: { default: 0, unit: { pl: 'dni po terminie', en: 'days after the deadline' } },
      },
    ],
    CASE_YEAR_MISMATCH: [
      'warning',
      [
        'Rok sprawy to {expected}, a wszczęto ją i zarejestrowano w innym roku ({found}).',
        'The year of the case is {expected}, but it began and was registered in another one ({found}).',
      ],
      ['Sprawdź rok w spisie spraw i daty.', 'Check the year in the case list, and the dates.'],
    ],
  },
);

/** Dates of a case in their order, its year and its deadline. */
export const caseDates: Rule = {
  name: 'datySprawy',
  doc: {
    pl: 'Daty sprawy: wszczęcie ≤ rejestracja ≤ zakończenie, rok spisu, termin załatwienia.',
    en: 'Dates of a case: beginning ≤ registration ≤ end, year of the list, deadline.',
  },
  columns: {
    wszczecie: { default: 'data_wszczecia', optional: true, takes: 'instant' },
    rejestracja: { default: 'data_rejestracji', takes: 'instant' },
    zakonczenie: { default: 'data_zakonczenia', optional: true, takes: 'instant' },
    termin: { default: 'termin', optional: true, takes: 'instant' },
    rok: { default: 'rok', optional: true, takes: 'integer' },
  },
  codes,
  examples: [
    {
      record: {
        wszczecie: '2019-01-30',
        rejestracja: '2019-01-30 10:00',
        zakonczenie: '2019-02-20',
        termin: '2019-02-28',
        rok: 2019,
      },
      says: [],
    },
    { record: { wszczecie: '2019-12-30', rejestracja: '2020-01-02 10:00', rok: 2019 }, says: [] },
    { record: { wszczecie: null, rejestracja: '2020-01-01 00:10', rok: 2020 }, says: [] },
    { record: { wszczecie: '2019-01-31', rejestracja: '2019-01-30 10:00' }, says: ['CASE_STARTED_AFTER_REGISTRATION'] },
    {
      record: { rejestracja: '2019-01-30 10:00', zakonczenie: '2019-01-29 10:00' },
      says: ['CASE_ENDED_BEFORE_REGISTRATION'],
    },
    {
      record: { rejestracja: '2019-01-30 10:00', zakonczenie: '2019-03-01', termin: '2018-02-28' },
      says: ['CASE_DEADLINE_BEFORE_START'],
    },
    { record: { rejestracja: '2019-01-30 10:00', zakonczenie: null, termin: '2019-02-28' }, says: ['CASE_OVERDUE'] },
    {
      record: { rejestracja: '2019-01-30 10:00', zakonczenie: null, termin: '2019-02-28' },
      now: '2019-02-28',
      says: [],
    },
    { record: { wszczecie: '2019-01-30', rejestracja: '2019-01-30 10:00', rok: 2018 }, says: ['CASE_YEAR_MISMATCH'] },
  ],
  bind: bindCaseDates,
};

function bindCaseDates(use: RuleUse): Check {
  const [start, registration, end] = [use.at('wszczecie'), use.at('rejestracja'), use.at('zakonczenie')];
  const [deadline, year] = [use.at('termin'), use.at('rok')];
  const yearOf = localYearOf(use.timezone);
  const overdue = use.now - use.threshold('CASE_OVERDUE') * DAY - DAY;
  return (values, report) => {
    const started = instantAt(values, start);
    const registered = instantAt(values, registration);
    const ended = instantAt(values, end);
    if (started > registered) report('CASE_STARTED_AFTER_REGISTRATION', start);
    if (ended < registered) report('CASE_ENDED_BEFORE_REGISTRATION', end);
    const due = instantAt(values, deadline);
    const opened = Number.isNaN(started) ? registered : started;
    if (due < opened) report('CASE_DEADLINE_BEFORE_START', deadline);
    else if (end >= 0 && Number.isNaN(ended) && due <= overdue) report('CASE_OVERDUE', deadline);
    const expected = year < 0 || values[year] === null ? Number.NaN : Number(values[year]);
    if (Number.isNaN(expected) || Number.isNaN(opened)) return;
    const found = yearOf(opened);
    const other = Number.isNaN(registered) ? found : yearOf(registered);
    if (found !== expected && other !== expected) report('CASE_YEAR_MISMATCH', year, { found, expected });
  };
}

/** The instant, or NaN when there is none: every comparison with NaN is false. */
const instantAt = (values: readonly unknown[], index: number): number => {
  const value = index < 0 ? null : values[index];
  return typeof value === 'number' ? value : Number.NaN;
};

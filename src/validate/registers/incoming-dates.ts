import { localYearOf } from '../dates/local-time.ts';
import { entries } from '../entries.ts';
import type { Rule } from '../rule.ts';

const codes = entries(
  { area: 'registers', origin: 'record', effect: 'load', personal: 'none' },
  {
    INCOMING_DATE_ORDER: [
      'warning',
      [
        'Data wpływu jest późniejsza niż data rejestracji.',
        'The date of arrival is later than the date of registration.',
      ],
      ['Sprawdź obie daty w rejestrze.', 'Check both dates in the register.'],
    ],
    INCOMING_YEAR_MISMATCH: [
      'warning',
      [
        'Przesyłkę zarejestrowano w roku {found}, a numer jest z roku {expected}.',
        'The letter was registered in {found}, but its number is of {expected}.',
      ],
      [
        'Bywa na przełomie roku; sprawdź, w którym rejestrze przesyłka jest naprawdę.',
        'Happens at the turn of the year; check which register the letter really is in.',
      ],
    ],
  },
);

/** Order of arrival and registration, and the year of the register. */
export const incomingDates: Rule = {
  name: 'datyWplywu',
  doc: {
    pl: 'Data wpływu nie później niż rejestracji; rok rejestru zgodny z datą rejestracji.',
    en: 'Arrival not after registration; the year of the register agrees with the date of registration.',
  },
  columns: {
    wplyw: { default: 'data_wplywu', takes: 'instant' },
    rejestracja: { default: 'data_rejestracji', takes: 'instant' },
    rok: { default: 'rok', optional: true, takes: 'integer' },
  },
  codes,
  examples: [
    { record: { wplyw: '2019-01-30 09:00', rejestracja: '2019-01-30 09:15', rok: 2019 }, says: [] },
    { record: { wplyw: '2019-12-31 23:50', rejestracja: '2019-12-31 23:55', rok: 2019 }, says: [] },
    { record: { wplyw: null, rejestracja: '2019-01-30 09:15', rok: 2019 }, says: [] },
    {
      record: { wplyw: '2019-01-31 09:00', rejestracja: '2019-01-30 09:15', rok: 2019 },
      says: ['INCOMING_DATE_ORDER'],
    },
    {
      record: { wplyw: '2019-12-31 15:00', rejestracja: '2020-01-02 08:00', rok: 2019 },
      says: ['INCOMING_YEAR_MISMATCH'],
    },
  ],
  bind: (use) => {
    const arrival = use.at('wplyw');
    const registration = use.at('rejestracja');
    const year = use.at('rok');
    const yearOf = localYearOf(use.timezone);
    return (values, report) => {
      const registered = values[registration];
      if (typeof registered !== 'number') return;
      const arrived = values[arrival];
      if (typeof arrived === 'number' && arrived > registered) report('INCOMING_DATE_ORDER', arrival);
      if (year < 0 || values[year] === null) return;
      const found = yearOf(registered);
      const expected = Number(values[year]);
      if (found !== expected) report('INCOMING_YEAR_MISMATCH', registration, { found, expected });
    };
  },
};

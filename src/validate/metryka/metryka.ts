import { entries } from '../entries.ts';
import type { Rule } from '../rule.ts';

const source = {
  text: 'art. 66a k.p.a.; rozporządzenie MAiC z dnia 6 marca 2012 r. w sprawie metryki sprawy (Dz.U. 2012 poz. 250)',
  read: false,
} as const;

const codes = entries(
  { area: 'metryka', origin: 'record', effect: 'load', source },
  {
    METRYKA_PERSON_MISSING: [
      'error',
      ['Czynność w metryce nie ma osoby, która ją podjęła.', 'An action in the metryka has no person who did it.'],
      ['Ustal osobę z historii koszulki i uzupełnij.', 'Find the person in the history of the folder and add it.'],
    ],
    METRYKA_DATE_MISSING: [
      'error',
      ['Czynność w metryce nie ma daty.', 'An action in the metryka has no date.'],
      ['Ustal datę z historii koszulki i uzupełnij.', 'Find the date in the history of the folder and add it.'],
    ],
    METRYKA_ACTION_MISSING: [
      'error',
      ['Czynność w metryce nie jest określona.', 'An action in the metryka is not named.'],
      ['Uzupełnij określenie czynności.', 'Add what was done.'],
    ],
  },
);

/** A row of the metryka: date, person, what was done. */
export const metryka: Rule = {
  name: 'czynnoscMetryki',
  doc: {
    pl: 'Wiersz metryki sprawy: data, osoba i określenie czynności.',
    en: 'A row of the metryka of a case: date, person and what was done.',
  },
  columns: {
    data: { default: 'data_czynnosci', takes: 'instant' },
    osoba: { default: 'osoba', optional: true, takes: 'text' },
    pracownik: { default: 'id_pracownik', optional: true, takes: 'key' },
    czynnosc: { default: 'czynnosc', takes: 'text' },
  },
  codes,
  examples: [
    {
      record: { data: '2019-01-30', osoba: 'Testowa Anna, inspektor', pracownik: null, czynnosc: 'dekretacja' },
      says: [],
    },
    { record: { data: '2019-01-30', osoba: null, pracownik: 17, czynnosc: 'dekretacja' }, says: [] },
    {
      record: { data: '2019-01-30', osoba: '', pracownik: null, czynnosc: 'dekretacja' },
      says: ['METRYKA_PERSON_MISSING'],
    },
    { record: { data: null, pracownik: 17, czynnosc: 'dekretacja' }, says: ['METRYKA_DATE_MISSING'] },
    { record: { data: '2019-01-30', pracownik: 17, czynnosc: null }, says: ['METRYKA_ACTION_MISSING'] },
  ],
  bind: (use) => {
    const date = use.at('data');
    const person = use.at('osoba');
    const employee = use.at('pracownik');
    const action = use.at('czynnosc');
    return (values, report) => {
      if (values[date] === null) report('METRYKA_DATE_MISSING', date);
      const named = person >= 0 && values[person] !== null && values[person] !== '';
      const known = employee >= 0 && values[employee] !== null;
      if (!named && !known && (person >= 0 || employee >= 0)) {
        report('METRYKA_PERSON_MISSING', person >= 0 ? person : employee);
      }
      if (values[action] === null || values[action] === '') report('METRYKA_ACTION_MISSING', action);
    };
  },
};

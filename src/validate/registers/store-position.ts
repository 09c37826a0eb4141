import { entries } from '../entries.ts';
import { type Rule, textCheck, textOf } from '../rule.ts';

/** Parts of the skład chronologiczny: fully scanned, not fully scanned, internal letters, data carriers. */
export const STORE_KINDS = ['SCP', 'SCN', 'SCW', 'SIND'] as const;

/** True for `SCN/3/2019`. */
export const isStorePosition = (text: string): boolean => /^(?:SCP|SCN|SCW|SIND)\/[1-9]\d*\/(?:19|20)\d{2}$/.test(text);

const source = {
  text: 'instrukcja kancelaryjna: skład chronologiczny (Dz.U. 2011 nr 14 poz. 67)',
  read: false,
} as const;

const codes = entries(
  { area: 'registers', origin: 'record', effect: 'load', personal: 'none', source },
  {
    STORE_POSITION_FORM: [
      'error',
      [
        'Pozycja składu nie ma postaci SCN/3/2019 (SCP, SCN, SCW albo SIND, numer, rok).',
        'The position is not of the form SCN/3/2019 (SCP, SCN, SCW or SIND, number, year).',
      ],
      ['Popraw rodzaj składu, numer lub rok.', 'Correct the kind of store, the number or the year.'],
    ],
    STORE_REMARK_MISSING: [
      'warning',
      [
        'Pismo nie w pełni odwzorowane (SCN) bez uwagi, czego nie zeskanowano.',
        'A letter not fully scanned (SCN) without a remark on what was not scanned.',
      ],
      ['Dopisz uwagę, jeżeli da się to ustalić.', 'Add the remark if it can be found out.'],
    ],
  },
);

/** Kind, number and year of a position in the skład, and the remark that SCN should have. */
export const storePosition: Rule = {
  name: 'pozycjaSkladu',
  doc: {
    pl: 'Pozycja składu chronologicznego: rodzaj, numer, rok; przy SCN uwaga, czego nie odwzorowano.',
    en: 'Position in the chronological store: kind, number, year; SCN with a remark on what was not scanned.',
  },
  columns: {
    rodzaj: { default: 'rodzaj_skladu', takes: 'text' },
    numer: { default: 'numer', takes: 'integer' },
    rok: { default: 'rok', takes: 'integer' },
    uwagi: { default: 'uwagi', optional: true, takes: 'text' },
  },
  codes,
  examples: [
    { record: { rodzaj: 'SCP', numer: 3, rok: 2019, uwagi: null }, says: [] },
    { record: { rodzaj: 'SCN', numer: 3, rok: 2019, uwagi: 'mapa większa niż A3' }, says: [] },
    { record: { rodzaj: 'SKP', numer: 3, rok: 2019 }, says: ['STORE_POSITION_FORM'] },
    { record: { rodzaj: 'SCP', numer: 0, rok: 2019 }, says: ['STORE_POSITION_FORM'] },
    { record: { rodzaj: 'SCP', numer: 3, rok: 19 }, says: ['STORE_POSITION_FORM'] },
    { record: { rodzaj: 'SCN', numer: 3, rok: 2019, uwagi: null }, says: ['STORE_REMARK_MISSING'] },
  ],
  bind: (use) => {
    const kind = use.at('rodzaj');
    const number = use.at('numer');
    const year = use.at('rok');
    const remark = use.at('uwagi');
    return (values, report) => {
      const text = textOf(values[kind]);
      const no = Number(values[number]);
      const of = Number(values[year]);
      const known = (STORE_KINDS as readonly (string | null)[]).includes(text);
      if (!known || !(no >= 1) || !(of >= 1900 && of <= 2099)) report('STORE_POSITION_FORM', kind);
      if (text === 'SCN' && remark >= 0 && (values[remark] === null || values[remark] === '')) {
        report('STORE_REMARK_MISSING', remark);
      }
    };
  },
};

/** A position written as one text, where a mapping has such a column. */
export const storePositionText: Rule = {
  name: 'pozycjaSkladuTekst',
  doc: {
    pl: 'Pozycja składu chronologicznego zapisana jednym tekstem: SCN/3/2019.',
    en: 'Position in the chronological store written as one text: SCN/3/2019.',
  },
  columns: { pozycja: { default: 'pozycja', takes: 'text' } },
  codes: codes.slice(0, 1),
  examples: [
    { record: { pozycja: 'SCN/3/2019' }, says: [] },
    { record: { pozycja: 'SCN/03/2019' }, says: ['STORE_POSITION_FORM'] },
    { record: { pozycja: 'SKP/3/2019' }, says: ['STORE_POSITION_FORM'] },
  ],
  bind: textCheck('pozycja', (text) => (isStorePosition(text) ? null : 'STORE_POSITION_FORM')),
};

import { parsePartialDate } from '../../core/partial-date.ts';
import { entries } from '../entries.ts';
import { type Rule, textCheck } from '../rule.ts';

const ISO = /^\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|1\d|2[0-8]))?)?$/;

/** Code of what is wrong with the text of a partial date, or null. */
export function partialDateFault(text: string): string | null {
  if (ISO.test(text)) return null;
  const date = parsePartialDate(text);
  if (date === null) return 'PARTIAL_DATE_UNREADABLE';
  return date.converted ? 'PARTIAL_DATE_CONVERTED' : null;
}

const source = {
  text: 'instrukcja kancelaryjna, zał. nr 2: metadane (Dz.U. 2011 nr 14 poz. 67)',
  read: true,
} as const;

const codes = entries(
  { area: 'metadata', origin: 'record', effect: 'load', personal: 'none', source },
  {
    PARTIAL_DATE_UNREADABLE: [
      'error',
      ['Tego nie da się odczytać jako daty; tekst zostaje.', 'This cannot be read as a date; the text is kept.'],
      ['Popraw datę na RRRR, RRRR-MM albo RRRR-MM-DD.', 'Correct the date to YYYY, YYYY-MM or YYYY-MM-DD.'],
      { personal: 'text' },
    ],
    PARTIAL_DATE_CONVERTED: [
      'warning',
      [
        'Data zapisana inaczej niż RRRR-MM-DD, ale czytelna.',
        'A date written another way than YYYY-MM-DD, but readable.',
      ],
      ['Nic nie trzeba robić; tekst ze źródła zostaje obok.', 'Nothing to do; the original text stays beside it.'],
    ],
  },
);

/** Text of a date that may name only a year or a month. */
export const partialDate: Rule = {
  name: 'dataCzesciowa',
  doc: {
    pl: 'Data na piśmie: RRRR, RRRR-MM albo RRRR-MM-DD, istniejąca w kalendarzu.',
    en: 'Date on a letter: YYYY, YYYY-MM or YYYY-MM-DD, existing in the calendar.',
  },
  columns: { tekst: { default: 'data_pisma_tekst', takes: 'text' } },
  codes,
  examples: [
    { record: { tekst: '2011' }, says: [] },
    { record: { tekst: '2011-04' }, says: [] },
    { record: { tekst: '2011-04-30' }, says: [] },
    { record: { tekst: '2012-02-29' }, says: [] },
    { record: { tekst: null }, says: [] },
    { record: { tekst: '2011-13' }, says: ['PARTIAL_DATE_UNREADABLE'] },
    { record: { tekst: '2011-02-30' }, says: ['PARTIAL_DATE_UNREADABLE'] },
    { record: { tekst: 'wiosna 2011' }, says: ['PARTIAL_DATE_UNREADABLE'] },
    { record: { tekst: '30.04.2011' }, says: ['PARTIAL_DATE_CONVERTED'] },
    { record: { tekst: '31.04.2011' }, says: ['PARTIAL_DATE_UNREADABLE'] },
  ],
  bind: textCheck('tekst', partialDateFault),
};

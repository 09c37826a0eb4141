import { entries } from '../entries.ts';
import { type Rule, textOf } from '../rule.ts';

const STRICT = /^(?:A|B[1-9]\d?|BE[1-9]\d?|Bc)$/;

/** Code of what is wrong with an archival category, or null. Spaces are the caller's. */
export function categoryFault(text: string): string | null {
  if (STRICT.test(text) || text === 'BC') return null;
  if (text === 'B') return 'CATEGORY_WITHOUT_PERIOD';
  return /^BE?[1-9]\d{2,}$/.test(text) ? 'CATEGORY_UNUSUAL' : 'CATEGORY_FORM';
}

/** First year in which records may be destroyed (Bn) or must be appraised (BEn): `closing year + 1 + n`. Null: never (A), at once (Bc), or unknown. */
export function earliestDestruction(category: string, closingYear: number): number | null {
  const years = /^BE?([1-9]\d*)$/.exec(category)?.[1];
  return years === undefined ? null : closingYear + 1 + Number(years);
}

const source = {
  text: 'ustawa z dnia 14 lipca 1983 r. o narodowym zasobie archiwalnym i archiwach; rozporządzenie MKiDN z dnia 20 października 2015 r. (Dz.U. 2015 poz. 1743)',
  read: false,
} as const;

const codes = entries(
  { area: 'category', origin: 'record', effect: 'load', personal: 'none', source },
  {
    CATEGORY_FORM: [
      'error',
      ['To nie jest kategoria archiwalna.', 'This is no archival category.'],
      [
        'Dozwolone są A, B z liczbą lat, BE z liczbą lat i Bc; popraw według wykazu akt.',
        'Allowed are A, B with years, BE with years, and Bc; correct it from the classification plan.',
      ],
    ],
    CATEGORY_UNUSUAL: [
      'warning',
      ['Okres przechowywania ma trzy cyfry lub więcej.', 'The retention period has three digits or more.'],
      ['Sprawdź kategorię w wykazie akt.', 'Check the category in the classification plan.'],
    ],
    CATEGORY_WITHOUT_PERIOD: [
      'warning',
      ['Kategoria B bez liczby lat.', 'Category B without a number of years.'],
      ['Uzupełnij liczbę lat według wykazu akt.', 'Add the years from the classification plan.'],
    ],
    CATEGORY_SPACE: [
      'warning',
      ['Odstęp w kategorii archiwalnej; usunięto go.', 'A space in the archival category; it was removed.'],
      ['Nic nie trzeba robić.', 'Nothing to do.'],
      { effect: 'change', repairs: true },
    ],
  },
);

/** Archival category of a class or a case. `BC` becomes `Bc` without a word. */
export const category: Rule = {
  name: 'kategoriaArchiwalna',
  doc: {
    pl: 'Kategoria archiwalna: A, B i lata, BE i lata, Bc; BC staje się Bc.',
    en: 'Archival category: A, B with years, BE with years, Bc; BC becomes Bc.',
  },
  columns: { kategoria: { default: 'kategoria_archiwalna', takes: 'text' } },
  codes,
  examples: [
    ...['A', 'B2', 'B5', 'B10', 'B25', 'B50', 'BE5', 'BE10', 'BE50', 'Bc'].map((kategoria) => ({
      record: { kategoria },
      says: [],
    })),
    { record: { kategoria: 'BC' }, says: [], becomes: { kategoria: 'Bc' } },
    { record: { kategoria: null }, says: [] },
    ...['B0', 'BE', 'A5', 'b5', 'bc', 'A 5'].map((kategoria) => ({ record: { kategoria }, says: ['CATEGORY_FORM'] })),
    { record: { kategoria: 'B100' }, says: ['CATEGORY_UNUSUAL'] },
    { record: { kategoria: 'B' }, says: ['CATEGORY_WITHOUT_PERIOD'] },
    { record: { kategoria: 'BE 10' }, says: ['CATEGORY_SPACE'], becomes: { kategoria: 'BE10' } },
  ],
  bind: (use) => {
    const index = use.at('kategoria');
    return (values, report) => {
      const text = textOf(values[index]);
      if (text === null || text === '' || STRICT.test(text)) return;
      if (text === 'BC') {
        values[index] = 'Bc';
        return;
      }
      const bare = text.replace(/\s+/gu, '');
      const code = categoryFault(bare);
      if (code !== null) report(code, index);
      else report('CATEGORY_SPACE', index, undefined, bare === 'BC' ? 'Bc' : bare);
    };
  },
};

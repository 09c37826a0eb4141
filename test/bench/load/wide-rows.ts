import type { SourceRow } from '../../../src/core/record.ts';

/** Columns of the middle-width table: 12 columns, about 300 bytes a row. */
export const COLUMNS = [
  'ID',
  'IdJednostki',
  'Nazwa',
  'Opis',
  'Uwagi',
  'Znak',
  'Rok',
  'LP',
  'DataUtworzenia',
  'DataZakonczenia',
  'Kategoria',
  'Wrazliwa',
] as const;
export const UNITS = 50;

const TITLES = Array.from(
  { length: 400 },
  (_, i) => `Wniosek o wydanie zaświadczenia nr ${i} w sprawie opłaty${i % 4 === 0 ? ', "pilne"' : ' skarbowej'}`,
);
const TEXTS = Array.from(
  { length: 400 },
  (_, i) =>
    `Zażółć gęślą jaźń: opis sprawy ${i} prowadzonej przez Wydział Spraw Obywatelskich przy ul. Śródmiejskiej ${i} wraz z uzasadnieniem`,
);
const REMARKS = Array.from({ length: 400 }, (_, i) =>
  i % 3 === 0 ? null : `uwaga ${i}: sprawdzono z rejestrem${i % 10 === 1 ? '\n' : ' '}akta w pokoju ${i}`,
);
const SIGNS = Array.from({ length: 400 }, (_, i) => `OR-II.5345.${i + 1}.2023`);
const DATES = Array.from(
  { length: 400 },
  (_, i) =>
    `2023-${String(1 + (i % 12)).padStart(2, '0')}-${String(1 + (i % 28)).padStart(2, '0')} 10:${String(i % 60).padStart(2, '0')}:00.000`,
);

/** Row number `i`, as a source would hand it over. */
export const wideRow = (i: number): SourceRow => [
  i + 1,
  1 + (i % UNITS),
  TITLES[i % 400]!,
  TEXTS[(i * 7) % 400]!,
  REMARKS[(i * 3) % 400]!,
  SIGNS[(i * 11) % 400]!,
  2023,
  i % 5000,
  DATES[i % 400]!,
  i % 2 === 0 ? null : DATES[(i * 5) % 400]!,
  'B10',
  i % 7 === 0 ? 1 : 0,
];

/** The same row as a line of a CSV dump. */
export const wideLine = (i: number): string => `${wideRow(i).map(csvField).join(',')}\n`;

function csvField(value: SourceRow[number]): string {
  const text = value === null ? '' : String(value);
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

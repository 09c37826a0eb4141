/** How a spreadsheet spoils values when a sheet is saved. */
export type Damage = 'spreadsheetError' | 'scientific' | 'timeOnly' | 'monthName';

const MONTHS = 'sty|lut|mar|kwi|maj|cze|lip|sie|wrz|paź|lis|gru|jan|feb|apr|may|jun|jul|aug|sep|oct|nov|dec';
const DAMAGES: readonly (readonly [Damage, RegExp])[] = [
  ['spreadsheetError', /^#(N\/?[AD]|NAZWA|NAME|ARG|VALUE|ADR|REF|LICZBA|NUM|DZIEL\/0|DIV\/0|ZERO|NULL|#+)[!?#]*$/i],
  ['scientific', /^\d([.,]\d+)?E\+\d{1,3}$/i],
  ['timeOnly', /^\d{1,2}:\d{2},\d$/],
  ['monthName', new RegExp(`^(\\d{1,2}[-. ](${MONTHS})|(${MONTHS})[-. ]\\d{2,4})\\.?$`, 'i')],
];

/** What a spreadsheet made of a value that it took for a number, a date or a formula; null: nothing that shows. */
export const damageOf = (text: string): Damage | null =>
  DAMAGES.find(([, pattern]) => pattern.test(text.trim()))?.[0] ?? null;

/** A number whose leading zeros are gone compared with another value: `14` for `014`. */
export const lostZeros = (text: string, other: string): boolean =>
  /^\d+$/.test(text) &&
  /^0\d+$/.test(other) &&
  other.replace(/^0+/, '') === text.replace(/^0+/, '') &&
  text.length < other.length;

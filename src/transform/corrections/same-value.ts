import { fieldKind, maskValue, PERSONAL_KINDS } from '../../core/mask.ts';
import type { SourceValue } from '../../core/record.ts';
import { trimText } from '../text/normalise.ts';
import { textOf } from '../text/text-of.ts';

/** A text as people compare it: Unicode composed, every kind of space one space, none at the ends. */
export const tidyValue = (text: string): string =>
  trimText(
    text
      .normalize('NFC')
      .replace(/[\u200b\ufeff]/g, '')
      .replace(/[\s\u00a0]+/g, ' '),
  );

const DAY_FIRST = /^(\d{1,2})\.(\d{1,2})\.(\d{4})(?: (.+))?$/;
const YEAR_FIRST = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](.+))?$/;
const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,7}))?)?$/;

/**
 * A date or date and time in ISO form (`2023-03-15`, `2023-03-15 10:15:00.000`) or as a Polish spreadsheet writes it (`15.03.2023 10:15`) in one spelling, without a
 * time of midnight; null for anything else.
 */
export function canonicalMoment(text: string): string | null {
  const iso = YEAR_FIRST.exec(text);
  const polish = iso === null ? DAY_FIRST.exec(text) : null;
  const [year, month, day, time] =
    iso !== null
      ? [iso[1]!, iso[2]!, iso[3]!, iso[4]]
      : polish !== null
        ? [polish[3]!, polish[2]!.padStart(2, '0'), polish[1]!.padStart(2, '0'), polish[4]]
        : ['', '', '', undefined];
  if (year === '' || Number(month) > 12 || Number(day) > 31) return null;
  const date = `${year}-${month}-${day}`;
  if (time === undefined) return date;
  const clock = TIME.exec(time);
  if (clock === null) return null;
  const [, hour = '', minute = '', second = '00', fraction = ''] = clock;
  const part = fraction.replace(/0+$/, '');
  const moment = `${hour.padStart(2, '0')}:${minute}:${second}${part === '' ? '' : `.${part}`}`;
  return moment === '00:00:00' ? date : `${date} ${moment}`;
}

/** Whether a moment of the source is the expected one, as exactly as that one is told: lists of findings leave fractions of a second out, spreadsheets seconds. */
function isMoment(moment: string, wanted: string): boolean {
  const expected = canonicalMoment(wanted);
  if (expected === null || moment === expected) return moment === expected;
  const time = TIME.exec(wanted.split(/[T ]/)[1] ?? '');
  if (time === null || time[4] !== undefined) return false;
  const told = time[3] === undefined ? 'YYYY-MM-DD hh:mm'.length : 'YYYY-MM-DD hh:mm:ss'.length;
  return moment.padEnd(told).slice(0, told) === expected.slice(0, told);
}

const BITS: Readonly<Record<string, string>> = { true: '1', false: '0', prawda: '1', fałsz: '0', '1': '1', '0': '0' };

/** A number with the decimal comma of a Polish spreadsheet, with a point instead; null for anything else. */
const decimalOf = (text: string): string | null => (/^-?\d+[.,]\d+$/.test(text) ? text.replace(',', '.') : null);

/** A value that hides something was made by masking. */
const isMasked = (text: string): boolean => text.includes('*') || text.includes('…') || /^(\p{L}\. ?)+$/u.test(text);

/**
 * Whether the source holds what a correction expects. Spaces, Unicode forms, the spelling and precision of dates, bits and decimal points do not count, since a spreadsheet changes
 * them; leading zeros do. A masked text (`9932*****16`) fits every value that is masked so in this column.
 */
export function sameValue(source: SourceValue, expected: string | null, column: string): boolean {
  const found = tidyValue(textOf(source));
  const wanted = expected === null ? '' : tidyValue(expected);
  if (found === wanted) return true;
  if (found === '' || wanted === '') return false;
  const moment = canonicalMoment(found);
  if (moment !== null) return isMoment(moment, wanted);
  const decimal = decimalOf(found);
  if (decimal !== null) return decimal === decimalOf(wanted);
  const bit = BITS[found.toLowerCase()];
  if (bit !== undefined && typeof source !== 'string') return bit === BITS[wanted.toLowerCase()];
  return isMasked(wanted) && masksOf(found, column).includes(wanted);
}

/** Every way in which the value may have been masked: by its column, or by what the code of a finding says about it. */
const masksOf = (value: string, column: string): readonly string[] => [
  maskValue(fieldKind(column), value),
  ...PERSONAL_KINDS.map((kind) => maskValue(kind, value)),
];

import { type CaseSign, type LenientSign, parseLenient, parseStrict } from '../../core/case-sign.ts';
import type { Report } from '../rule.ts';

/** Unit symbols of the strict form, once dots are allowed inside. */
const UNIT = /^[0-9A-ZĄĆĘŁŃÓŚŹŻ]{1,12}(?:[-.][0-9A-ZĄĆĘŁŃÓŚŹŻ]{1,12})*$/u;

/**
 * Judges a sign that is not of the strict form and says what is wrong with it. Answers what could be read of it, for the cross-checks, or null when it
 * must be left alone.
 */
export function judgeOddSign(text: string, year: number | null, index: number, report: Report): CaseSign | null {
  if (text.includes('/')) {
    const of = year ?? yearAtEnd(text);
    report(of !== null && of < 2011 ? 'SIGN_LEGACY' : 'SIGN_SLASHES', index);
    return null;
  }
  const repaired = text.replace(/\s+/gu, '').toLocaleUpperCase('pl');
  const sign = parseLenient(repaired);
  if (sign === null || !UNIT.test(sign.unit)) {
    report('SIGN_FORM', index);
    return null;
  }
  sayRepair(text, repaired, index, report);
  sayOddities(sign, index, report);
  return sign.shortYear && year !== null && year % 100 === sign.year % 100 ? { ...sign, year } : sign;
}

function sayRepair(text: string, repaired: string, index: number, report: Report): void {
  const spaces = /\s/u.test(text);
  if (text.replace(/\s+/gu, '') !== repaired) report('SIGN_LOWER_CASE', index, undefined, repaired);
  if (spaces) report('SIGN_SPACE', index, undefined, repaired);
}

function sayOddities(sign: LenientSign, index: number, report: Report): void {
  if (sign.classDigits === 1) report('SIGN_CLASS_ONE_DIGIT', index);
  if (sign.classDigits === 5) report('SIGN_CLASS_FIVE_DIGITS', index);
  if (sign.no === 0) report('SIGN_NUMBER_ZERO', index);
  else if (sign.leadingZero) report('SIGN_LEADING_ZERO', index);
  if (sign.shortYear) report('SIGN_SHORT_YEAR', index);
  if (sign.dotInUnit) report('SIGN_UNIT_DOT', index);
}

/** Year at the end of an old sign (`OR.I.0123/4/09`), or null. */
function yearAtEnd(text: string): number | null {
  const digits = /[/.](\d{4}|\d{2})$/.exec(text.trim())?.[1];
  if (digits === undefined) return null;
  const year = Number(digits);
  if (digits.length === 4) return year;
  return year + (year > 50 ? 1900 : 2000);
}

/** A sign of the strict form, else what could be read of it; null: leave it alone. `scratch` is reused. */
export function readSign(
  text: string,
  year: number | null,
  index: number,
  report: Report,
  scratch: CaseSign,
): CaseSign | null {
  if (!parseStrict(text, scratch)) return judgeOddSign(text, year, index, report);
  if (scratch.jrwa.length === 5) report('SIGN_CLASS_FIVE_DIGITS', index);
  return scratch;
}

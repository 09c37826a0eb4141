/** A case sign taken apart. */
export interface CaseSign {
  /** Symbol of the unit. */
  unit: string;
  /** Symbol of the class, as text (`014`). */
  jrwa: string;
  /** Number from the spis spraw; of a sub-case, the number of its base case. */
  no: number;
  /** Number inside a group of cases (podteczka), or 0. */
  sub: number;
  year: number;
  /** Symbol of the person, no part of the case's identity. */
  ref: string | null;
}

const DOT = 46;
const ZERO = 48;
const HYPHEN = 45;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Upper-case letters of unit symbols and marks of persons: A–Z and the nine Polish ones. */
const isUpper = (code: number): boolean =>
  (code >= 65 && code <= 90) || (code > 127 && 'ĄĆĘŁŃÓŚŹŻ'.includes(String.fromCharCode(code)));

/**
 * Reads a sign of the strict form `unit.class.no[.sub].year[.ref]` into `out`; false when it is not one. Written by hand, without a regular expression,
 * because it runs on every case.
 */
export function parseStrict(text: string, out: CaseSign): boolean {
  const unitEnd = scanUnit(text);
  if (unitEnd < 0) return false;
  let at = unitEnd + 1;
  const classEnd = scanDigits(text, at);
  if (classEnd - at < 2 || classEnd - at > 5 || text.charCodeAt(classEnd) !== DOT) return false;
  const classStart = at;
  at = classEnd + 1;
  const noEnd = scanDigits(text, at);
  if (!isNumber(text, at, noEnd) || text.charCodeAt(noEnd) !== DOT) return false;
  out.no = numberAt(text, at, noEnd);
  at = noEnd + 1;
  let end = scanDigits(text, at);
  out.sub = 0;
  if (end < text.length && isDigit(text.charCodeAt(end + 1))) {
    if (!isNumber(text, at, end) || text.charCodeAt(end) !== DOT) return false;
    out.sub = numberAt(text, at, end);
    at = end + 1;
    end = scanDigits(text, at);
  }
  out.year = numberAt(text, at, end);
  if (end - at !== 4 || out.year < 1900 || out.year > 2099) return false;
  if (end < text.length && !isRef(text, end)) return false;
  out.ref = end < text.length ? text.slice(end + 1) : null;
  out.unit = text.slice(0, unitEnd);
  out.jrwa = text.slice(classStart, classEnd);
  return true;
}

/** End of the unit (its dot), or -1: parts of 1–12 upper-case letters and digits, joined by hyphens. */
function scanUnit(text: string): number {
  let part = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (isDigit(code) || isUpper(code)) {
      if (++part > 12) return -1;
    } else if (part === 0) return -1;
    else if (code === HYPHEN) part = 0;
    else return code === DOT ? i : -1;
  }
  return -1;
}

function scanDigits(text: string, from: number): number {
  let i = from;
  while (i < text.length && isDigit(text.charCodeAt(i))) i++;
  return i;
}

const isNumber = (text: string, from: number, to: number): boolean =>
  to > from && to - from <= 7 && text.charCodeAt(from) !== ZERO;

function numberAt(text: string, from: number, to: number): number {
  let value = 0;
  for (let i = from; i < to; i++) value = value * 10 + text.charCodeAt(i) - ZERO;
  return value;
}

/** `.JK2` from `from` to the end: a letter, then up to nine letters and digits. */
function isRef(text: string, from: number): boolean {
  if (text.charCodeAt(from) !== DOT || !isUpper(text.charCodeAt(from + 1)) || text.length - from > 11) return false;
  for (let i = from + 2; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (!isDigit(code) && !isUpper(code)) return false;
  }
  return true;
}

/** A sign read from old data, with what is unusual about it. */
export interface LenientSign extends CaseSign {
  /** The unit holds a dot (`OR.III`). */
  dotInUnit: boolean;
  /** Number or sub-number written with a leading zero. */
  leadingZero: boolean;
  /** Two digits instead of four; `year` is then completed to 19xx or 20xx. */
  shortYear: boolean;
  /** Digits of the class as written: 1 to 5. */
  classDigits: number;
}

/**
 * Reads a sign from the right: referent (not all digits), year, one or two numbers, class, and the rest is the unit. Upper-cases. Null when that fails.
 */
export function parseLenient(text: string): LenientSign | null {
  const parts = text.toLocaleUpperCase('pl').split('.');
  if (parts.length < 4 || parts.some((part) => part === '')) return null;
  const allDigits = (part: string | undefined): boolean => part !== undefined && /^\d+$/.test(part);
  const ref = allDigits(parts.at(-1)) ? null : parts.pop()!;
  const yearText = parts.pop()!;
  if (!/^(?:(?:19|20)\d{2}|\d{2})$/.test(yearText)) return null;
  const numbers: string[] = [];
  const isClass = (part: string | undefined): boolean => part !== undefined && /^\d{2,5}$/.test(part);
  if (parts.length >= 4 && allDigits(parts.at(-1)) && allDigits(parts.at(-2)) && isClass(parts.at(-3))) {
    numbers.unshift(parts.pop()!);
  }
  numbers.unshift(parts.pop()!);
  const jrwa = parts.pop();
  if (!numbers.every((part) => /^\d{1,7}$/.test(part)) || jrwa === undefined || !/^\d{1,5}$/.test(jrwa)) return null;
  if (parts.length === 0) return null;
  const year = Number(yearText);
  return {
    unit: parts.join('.'),
    jrwa,
    no: Number(numbers[0]),
    sub: Number(numbers[1] ?? 0),
    year: yearText.length === 4 ? year : year + (year > 50 ? 1900 : 2000),
    ref,
    dotInUnit: parts.length > 1,
    leadingZero: numbers.some((part) => part.length > 1 && part.startsWith('0')),
    shortYear: yearText.length === 2,
    classDigits: jrwa.length,
  };
}

/** The sign without the mark of the person: what two signs of one case have in common. Text that is no sign stays as it is. */
export function signIdentity(text: string): string {
  const sign: CaseSign = { unit: '', jrwa: '', no: 0, sub: 0, year: 0, ref: null };
  return parseStrict(text, sign) && sign.ref !== null ? text.slice(0, text.length - sign.ref.length - 1) : text;
}

/** A sign from its parts. */
export const formatSign = (sign: Omit<CaseSign, 'ref'>): string =>
  [sign.unit, sign.jrwa, sign.no, ...(sign.sub > 0 ? [sign.sub] : []), sign.year].join('.');

import { type CaseSign, parseStrict } from '../../core/case-sign.ts';
import { digitAt, isDigits } from '../../validate/identifiers/digits.ts';
import { isEmail } from '../../validate/identifiers/email.ts';
import { nipFault } from '../../validate/identifiers/nip.ts';
import { peselBirthDate, peselCheckDigit } from '../../validate/identifiers/pesel.ts';
import { regonFault } from '../../validate/identifiers/regon.ts';

/** What a single value is written as. `text`: none of the others. */
export const VALUE_KINDS = ['integer', 'decimal', 'date', 'dateTime', 'guid', 'binary', 'text'] as const;
export type ValueKind = (typeof VALUE_KINDS)[number];

/** What a value may mean besides. `dateText`: a date that is not written as a database would. */
export const LOOKS = ['pesel', 'nip', 'regon', 'email', 'phone', 'caseSign', 'dateText', 'path', 'guid'] as const;
export type Look = (typeof LOOKS)[number];

const INTEGER = /^-?(?:0|[1-9]\d{0,18})$/;
const DECIMAL = /^-?\d{1,20}[.,]\d{1,20}(?:E[+-]?\d{1,3})?$/i;
const DATE_TIME = /^\d{4}-\d{2}-\d{2}(?:[ T]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?: ?(?:[+-]\d{2}:\d{2}|Z))?)?$/;
const MIDNIGHT = /[ T]00:00(?::00(?:\.0+)?)?$/;
const GUID = /^\{?[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}\}?$/i;
const BINARY = /^0x(?:[0-9a-f]{2})*$/i;

/** Integers have no leading zero: `014` is a code, not a number. */
export function kindOfValue(text: string): ValueKind {
  const first = text.charCodeAt(0);
  const digit = (first >= 48 && first <= 57) || first === 45;
  if (digit && text.length <= 45) {
    if (INTEGER.test(text)) return 'integer';
    if (text.length >= 10 && text.charCodeAt(4) === 45 && DATE_TIME.test(text)) {
      return text.length === 10 || MIDNIGHT.test(text) ? 'date' : 'dateTime';
    }
    if (DECIMAL.test(text)) return 'decimal';
    if (first === 48 && BINARY.test(text)) return 'binary';
  } else if (digit && BINARY.test(text)) return 'binary';
  return (text.length === 36 || text.length === 38) && GUID.test(text) ? 'guid' : 'text';
}

const PARTIAL_DATE = /^(?:1[89]|20)\d{2}(?:[-./](?:0[1-9]|1[0-2])(?:[-./](?:[0-2]\d|3[01]))?)?$/;
const DAY_FIRST = /^(?:0?[1-9]|[12]\d|3[01])[-./](?:0?[1-9]|1[0-2])[-./](?:1[89]|20)\d{2}(?: r\.?)?$/;
const PATH = /^(?:[a-z]:[\\/]|\\\\[^\\]+\\|\/[\w.-]+\/).|^[^\s/\\|]+[\\/](?:[^/\\|]+[\\/])*[^/\\|]+\.[a-z0-9]{2,5}$/i;
const PHONE = /^(?:\+|00)?[\d\s()/.-]{9,20}$/;
const sign: CaseSign = { unit: '', jrwa: '', no: 0, sub: 0, year: 0, ref: null };

/** Every look of the value; `visit` is called once for each. Texts of more than 500 characters have none. */
export function looksOfValue(text: string, kind: ValueKind, visit: (look: Look) => void): void {
  if (kind === 'guid') visit('guid');
  if (kind === 'date') visit('dateText');
  if (text.length < 4 || text.length > 500 || kind === 'binary' || kind === 'guid') return;
  if (kind === 'integer' || kind === 'text') {
    if (isPesel(text)) visit('pesel');
    if ((text.length === 9 || text.length === 14) && isDigits(text, text.length) && regonFault(text) === null)
      visit('regon');
    if (text.length >= 10 && text.length <= 16 && nipFault(text) === null) visit('nip');
    if (text.length >= 9 && isPhone(text)) visit('phone');
  }
  if (kind === 'integer' || kind === 'text' || kind === 'decimal') {
    if (text.length <= 13 && (PARTIAL_DATE.test(text) || DAY_FIRST.test(text))) visit('dateText');
  }
  if (kind !== 'text') return;
  if (text.includes('@') && text.split(/[;,]/).some((part) => isEmail(part.trim()))) visit('email');
  if (text.length <= 60 && parseStrict(text, sign)) visit('caseSign');
  if ((text.includes('\\') || text.includes('/')) && PATH.test(text)) visit('path');
}

const isPesel = (text: string): boolean =>
  isDigits(text, 11) && peselBirthDate(text) !== 0 && peselCheckDigit(text) === digitAt(text, 10);

const isPhone = (text: string): boolean => {
  if (!PHONE.test(text) || DAY_FIRST.test(text)) return false;
  const digits = text.replace(/\D/g, '').length;
  return digits >= 9 && digits <= 13;
};

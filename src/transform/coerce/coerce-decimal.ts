import type { SourceValue } from '../../core/record.ts';
import type { FieldContext } from '../field-context.ts';
import { isOddSpace } from '../text/scan.ts';
import type { Coercion } from './coerce.ts';
import { secondLook } from './second-look.ts';

/** Digits with at most one dot and a minus, as SQL Server writes exact decimals; checked by one pass. */
const isPlainDecimal = (text: string): boolean => {
  let digits = 0;
  let dots = 0;
  for (let i = text.charCodeAt(0) === 45 ? 1 : 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) digits++;
    else if (code === 46) dots++;
    else return false;
  }
  return digits > 0 && dots <= 1;
};

/** Moves the point of `digits` with `scale` decimals by `exponent`, without rounding. */
const shiftPoint = (digits: string, scale: number, exponent: number): string => {
  const newScale = scale - exponent;
  if (newScale <= 0) return digits + '0'.repeat(-newScale);
  const padded = digits.padStart(newScale + 1, '0');
  return `${padded.slice(0, -newScale)}.${padded.slice(-newScale)}`;
};

const expand = (text: string): string | undefined => {
  const match = /^([+-]?)(\d*)\.?(\d*)e([+-]?\d{1,3})$/i.exec(text);
  if (!match || (match[2] === '' && match[3] === '')) return undefined;
  return `${match[1] === '-' ? '-' : ''}${shiftPoint(match[2]! + match[3]!, match[3]!.length, Number(match[4]))}`;
};

/** One spelling for equal values: no leading zeros, no trailing zeros behind the point, no `-0`. */
const canonical = (text: string): string => {
  const negative = text.charCodeAt(0) === 45;
  let start = negative || text.charCodeAt(0) === 43 ? 1 : 0;
  let end = text.length;
  if (text.includes('.')) {
    while (text.charCodeAt(end - 1) === 48) end--;
    if (text.charCodeAt(end - 1) === 46) end--;
  }
  while (start < end - 1 && text.charCodeAt(start) === 48 && text.charCodeAt(start + 1) !== 46) start++;
  const digits = text.slice(start, end);
  if (digits === '' || digits === '0') return '0';
  const whole = digits.charCodeAt(0) === 46 ? `0${digits}` : digits;
  return negative ? `-${whole}` : whole;
};

const withoutSpaces = (text: string): string => {
  let out = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 32 && !isOddSpace(code)) out += text[i];
  }
  return out;
};

/**
 * Other spellings: `1e-3`, `+5`, and, with NUMBER_FORMAT (warning), the Polish ones: decimal comma and spaces between thousands. `1.234,50` may be
 * read in two ways and is refused.
 */
const unusual = (text: string, context: FieldContext): string | undefined => {
  const expanded = expand(text);
  if (expanded !== undefined) return canonical(expanded);
  const unsigned = text.charCodeAt(0) === 43 ? text.slice(1) : text;
  if (isPlainDecimal(unsigned)) return canonical(unsigned);
  const dense = withoutSpaces(unsigned);
  const dotted = dense.includes('.') ? dense : dense.replace(',', '.');
  const grouped = dense === unsigned || /^-?\d{1,3}([\s\u00a0\u202f]\d{3})*([.,]\d+)?$/.test(unsigned);
  if (!grouped || !isPlainDecimal(dotted)) return undefined;
  context.report('NUMBER_FORMAT', 'warning', 'change');
  return canonical(dotted);
};

const decimalText = (value: SourceValue, context: FieldContext, expected: string): string | null => {
  if (typeof value === 'string' && isPlainDecimal(value)) return canonical(value);
  if (typeof value === 'boolean' || value instanceof Uint8Array) return context.invalid(expected);
  return secondLook(value, context, expected, (text) => unusual(text, context));
};

/** Exact decimals as text in one spelling. */
export const coerceNumeric =
  (context: FieldContext): Coercion =>
  (value) =>
    value === null || value === '' ? null : decimalText(value, context, 'numeric');

/** Floating point numbers; infinities and NaN are refused. */
export const coerceFloat =
  (context: FieldContext): Coercion =>
  (value) => {
    if (typeof value === 'number') return Number.isFinite(value) ? value : context.invalid('float8');
    if (value === null || value === '') return null;
    const text = decimalText(value, context, 'float8');
    if (text === null) return null;
    const number = Number(text);
    return Number.isFinite(number) ? number : context.invalid('float8');
  };

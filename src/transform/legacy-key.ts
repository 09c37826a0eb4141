import type { LegacyKey, SourceValue } from '../core/record.ts';
import { trimText } from './text/normalise.ts';
import { textOf } from './text/text-of.ts';

const ZERO = 48;

/** The integer a text spells in its only canonical form (`0`, `17`, no sign, no leading zero, safe), else -1. */
const canonicalInteger = (text: string): number => {
  const { length } = text;
  if (length === 0 || length > 16) return -1;
  let value = 0;
  for (let i = 0; i < length; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 9) return -1;
    value = value * 10 + digit;
  }
  if (length > 1 && text.charCodeAt(0) === ZERO) return -1;
  return value <= Number.MAX_SAFE_INTEGER ? value : -1;
};

const isGuid = (text: string): boolean =>
  text.length === 36 && /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(text);

const otherKey = (value: SourceValue): LegacyKey | null => {
  // A NUL cannot be stored, in no key either.
  const text = trimText(textOf(value).replaceAll('\0', ''));
  if (text === '') return null;
  const integer = canonicalInteger(text);
  if (integer >= 0) return integer;
  return isGuid(text) ? text.toLowerCase() : text;
};

/**
 * The legacy key that a source value is, the same for every source: a canonical non-negative integer as a number, a GUID in lower case, anything else as
 * trimmed text; null for NULL and blank text.
 */
export const keyOf = (value: SourceValue): LegacyKey | null => {
  if (typeof value === 'number' && value >= 0 && Number.isSafeInteger(value)) return value;
  if (value === null) return null;
  if (typeof value === 'string') {
    const integer = canonicalInteger(value);
    if (integer >= 0) return integer;
  }
  return otherKey(value);
};

const escapePart = (part: string): string => part.replace(/[\\|]/g, '\\$&');

/** A composite key: parts joined with `|` (`|` and `\` inside a part are escaped with `\`); null as soon as one part is. */
export const joinKeys = (parts: readonly (LegacyKey | null)[]): LegacyKey | null => {
  let key = '';
  for (let i = 0; i < parts.length; i++) {
    const part = parts[i]!;
    if (part === null) return null;
    key += (i === 0 ? '' : '|') + (typeof part === 'number' ? String(part) : escapePart(part));
  }
  return key;
};

import type { FieldContext } from '../field-context.ts';
import type { Coercion } from './coerce.ts';

/** Bytes of `0x…`; null when it is not that. */
export const bytesOfHex = (text: string): Uint8Array | null => {
  if (text.length % 2 !== 0 || !/^0x[0-9a-f]*$/i.test(text)) return null;
  return new Uint8Array(Buffer.from(text.slice(2), 'hex'));
};

/** Binary as bytes or `0x…`. */
export const coerceBytes =
  (context: FieldContext): Coercion =>
  (value) => {
    if (value === null || value instanceof Uint8Array) return value;
    if (value === '') return null;
    const bytes = typeof value === 'string' ? bytesOfHex(value.trim()) : null;
    return bytes ?? context.invalid('bytea');
  };

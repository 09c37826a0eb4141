import type { SourceValue } from '../../core/record.ts';

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hexadecimal digits of bytes. */
export const hexOf = (bytes: Uint8Array): string => {
  let text = '';
  for (let i = 0; i < bytes.length; i++) text += HEX[bytes[i]!]!;
  return text;
};

/**
 * A source value as text, the same for every source: bits as `1`/`0` (so a dump writes them), binary as `0x…`, NULL as ''.
 */
export const textOf = (value: SourceValue): string => {
  if (typeof value === 'string') return value;
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? '1' : '0';
  return value instanceof Uint8Array ? `0x${hexOf(value)}` : String(value);
};

/** '' and NULL are the same to a CSV dump, so to the transform as well. */
export const isMissing = (value: SourceValue): value is null | '' => value === null || value === '';

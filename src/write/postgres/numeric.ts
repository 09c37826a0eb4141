import { type Out, sized } from './binary-out.ts';

/**
 * Writes a decimal text (`-123.4500`) in PostgreSQL's binary form: number of base-10000 digits, weight of the first, sign, digits after the point.
 */
export function writeNumeric(out: Out, text: string): void {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = text.replace(/^[+-]/, '').split('.');
  const integer = whole.replace(/^0+/, '');
  const padded = integer.padStart(Math.ceil(integer.length / 4) * 4, '0');
  const digits = [...groups(padded), ...groups(fraction.padEnd(Math.ceil(fraction.length / 4) * 4, '0'))];
  let weight = padded.length / 4 - 1;
  while (digits.length > 0 && digits[0] === 0) {
    digits.shift();
    weight -= 1;
  }
  while (digits.length > 0 && digits.at(-1) === 0) digits.pop();
  sized(out, 8 + digits.length * 2);
  out.view.setInt16(out.at, digits.length);
  out.view.setInt16(out.at + 2, digits.length === 0 ? 0 : weight);
  out.view.setUint16(out.at + 4, negative && digits.length > 0 ? 0x4000 : 0);
  out.view.setInt16(out.at + 6, fraction.length);
  out.at += 8;
  for (const digit of digits) {
    out.view.setInt16(out.at, digit);
    out.at += 2;
  }
}

const groups = (text: string): number[] => (text.match(/.{4}/g) ?? []).map(Number);

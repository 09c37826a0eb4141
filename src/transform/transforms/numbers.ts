import { coerceNumeric } from '../coerce/coerce-decimal.ts';
import type { TransformDefinition } from './definition.ts';

/** Rounds exact decimal text half away from zero, digit by digit, so that no binary fraction comes in. */
export const roundDecimal = (text: string, places: number): string => {
  const negative = text.startsWith('-');
  const [whole = '', fraction = ''] = (negative ? text.slice(1) : text).split('.');
  if (fraction.length <= places) return text;
  const kept = BigInt(whole + fraction.slice(0, places)) + (fraction.charCodeAt(places) >= 53 ? 1n : 0n);
  const digits = kept.toString().padStart(places + 1, '0');
  const rounded = places === 0 ? digits : `${digits.slice(0, -places)}.${digits.slice(-places)}`;
  return negative && kept !== 0n ? `-${rounded}` : rounded;
};

/** Transforms of numbers. */
export const NUMBERS: Readonly<Record<string, TransformDefinition>> = {
  float: {
    argument: { kind: 'none' },
    takes: ['decimal', 'float', 'integer', 'text'],
    gives: 'decimal',
    raw: true,
    doc: {
      pl: 'Liczbę zmiennoprzecinkową (FLOAT) zapisuje najkrócej, jak się da, jednakowo z każdego źródła: 5.9000000000000004 to 5.9.',
      en: 'Writes a floating point number (FLOAT) as short as it can be, the same from every source: 5.9000000000000004 is 5.9.',
    },
    examples: [
      ['', '5.9000000000000004', '5.9'],
      ['', '1.0E+2', '100'],
    ],
    make: (_, context) => {
      const read = coerceNumeric(context);
      return (value) => {
        if (typeof value === 'number') return value;
        const text = read(value);
        return text === null ? null : Number(text);
      };
    },
  },
  round: {
    argument: { kind: 'integer', min: 0, max: 20 },
    takes: ['decimal', 'float', 'integer', 'text'],
    gives: 'decimal',
    raw: true,
    doc: {
      pl: 'Zaokrągla do podanej liczby miejsc po przecinku (połówki od zera).',
      en: 'Rounds to so many decimal places (halves away from zero).',
    },
    examples: [
      ['2', '5.9000000000000004', '5.90'],
      ['0', '-2.5', '-3'],
      ['2', '1.005', '1.01'],
    ],
    make: (arg, context) => {
      const read = coerceNumeric(context);
      return (value) => {
        const text = read(value);
        return text === null ? null : roundDecimal(String(text), Number(arg));
      };
    },
  },
};

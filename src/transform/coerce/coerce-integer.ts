import type { SourceValue, TargetValue } from '../../core/record.ts';
import type { FieldContext } from '../field-context.ts';
import type { Coercion } from './coerce.ts';
import { secondLook } from './second-look.ts';

const LIMITS = {
  int2: [-32_768, 32_767],
  int4: [-2_147_483_648, 2_147_483_647],
  int8: [Number.MIN_SAFE_INTEGER, Number.MAX_SAFE_INTEGER],
} as const;
const INT8_MIN = -(2n ** 63n);
const INT8_MAX = 2n ** 63n - 1n;

/** Up to 15 digits with an optional minus, or NaN. */
const shortInteger = (text: string): number => {
  const { length } = text;
  const negative = text.charCodeAt(0) === 45;
  let at = negative ? 1 : 0;
  if (length === at || length > 15) return Number.NaN;
  let value = 0;
  for (; at < length; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    value = value * 10 + digit;
  }
  return negative && value !== 0 ? -value : value;
};

/** Any spelling of a whole number (`+5`, `12.00`, 19 digits), or undefined. */
const anyInteger = (text: string): bigint | undefined => {
  const match = /^([+-]?\d{1,40})(?:[.,]0*)?$/.exec(text);
  return match ? BigInt(match[1]!.replace('+', '')) : undefined;
};

const fitting = (value: bigint, low: number, high: number, wide: boolean): TargetValue | undefined => {
  if (value >= low && value <= high) return Number(value);
  return wide && value >= INT8_MIN && value <= INT8_MAX ? value : undefined;
};

/** Whole numbers within the range of the column; beyond 2^53 as bigint. */
export const coerceInteger = (type: 'int2' | 'int4' | 'int8', context: FieldContext): Coercion => {
  const [low, high] = LIMITS[type];
  const wide = type === 'int8';
  const slow = (value: SourceValue): TargetValue =>
    secondLook<TargetValue>(value, context, type, (text) => {
      const integer = anyInteger(text);
      return integer === undefined ? undefined : fitting(integer, low, high, wide);
    });
  return (value) => {
    if (typeof value === 'number') {
      return Number.isInteger(value) && value >= low && value <= high ? value : slow(value);
    }
    if (value === null || value === '') return null;
    if (typeof value === 'string') {
      const short = shortInteger(value);
      if (short >= low && short <= high) return short;
    }
    return slow(value);
  };
};

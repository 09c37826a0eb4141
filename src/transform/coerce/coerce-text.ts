import type { SourceValue } from '../../core/record.ts';
import type { FieldContext } from '../field-context.ts';
import { NO_NORMALISING, normaliser } from '../text/normalise.ts';
import { textOf } from '../text/text-of.ts';
import { isoDate } from '../time/civil.ts';
import type { Coercion, CoercionHints } from './coerce.ts';

const isoInstant = (micros: number): string => {
  const seconds = Math.floor(micros / 1_000_000);
  const fraction = micros - seconds * 1_000_000;
  const text = new Date(seconds * 1000).toISOString().slice(0, 19);
  return fraction === 0 ? `${text}Z` : `${text}.${String(fraction).padStart(6, '0')}Z`;
};

/** Text of what is no text: dates and times that a transform made are ISO 8601 again. */
const otherText = (value: SourceValue, converted: CoercionHints['converted']): string => {
  if (typeof value !== 'number' || converted === null) return textOf(value);
  return converted === 'date' ? isoDate(value) : isoInstant(value);
};

/** Text as it is, without what PostgreSQL cannot hold. */
export const coerceText = (context: FieldContext, { clean, converted }: CoercionHints): Coercion => {
  const tidy = clean ? null : normaliser(NO_NORMALISING, context.report);
  return (value) => {
    if (value === null || value === '') return null;
    if (typeof value !== 'string') return otherText(value, converted);
    return tidy === null ? value : tidy(value) || null;
  };
};

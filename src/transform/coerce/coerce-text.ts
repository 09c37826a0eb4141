import type { FieldContext } from '../field-context.ts';
import { NO_NORMALISING, normaliser } from '../text/normalise.ts';
import { textOf } from '../text/text-of.ts';
import type { Coercion } from './coerce.ts';

/** Text as it is, without what PostgreSQL cannot hold. */
export const coerceText = (context: FieldContext, clean: boolean): Coercion => {
  if (clean) {
    return (value) => {
      if (typeof value === 'string') return value === '' ? null : value;
      return value === null ? null : textOf(value);
    };
  }
  const tidy = normaliser(NO_NORMALISING, context.report);
  return (value) => {
    if (typeof value === 'string') return tidy(value) || null;
    return value === null ? null : textOf(value);
  };
};

import type { FieldContext } from '../field-context.ts';
import { dateReader, instantReader } from '../time/instant.ts';
import type { Coercion } from './coerce.ts';

/** Points in time as microseconds UTC. `converted`: a transform already made the number. */
export const coerceInstant = (context: FieldContext, converted: boolean): Coercion => {
  const read = instantReader(context);
  return converted ? (value) => (typeof value === 'number' ? value : read(value)) : read;
};

/** Dates as days since 1970-01-01. `converted`: a transform already made the number. */
export const coerceDate = (context: FieldContext, converted: boolean): Coercion => {
  const read = dateReader(context, false);
  return converted ? (value) => (typeof value === 'number' ? value : read(value)) : read;
};

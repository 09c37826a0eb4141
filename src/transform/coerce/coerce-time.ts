import type { FieldContext } from '../field-context.ts';
import { dateReader, instantReader } from '../time/instant.ts';
import { localDay } from '../time/local-day.ts';
import type { Coercion, Converted } from './coerce.ts';

/** Points in time as microseconds UTC. */
export const coerceInstant = (context: FieldContext, converted: Converted): Coercion => {
  const read = instantReader(context);
  return converted === 'instant' ? (value) => (typeof value === 'number' ? value : read(value)) : read;
};

/** Dates as days since 1970-01-01; of a point in time, the day it had in the office. */
export const coerceDate = (context: FieldContext, converted: Converted): Coercion => {
  const read = dateReader(context, 'warn');
  if (converted === null) return read;
  if (converted === 'date') return (value) => (typeof value === 'number' ? value : read(value));
  const zone = context.zone();
  return (value) => (typeof value === 'number' ? localDay(zone, value) : read(value));
};

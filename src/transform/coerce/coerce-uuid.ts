import type { FieldContext } from '../field-context.ts';
import type { Coercion } from './coerce.ts';
import { secondLook } from './second-look.ts';

const UUID = /^\{?([0-9a-f]{8})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{4})-?([0-9a-f]{12})\}?$/i;

const CANONICAL = /^[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}$/;

/** UUIDs in canonical lower-case form; braces and missing hyphens are accepted. */
export const coerceUuid =
  (context: FieldContext): Coercion =>
  (value) => {
    if (value === null || value === '') return null;
    if (typeof value === 'string' && value.length === 36 && CANONICAL.test(value)) return value.toLowerCase();
    return secondLook(value, context, 'uuid', (text) => {
      const match = UUID.exec(text);
      return match ? match.slice(1).join('-').toLowerCase() : undefined;
    });
  };

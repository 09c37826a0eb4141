import type { FieldContext } from '../field-context.ts';
import type { Coercion } from './coerce.ts';
import { secondLook } from './second-look.ts';

/** An odd number of backslashes before `u0000`: an escaped NUL, which jsonb cannot hold. */
const ESCAPED_NUL = /(?<!\\)((?:\\\\)*)\\u0000/g;

/** JSON text that PostgreSQL takes as jsonb. */
export const coerceJson =
  (context: FieldContext): Coercion =>
  (value) => {
    if (value === null || value === '') return null;
    if (typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
    return secondLook(value, context, 'jsonb', (text) => {
      try {
        JSON.parse(text);
      } catch {
        return undefined;
      }
      if (!text.includes('\\u0000')) return text;
      context.report('CHAR_NUL', 'warning', 'change');
      return text.replace(ESCAPED_NUL, '$1');
    });
  };

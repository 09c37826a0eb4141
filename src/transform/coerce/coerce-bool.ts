import type { FieldContext } from '../field-context.ts';
import type { Coercion } from './coerce.ts';
import { secondLook } from './second-look.ts';

const SPELLINGS: ReadonlyMap<string, boolean> = new Map([
  ['1', true],
  ['true', true],
  ['t', true],
  ['yes', true],
  ['y', true],
  ['tak', true],
  ['t.', true],
  ['prawda', true],
  ['0', false],
  ['false', false],
  ['f', false],
  ['no', false],
  ['n', false],
  ['nie', false],
  ['n.', false],
  ['fałsz', false],
]);

/** Bits in every spelling that legacy data has: true/false, 1/0, yes/no, tak/nie in any case. */
export const coerceBool =
  (context: FieldContext): Coercion =>
  (value) => {
    if (typeof value === 'boolean' || value === null) return value;
    if (value === 1 || value === '1') return true;
    if (value === 0 || value === '0') return false;
    if (value === '') return null;
    return secondLook(value, context, 'bool', (text) => SPELLINGS.get(text.toLowerCase()));
  };

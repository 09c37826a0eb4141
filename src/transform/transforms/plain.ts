import { coerceBool } from '../coerce/coerce-bool.ts';
import type { TransformDefinition } from './definition.ts';

const isZero = (text: string): boolean => /^\s*[+-]?0+(?:[.,]0*)?\s*$/.test(text);

/** Values that are no text. */
export const PLAIN: Readonly<Record<string, TransformDefinition>> = {
  default: {
    argument: { kind: 'string' },
    takes: ['any'],
    gives: 'same',
    raw: true,
    doc: {
      pl: 'Wartość, gdy nie ma żadnej (NULL albo pusty tekst).',
      en: 'Value where there is none (NULL or empty text).',
    },
    examples: [
      ['brak danych', '', 'brak danych'],
      ['brak danych', 'Jan', 'Jan'],
    ],
    make: (arg) => {
      const value = arg as string;
      return (given) => (given === null || given === '' ? value : given);
    },
  },
  zeroToNull: {
    argument: { kind: 'none' },
    takes: ['integer', 'decimal', 'float', 'text'],
    gives: 'same',
    raw: true,
    doc: { pl: 'Zero oznacza brak wartości.', en: 'Zero means that there is no value.' },
    examples: [
      ['', '0', 'null'],
      ['', '0.00', 'null'],
      ['', '7', '7'],
    ],
    make: () => (value) => {
      if (typeof value === 'number') return value === 0 ? null : value;
      if (value === '0' || value === 0n) return null;
      return typeof value === 'string' && isZero(value) ? null : value;
    },
  },
  boolNot: {
    argument: { kind: 'none' },
    takes: ['boolean', 'integer', 'text'],
    gives: 'boolean',
    raw: true,
    doc: { pl: 'Odwraca tak i nie.', en: 'Turns true into false and back.' },
    examples: [
      ['', '1', 'false'],
      ['', 'nie', 'true'],
    ],
    make: (_, context) => {
      const read = coerceBool(context);
      return (value) => {
        const bool = read(value);
        return bool === null ? null : !bool;
      };
    },
  },
};

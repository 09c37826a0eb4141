import { coerceBool } from '../coerce/coerce-bool.ts';
import { onText, type TransformDefinition } from './definition.ts';

const isZero = (text: string): boolean => /^\s*[+-]?0+(?:[.,]0*)?\s*$/.test(text);

/** Cuts after a number of characters (not UTF-16 units, so that no character is torn); the same string when it is short enough. */
const cutText = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const chars = Array.from(text);
  return chars.length <= limit ? text : chars.slice(0, limit).join('');
};

/** Small transforms that need no explanation. */
export const PLAIN: Readonly<Record<string, TransformDefinition>> = {
  upper: {
    argument: { kind: 'none' },
    takes: ['any'],
    gives: 'text',
    doc: { pl: 'Zamienia na wielkie litery.', en: 'Makes all letters capitals.' },
    examples: [['', 'łąka', 'ŁĄKA']],
    make: () => onText((text) => text.toUpperCase()),
  },
  lower: {
    argument: { kind: 'none' },
    takes: ['any'],
    gives: 'text',
    doc: { pl: 'Zamienia na małe litery.', en: 'Makes all letters small.' },
    examples: [['', 'ŁĄKA', 'łąka']],
    make: () => onText((text) => text.toLowerCase()),
  },
  maxLength: {
    argument: { kind: 'integer', min: 1 },
    takes: ['any'],
    gives: 'text',
    doc: {
      pl: 'Obcina tekst do podanej liczby znaków (TEXT_TRUNCATED; cały tekst zostaje w ustaleniu i w źródle).',
      en: 'Cuts the text after so many characters (TEXT_TRUNCATED; the whole text stays in the finding and in the source).',
    },
    examples: [['5', 'Wniosek', 'Wnios']],
    make: (arg, { report }) => {
      const limit = Number(arg);
      return onText((text) => {
        const cut = cutText(text, limit);
        if (cut !== text) report('TEXT_TRUNCATED', 'warning', 'change', { limit, length: Array.from(text).length });
        return cut;
      });
    },
  },
  zeroToNull: {
    argument: { kind: 'none' },
    takes: ['any'],
    gives: 'same',
    raw: true,
    doc: { pl: 'Zero oznacza brak wartości.', en: 'Zero means that there is no value.' },
    examples: [
      ['', '0', 'null'],
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
    takes: ['any'],
    gives: 'boolean',
    raw: true,
    doc: { pl: 'Odwraca tak i nie.', en: 'Turns true into false and back.' },
    examples: [['', '1', 'false']],
    make: (_, context) => {
      const read = coerceBool(context);
      return (value) => {
        const bool = read(value);
        return bool === null ? null : !bool;
      };
    },
  },
};

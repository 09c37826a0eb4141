import { trimText } from '../text/normalise.ts';
import { onText, type TransformDefinition } from './definition.ts';

const comparable = (text: string): string => trimText(text).toLowerCase();

const before = (text: string, mark: string): string => {
  const at = text.indexOf(mark);
  return at < 0 ? text : trimText(text.slice(0, at));
};

const after = (text: string, mark: string): string | null => {
  const at = text.indexOf(mark);
  return at < 0 ? null : trimText(text.slice(at + mark.length));
};

const mark = { argument: { kind: 'string' }, takes: ['text'], gives: 'text' } as const;

/** Transforms that take texts apart or exchange a part. */
export const PARTS: Readonly<Record<string, TransformDefinition>> = {
  emptyIf: {
    argument: { kind: 'list', of: { kind: 'string' } },
    takes: ['text'],
    gives: 'text',
    doc: {
      pl: 'Teksty, które znaczą „brak” (bez względu na wielkość liter), czyści (VALUE_PLACEHOLDER).',
      en: 'Texts that mean "none" (whatever their case) are cleared (VALUE_PLACEHOLDER).',
    },
    examples: [
      ["['-', brak]", 'BRAK', 'null'],
      ["['-', brak]", 'Jan', 'Jan'],
    ],
    make: (arg, { report }) => {
      const placeholders = new Set((arg as readonly string[]).map(comparable));
      return onText((text) => {
        if (!placeholders.has(comparable(text))) return text;
        report('VALUE_PLACEHOLDER', 'warning', 'change');
        return null;
      });
    },
  },
  replace: {
    argument: { kind: 'options', options: { from: { kind: 'string' }, to: { kind: 'string' } } },
    takes: ['text'],
    gives: 'text',
    doc: { pl: 'Zamienia każde wystąpienie tekstu na inny.', en: 'Exchanges every occurrence of a text.' },
    examples: [["{ from: ';', to: ', ' }", 'a;b', 'a, b']],
    make: (arg) => {
      const { from, to } = arg as { from: string; to: string };
      return onText((text) => (text.includes(from) ? text.replaceAll(from, () => to) : text));
    },
  },
  replacePattern: {
    argument: { kind: 'options', options: { pattern: { kind: 'string', pattern: true }, to: { kind: 'string' } } },
    takes: ['text'],
    gives: 'text',
    doc: {
      pl: 'Zamienia każde dopasowanie wyrażenia regularnego; `$1` to pierwsza grupa.',
      en: 'Exchanges every match of a regular expression; `$1` is the first group.',
    },
    examples: [["{ pattern: '^0+', to: '' }", '0017', '17']],
    make: (arg) => {
      const { pattern, to } = arg as { pattern: string; to: string };
      const regex = new RegExp(pattern, 'gu');
      return onText((text) => text.replace(regex, to));
    },
  },
  extract: {
    argument: { kind: 'string', pattern: true },
    takes: ['text'],
    gives: 'text',
    doc: {
      pl: 'Bierze to, co pasuje do wyrażenia regularnego (pierwszą grupę, jeżeli jest); gdy nic nie pasuje, nie ma wartości.',
      en: 'Takes what matches a regular expression (its first group, if it has one); nothing where nothing matches.',
    },
    examples: [
      ['^RPW/([0-9]+)/', 'RPW/217/2019', '217'],
      ['^RPW/([0-9]+)/', 'bez numeru', 'null'],
    ],
    make: (arg) => {
      const regex = new RegExp(arg as string, 'u');
      return onText((text) => {
        const match = regex.exec(text);
        return match === null ? null : (match[1] ?? match[0]);
      });
    },
  },
  textBefore: {
    ...mark,
    doc: {
      pl: 'Tekst przed pierwszym wystąpieniem znaku; cały, gdy go nie ma.',
      en: 'Text before the first occurrence of the mark; all of it where there is none.',
    },
    examples: [
      ["'@'", 'jan@example.pl', 'jan'],
      ["'@'", 'jan', 'jan'],
    ],
    make: (arg) => onText((text) => before(text, arg as string)),
  },
  textAfter: {
    ...mark,
    doc: {
      pl: 'Tekst za pierwszym wystąpieniem znaku; nic, gdy go nie ma.',
      en: 'Text behind the first occurrence of the mark; nothing where there is none.',
    },
    examples: [
      ["'@'", 'jan@example.pl', 'example.pl'],
      ["'@'", 'jan', 'null'],
    ],
    make: (arg) => onText((text) => after(text, arg as string)),
  },
  split: {
    argument: { kind: 'options', options: { by: { kind: 'string' }, part: { kind: 'integer', min: 0 } } },
    takes: ['text'],
    gives: 'text',
    doc: {
      pl: 'Dzieli tekst i bierze część o podanym numerze, licząc od 0.',
      en: 'Splits the text and takes the part of that number, counted from 0.',
    },
    examples: [
      ["{ by: '/', part: 1 }", '/urzadtestowy/SkrytkaESP', 'urzadtestowy'],
      ["{ by: '/', part: 9 }", '/urzadtestowy/SkrytkaESP', 'null'],
    ],
    make: (arg) => {
      const { by, part } = arg as { by: string; part: number };
      return onText((text) => {
        const found = text.split(by)[part];
        return found === undefined ? null : trimText(found);
      });
    },
  },
  jsonArray: {
    argument: { kind: 'string' },
    takes: ['text'],
    gives: 'json',
    doc: {
      pl: 'Dzieli tekst znakiem i zapisuje części jako tablicę JSON; puste pomija.',
      en: 'Splits the text at the mark and writes its parts as a JSON array; empty ones are left out.',
    },
    examples: [[';', 'a; b;', '["a","b"]']],
    make: (arg) =>
      onText((text) => {
        const parts = text.split(arg as string).map(trimText);
        return JSON.stringify(parts.filter((part) => part !== ''));
      }),
  },
};

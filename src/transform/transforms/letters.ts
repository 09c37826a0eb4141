import { onText, type TransformDefinition } from './definition.ts';

/** Cuts after a number of characters (not UTF-16 units, so that no character is torn); the same string when it is short enough. */
const cutText = (text: string, limit: number): string => {
  if (text.length <= limit) return text;
  const chars = Array.from(text);
  return chars.length <= limit ? text : chars.slice(0, limit).join('');
};

const onlyDigits = (text: string): string => {
  let digits = '';
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 48 && code <= 57) digits += text[i];
  }
  return digits;
};

const noArgument = { argument: { kind: 'none' }, takes: ['text'], gives: 'text' } as const;

/** Transforms of letters and digits. */
export const LETTERS: Readonly<Record<string, TransformDefinition>> = {
  upper: {
    ...noArgument,
    doc: { pl: 'Zamienia na wielkie litery.', en: 'Makes all letters capitals.' },
    examples: [['', 'łąka', 'ŁĄKA']],
    make: () => onText((text) => text.toUpperCase()),
  },
  lower: {
    ...noArgument,
    doc: { pl: 'Zamienia na małe litery.', en: 'Makes all letters small.' },
    examples: [['', 'ŁĄKA', 'łąka']],
    make: () => onText((text) => text.toLowerCase()),
  },
  digits: {
    ...noArgument,
    doc: {
      pl: 'Zostawia same cyfry (NIP z kreskami, numer telefonu ze spacjami).',
      en: 'Keeps digits only (a NIP with hyphens, a phone number with spaces).',
    },
    examples: [
      ['', '123-456-32-18', '1234563218'],
      ['', 'brak', 'null'],
    ],
    make: () => onText(onlyDigits),
  },
  maxLength: {
    argument: { kind: 'integer', min: 1 },
    takes: ['text'],
    gives: 'text',
    doc: {
      pl: 'Obcina tekst do podanej liczby znaków (TEXT_TRUNCATED; cały tekst zostaje w źródle).',
      en: 'Cuts the text after so many characters (TEXT_TRUNCATED; the whole text stays in the source).',
    },
    examples: [
      ['5', 'Wniosek', 'Wnios'],
      ['500', 'Wniosek', 'Wniosek'],
    ],
    make: (arg, { report }) => {
      const limit = Number(arg);
      return onText((text) => {
        const cut = cutText(text, limit);
        if (cut !== text) report('TEXT_TRUNCATED', 'warning', 'change', { limit, length: Array.from(text).length });
        return cut;
      });
    },
  },
  padStart: {
    argument: {
      kind: 'options',
      options: {
        length: { kind: 'integer', min: 1, max: 100 },
        with: { kind: 'string', optional: true, default: '0' },
      },
    },
    takes: ['text'],
    gives: 'text',
    doc: {
      pl: 'Dopisuje znaki z przodu, aż tekst będzie miał podaną długość (zera zgubione przez kolumnę liczbową).',
      en: 'Puts characters in front until the text is that long (zeros lost by a number column).',
    },
    examples: [
      ['{ length: 7 }', '201011', '0201011'],
      ['{ length: 3, with: x }', 'a', 'xxa'],
    ],
    make: (arg) => {
      const { length, with: filler } = arg as { length: number; with: string };
      return onText((text) => text.padStart(length, filler));
    },
  },
  prefix: {
    argument: { kind: 'string' },
    takes: ['text'],
    gives: 'text',
    doc: { pl: 'Dopisuje tekst z przodu.', en: 'Puts a text in front.' },
    examples: [['RPW/', '217/2019', 'RPW/217/2019']],
    make: (arg) => onText((text) => `${arg}${text}`),
  },
  suffix: {
    argument: { kind: 'string' },
    takes: ['text'],
    gives: 'text',
    doc: { pl: 'Dopisuje tekst na końcu.', en: 'Puts a text behind.' },
    examples: [['.xml', 'E1614', 'E1614.xml']],
    make: (arg) => onText((text) => `${text}${arg}`),
  },
};

import { NO_NORMALISING, type Normalising, normaliser } from '../text/normalise.ts';
import { onText, type TransformDefinition } from './definition.ts';

const normalising = (
  normalises: Partial<Normalising>,
  rest: Pick<TransformDefinition, 'doc' | 'examples'>,
): TransformDefinition => ({
  argument: { kind: 'none' },
  takes: ['text'],
  gives: 'text',
  normalises,
  make: (_, context) => onText(normaliser({ ...NO_NORMALISING, ...normalises }, context.report)),
  ...rest,
});

/** What only changes how a text is written; a change is TEXT_NORMALISED (info). */
export const NORMALISING: Readonly<Record<string, TransformDefinition>> = {
  trim: normalising(
    { trim: true },
    {
      doc: {
        pl: 'Usuwa spacje, tabulatory, znaki końca wiersza i twarde spacje z obu końców.',
        en: 'Removes spaces, tabs, line breaks and no-break spaces at both ends.',
      },
      examples: [['', ' Wniosek o wpis ', 'Wniosek o wpis']],
    },
  ),
  collapseSpaces: normalising(
    { collapse: true },
    {
      doc: {
        pl: 'Twarde i inne nietypowe spacje zamienia na zwykłe, a kilka spacji obok siebie na jedną.',
        en: 'No-break and other odd spaces become plain ones, several spaces in a row become one.',
      },
      examples: [['', 'ul.\u00a0Polna  7', 'ul. Polna 7']],
    },
  ),
  nfc: normalising(
    { nfc: true },
    {
      doc: {
        pl: 'Litery złożone ze znaku i osobnego akcentu zapisuje jednym znakiem (Unicode NFC).',
        en: 'Letters made of a base and a separate accent become one character (Unicode NFC).',
      },
      examples: [['', 'Lo\u0301dz\u0301', 'Lódź']],
    },
  ),
  singleLine: normalising(
    { singleLine: true },
    {
      doc: {
        pl: 'Znaki końca wiersza i tabulatory zamienia na jedną spację.',
        en: 'Line breaks and tabs become one space.',
      },
      examples: [['', 'Wniosek\r\no wpis', 'Wniosek o wpis']],
    },
  ),
  unixLines: normalising(
    { unixLines: true },
    {
      doc: {
        pl: 'Końce wierszy z Windows (CR LF) zamienia na LF.',
        en: 'Windows line ends (CR LF) become LF.',
      },
      examples: [['', 'a\r\nb', 'a\nb']],
    },
  ),
};

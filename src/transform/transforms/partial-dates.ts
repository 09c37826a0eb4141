import { parsePartialDate } from '../../core/partial-date.ts';
import { trimText } from '../text/normalise.ts';
import { onText, type TransformDefinition } from './definition.ts';

const read = (text: string) => parsePartialDate(trimText(text));

/** Dates on letters, which may name only a year or a month. What cannot be read becomes NULL; the rule `dataCzesciowa` on the kept text says so. */
export const PARTIAL_DATES: Readonly<Record<string, TransformDefinition>> = {
  partialDate: {
    argument: { kind: 'none' },
    takes: ['text'],
    gives: 'date',
    doc: {
      pl: 'Pierwszy dzień okresu, który podaje tekst RRRR, RRRR-MM lub RRRR-MM-DD. Czego nie da się odczytać, jest puste: obok trzymaj tekst i regułę dataCzesciowa.',
      en: 'First day of the period that a text YYYY, YYYY-MM or YYYY-MM-DD names. What cannot be read is empty: keep the text beside it, with the rule dataCzesciowa.',
    },
    examples: [
      ['', '2011-04-30', '2011-04-30'],
      ['', '2011-04', '2011-04-01'],
      ['', '2011', '2011-01-01'],
      ['', '30.04.2011', '2011-04-30'],
      ['', 'wiosna', 'null'],
    ],
    make: () => onText((text) => read(text)?.day ?? null),
  },
  datePrecision: {
    argument: { kind: 'none' },
    takes: ['text'],
    gives: 'text',
    doc: {
      pl: 'Dokładność daty podanej tekstem: rok, miesiac albo dzien.',
      en: 'How much of a date a text names: rok (year), miesiac (month) or dzien (day).',
    },
    examples: [
      ['', '2011-04-30', 'dzien'],
      ['', '2011-04', 'miesiac'],
      ['', '2011', 'rok'],
      ['', 'wiosna', 'null'],
    ],
    make: () => onText((text) => read(text)?.precision ?? null),
  },
};

import { parsePartialDate } from '../../core/partial-date.ts';
import { trimText } from '../text/normalise.ts';
import { type DateShift, dateReader, instantReader } from '../time/instant.ts';
import { zoneTable } from '../time/zone-table.ts';
import { onText, type TransformArgument, type TransformDefinition } from './definition.ts';

const shiftOption = (arg: TransformArgument): DateShift | null =>
  (arg as { readonly dateShift?: DateShift | null } | null)?.dateShift ?? null;

const DATE_SHIFT = { kind: 'string', allowed: ['warn', 'repair'], optional: true } as const;

/** Dates and times. Days since 1970 and microseconds UTC are numbers from here on. */
export const TIMES: Readonly<Record<string, TransformDefinition>> = {
  localTime: {
    argument: { kind: 'options', optional: true, options: { dateShift: DATE_SHIFT } },
    takes: ['local', 'date', 'instant', 'text'],
    gives: 'instant',
    raw: true,
    doc: {
      pl: 'Czas lokalny urzędu (strefa z pliku projektu) zamienia na chwilę w UTC. Z dwóch jednakowych godzin bierze pierwszą (TIME_AMBIGUOUS), godzinę, której nie było, przesuwa naprzód (TIME_MISSING), daty zastępcze 1753-01-01, 1900-01-01, 0001-01-01 i ponad 50 lat naprzód czyści (DATE_SENTINEL). Tekst z przesunięciem (datetimeoffset) zachowuje je. `dateShift: warn` albo `repair`: kolumna oznacza samą datę, jak w dateOnly.',
      en: 'Local time of the office (zone of the project file) becomes an instant in UTC. Of two equal hours the first is taken (TIME_AMBIGUOUS), an hour that the clock skipped moves forward (TIME_MISSING), the sentinels 1753-01-01, 1900-01-01, 0001-01-01 and more than 50 years ahead are cleared (DATE_SENTINEL). A text with an offset (datetimeoffset) keeps it. `dateShift: warn` or `repair`: the column means a date, as in dateOnly.',
    },
    examples: [
      ['', '2023-03-15 10:15:00.000', '2023-03-15T09:15:00Z'],
      ['', '2023-07-15 10:15:00', '2023-07-15T08:15:00Z'],
      ['', '2023-10-29 02:30:00', '2023-10-29T00:30:00Z'],
      ['', '2023-03-26 02:30:00', '2023-03-26T01:30:00Z'],
      ['', '1900-01-01 00:00:00', 'null'],
      ['{ dateShift: repair }', '2019-01-29 23:00:00', '2019-01-29T23:00:00Z'],
    ],
    make: (arg, context) => instantReader(context, { dateShift: shiftOption(arg) }),
  },
  utcTime: {
    argument: { kind: 'none' },
    takes: ['local', 'date', 'instant', 'text'],
    gives: 'instant',
    raw: true,
    doc: {
      pl: 'Jak localTime, ale wartość w źródle jest już w UTC.',
      en: 'Like localTime, but the value in the source is in UTC already.',
    },
    examples: [['', '2023-03-15 10:15:00.000', '2023-03-15T10:15:00Z']],
    make: (_, context) => instantReader(context, { zone: zoneTable('UTC') }),
  },
  dateOnly: {
    argument: {
      kind: 'options',
      optional: true,
      options: { dateShift: { ...DATE_SHIFT, default: 'warn' } },
    },
    takes: ['local', 'date', 'instant', 'text'],
    gives: 'date',
    raw: true,
    doc: {
      pl: 'Bierze samą datę z daty i godziny. Godzina 22:00 lub 23:00 to północ przesunięta na dzień wcześniej (DATE_SHIFT); `dateShift: repair` bierze wtedy dzień następny.',
      en: 'Takes the date of a date and time. A time of exactly 22:00 or 23:00 is a midnight moved to the day before (DATE_SHIFT); `dateShift: repair` then takes the next day.',
    },
    examples: [
      ['', '2019-01-30 00:00:00', '2019-01-30'],
      ['', '2019-01-29 23:00:00', '2019-01-29'],
      ['{ dateShift: repair }', '2019-01-29 23:00:00', '2019-01-30'],
    ],
    make: (arg, context) => dateReader(context, shiftOption(arg) ?? 'warn'),
  },
  year: {
    argument: { kind: 'none' },
    takes: ['local', 'date', 'instant', 'text'],
    gives: 'integer',
    doc: {
      pl: 'Rok z daty, z daty i godziny albo z daty niepełnej.',
      en: 'Year of a date, of a date and time or of a partial date.',
    },
    examples: [
      ['', '2019-01-29 23:00:00', '2019'],
      ['', '2011-04', '2011'],
      ['', '30.04.2011', '2011'],
      ['', 'wiosna', 'null'],
    ],
    make: () =>
      onText((text) => {
        const date = parsePartialDate(trimText(text).slice(0, 10));
        return date === null ? null : Number(date.text.slice(0, 4));
      }),
  },
};

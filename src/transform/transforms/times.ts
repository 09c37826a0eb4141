import { dateReader, instantReader } from '../time/instant.ts';
import type { TransformArgument, TransformDefinition } from './definition.ts';

const isRepair = (arg: TransformArgument): boolean => {
  if (arg === 'repair') return true;
  return (
    typeof arg === 'object' &&
    arg !== null &&
    !Array.isArray(arg) &&
    (arg as { dateShift?: unknown }).dateShift === 'repair'
  );
};

/** Dates and times. Days since 1970 and microseconds UTC are numbers from here on. */
export const TIMES: Readonly<Record<string, TransformDefinition>> = {
  localTime: {
    argument: { kind: 'none' },
    takes: ['any'],
    gives: 'instant',
    raw: true,
    doc: {
      pl: 'Czas lokalny urzędu (strefa z pliku projektu) zamienia na chwilę w UTC. Z dwóch jednakowych godzin bierze pierwszą (TIME_AMBIGUOUS), godzinę, której nie było, przesuwa naprzód (TIME_MISSING), daty zastępcze 1753-01-01, 1900-01-01, 0001-01-01 i ponad 50 lat naprzód czyści (DATE_SENTINEL). Tekst z przesunięciem (datetimeoffset) zachowuje je.',
      en: 'Local time of the office (zone of the project file) becomes an instant in UTC. Of two equal hours the first is taken (TIME_AMBIGUOUS), an hour that the clock skipped moves forward (TIME_MISSING), the sentinels 1753-01-01, 1900-01-01, 0001-01-01 and more than 50 years ahead are cleared (DATE_SENTINEL). A text with an offset (datetimeoffset) keeps it.',
    },
    examples: [
      ['', '2023-03-15 10:15:00.000', '1678871700000000'],
      ['', '2023-07-15 10:15:00', '1689408900000000'],
      ['', '2023-10-29 02:30:00', '1698539400000000'],
      ['', '1900-01-01 00:00:00', 'null'],
    ],
    make: (_, context) => instantReader(context),
  },
  dateOnly: {
    argument: {
      kind: 'options',
      optional: true,
      options: { dateShift: { kind: 'string', allowed: ['warn', 'repair'], optional: true, default: 'warn' } },
    },
    takes: ['any'],
    gives: 'date',
    raw: true,
    doc: {
      pl: 'Bierze samą datę z daty i godziny. Godzina 22:00 lub 23:00 to północ przesunięta na dzień wcześniej (DATE_SHIFT); `dateShift: repair` bierze wtedy dzień następny.',
      en: 'Takes the date of a date and time. A time of exactly 22:00 or 23:00 is a midnight moved to the day before (DATE_SHIFT); `dateShift: repair` then takes the next day.',
    },
    examples: [
      ['', '2019-01-30 00:00:00', '17926'],
      ['', '2019-01-29 23:00:00', '17925'],
      ['{ dateShift: repair }', '2019-01-29 23:00:00', '17926'],
    ],
    make: (arg, context) => dateReader(context, isRepair(arg)),
  },
};

import { entries } from '../entries.ts';

const nothing = ['Nic nie trzeba robić.', 'Nothing to do.'] as const;

/** What transforms say about single values. The kind of personal data follows from the field. */
export const VALUE_CODES = [
  ...entries(
    { area: 'values', origin: 'transform', effect: 'reject', fixed: true },
    {
      FIELD_REQUIRED: [
        'error',
        [
          'Brak wartości, bez której nowy system nie przyjmie rekordu.',
          'A value is missing without which the new system cannot hold the record.',
        ],
        [
          'Uzupełnij wartość korektą albo podaj w mapowaniu wartość zastępczą.',
          'Add the value by a correction, or name a fallback in the mapping.',
        ],
      ],
      TYPE_INVALID: [
        'error',
        ['Wartości nie da się odczytać (oczekiwano: {expected}).', 'The value cannot be read (expected: {expected}).'],
        ['Popraw wartość korektą; surowa jest w ustaleniu.', 'Correct the value; the raw one is in the finding.'],
      ],
      CODE_UNKNOWN: [
        'error',
        ['Kodu nie ma w tabeli {lookup}.', 'The code is not in the look-up table {lookup}.'],
        [
          'Ustal w starym systemie, co kod znaczy, i dopisz go do tabeli.',
          'Find out in the legacy system what the code means, and add it to the table.',
        ],
        { personal: 'none' },
      ],
    },
  ),
  ...entries(
    { area: 'values', origin: 'transform', effect: 'load', fixed: true },
    {
      CODE_UNCONFIRMED: [
        'warning',
        [
          'Znaczenie kodu w tabeli {lookup} nie jest potwierdzone dla tego urzędu.',
          'The meaning of the code in the look-up table {lookup} is not confirmed for this office.',
        ],
        [
          'Sprawdź w słowniku starego systemu i usuń znak niepewności z tabeli.',
          'Check the dictionary of the legacy system and remove the mark of doubt from the table.',
        ],
        { personal: 'none' },
      ],
      TEXT_TRUNCATED: [
        'warning',
        [
          'Tekst ma {length} znaków; obcięto go do {limit}.',
          'The text has {length} characters; it was cut to {limit}.',
        ],
        [
          'Skróć tekst korektą tak, żeby zachował sens.',
          'Shorten the text by a correction so that it keeps its sense.',
        ],
        { effect: 'change' },
      ],
      TEXT_NORMALISED: [
        'info',
        ['Poprawiono odstępy lub zapis liter.', 'Spaces or the spelling of letters were put right.'],
        nothing,
        { effect: 'change' },
      ],
      CHAR_NUL: [
        'warning',
        [
          'Usunięto znak NUL, którego baza danych nie przyjmie.',
          'A NUL character, which the database cannot hold, was removed.',
        ],
        nothing,
        { effect: 'change' },
      ],
      CHAR_CONTROL: [
        'warning',
        ['Tekst zawiera znaki sterujące.', 'The text holds control characters.'],
        ['Sprawdź tekst; zwykle to ślad po wklejeniu.', 'Check the text; usually the trace of pasting.'],
        { effect: 'change' },
      ],
      CHAR_INVALID: [
        'warning',
        ['Tekst zawiera znaki uszkodzone.', 'The text holds broken characters.'],
        [
          'Zwykle zła strona kodowa zrzutu: porównaj z ustawieniem źródła i powtórz zrzut.',
          'Usually the wrong code page of the dump: compare with the setting of the source, and dump again.',
        ],
        { effect: 'change' },
      ],
      NUMBER_FORMAT: [
        'warning',
        [
          'Liczba zapisana po polsku (przecinek, odstępy); odczytano ją.',
          'A number written the Polish way (comma, spaces); it was read.',
        ],
        nothing,
        { effect: 'change', personal: 'none' },
      ],
      VALUE_PLACEHOLDER: [
        'warning',
        [
          'Tekst oznaczający brak danych; pole zostaje puste.',
          'A text that stands for no data; the field stays empty.',
        ],
        ['Uzupełnij wartość, jeżeli jest znana.', 'Add the value if it is known.'],
        { effect: 'change', personal: 'none' },
      ],
      EXPR_FAILED: [
        'error',
        [
          'Wyrażenia z mapowania nie dało się obliczyć dla tego rekordu: {expression} ({reason})',
          'An expression of the mapping could not be computed for this record: {expression} ({reason})',
        ],
        [
          'Popraw wyrażenie w mapowaniu, tak by znosiło brak wartości.',
          'Correct the expression so that it bears missing values.',
        ],
        { effect: 'change', personal: 'none' },
      ],
    },
  ),
  ...entries(
    { area: 'dates', origin: 'transform', effect: 'change', fixed: true, personal: 'none' },
    {
      DATE_FORMAT: [
        'warning',
        ['Data zapisana jako dd.mm.rrrr; odczytano ją.', 'A date written as dd.mm.yyyy; it was read.'],
        nothing,
      ],
      DATE_SENTINEL: [
        'warning',
        [
          'Data zastępcza albo o ponad 50 lat późniejsza; pole zostaje puste.',
          'A stand-in date, or one more than 50 years ahead; the field stays empty.',
        ],
        ['Uzupełnij datę, jeżeli jest znana.', 'Add the date if it is known.'],
      ],
      DATE_SHIFT: [
        'warning',
        [
          'Data bez godziny zapisana jako 22:00 lub 23:00: prawdopodobnie dzień jest o jeden za wczesny.',
          'A date without a time stored as 22:00 or 23:00: the day is probably one too early.',
        ],
        [
          'Sprawdź na kilku pismach; jeżeli tak jest, ustaw w mapowaniu dateShift: repair.',
          'Check on a few letters; if it is so, set dateShift: repair in the mapping.',
        ],
        { effect: 'load' },
      ],
      TIME_AMBIGUOUS: [
        'warning',
        [
          'Godzina zdarzyła się dwa razy (zmiana czasu); przyjęto pierwszą.',
          'The hour happened twice (end of summer time); the first was taken.',
        ],
        nothing,
        { effect: 'load' },
      ],
      TIME_MISSING: [
        'warning',
        [
          'Godziny nie było (zmiana czasu); przesunięto ją naprzód.',
          'The hour did not exist (start of summer time); it was moved forward.',
        ],
        nothing,
      ],
    },
  ),
];

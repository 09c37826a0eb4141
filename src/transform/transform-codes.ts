import type { CodeEntry } from '../core/code-entry.ts';
import type { Effect, Severity } from '../core/finding.ts';
import type { Bilingual } from '../core/signatures.ts';

type Row = readonly [
  code: string,
  severity: Severity,
  effect: Effect,
  message: Bilingual,
  hint: Bilingual,
  own?: Partial<CodeEntry>,
];

const text = (pl: string, en: string): Bilingual => ({ pl, en });
const NOTHING = text('Nic nie trzeba robić.', 'Nothing to do.');

const KEYS: readonly Row[] = [
  [
    'KEY_MISSING',
    'error',
    'reject',
    text('Wiersz nie ma klucza.', 'The row has no key.'),
    text(
      'Uzupełnij klucz w źródle; bez niego rekordu nie da się odnaleźć ani wczytać dwa razy tak samo.',
      'Fill in the key in the source; without it a record can be neither found nor loaded twice alike.',
    ),
  ],
  [
    'LINEAGE_CYCLE',
    'error',
    'load',
    text(
      'Wersje rekordu wskazują na siebie w kółko; rekord wczytano osobno.',
      'Versions of the record point at each other in a circle; the record was loaded by itself.',
    ),
    text(
      'Popraw w źródle identyfikator pierwowzoru albo wersji poprzedniej.',
      'Correct the id of the original or of the previous version in the source.',
    ),
  ],
];

const VALUES: readonly Row[] = [
  [
    'FIELD_REQUIRED',
    'error',
    'reject',
    text('Brak wartości wymaganej przez nowy system.', 'A value that the new system requires is missing.'),
    text('Uzupełnij ją w źródle albo korektą.', 'Fill it in in the source or by a correction.'),
  ],
  [
    'TYPE_INVALID',
    'error',
    'change',
    text(
      'Wartości nie da się odczytać jako {expected}; pole zostało puste.',
      'The value cannot be read as {expected}; the field was left empty.',
    ),
    text(
      'Popraw wartość w źródle albo korektą. W polu wymaganym rekord zostaje odrzucony.',
      'Correct the value in the source or by a correction. In a required field the record is rejected.',
    ),
    { repairs: true },
  ],
  [
    'CHAR_NUL',
    'warning',
    'change',
    text(
      'Usunięto znak NUL, którego nowy system nie przechowa.',
      'A NUL, which the new system cannot hold, was removed.',
    ),
    NOTHING,
    { repairs: true },
  ],
  [
    'CHAR_CONTROL',
    'warning',
    'change',
    text('Tekst zawiera znaki sterujące.', 'The text holds control characters.'),
    text(
      'Znaki U+0080–U+009F zostają: to zwykle polskie litery odczytane w złej stronie kodowej; sprawdź kodowanie zrzutu.',
      'U+0080–U+009F stay: they are usually Polish letters read in a wrong code page; check the encoding of the dump.',
    ),
    { repairs: true },
  ],
  [
    'CHAR_INVALID',
    'warning',
    'change',
    text('Tekst zawiera nieprawidłowe znaki (U+FFFD).', 'The text holds invalid characters (U+FFFD).'),
    text('Sprawdź kodowanie zrzutu w pliku projektu.', 'Check the encoding of the dump in the project file.'),
    { repairs: true },
  ],
  [
    'TEXT_NORMALISED',
    'info',
    'change',
    text(
      'Usunięto zbędne spacje lub ujednolicono zapis znaków.',
      'Superfluous spaces were removed or characters unified.',
    ),
    NOTHING,
    { repairs: true },
  ],
  [
    'TEXT_TRUNCATED',
    'warning',
    'change',
    text('Tekst ({length} znaków) obcięto do {limit}.', 'The text ({length} characters) was cut to {limit}.'),
    text(
      'Cały tekst zostaje w źródle; skróć go tam, jeżeli końcówka jest ważna.',
      'The whole text stays in the source; shorten it there if its end matters.',
    ),
    { repairs: true },
  ],
  [
    'NUMBER_FORMAT',
    'warning',
    'change',
    text(
      'Liczba zapisana z przecinkiem lub spacjami; odczytano ją.',
      'A number written with a comma or spaces; it was read.',
    ),
    NOTHING,
    { repairs: true, personal: 'none' },
  ],
  [
    'VALUE_PLACEHOLDER',
    'warning',
    'change',
    text(
      'Tekst oznaczający brak danych; pole zostało puste.',
      'A text that stands for no data; the field was left empty.',
    ),
    NOTHING,
    { repairs: true, personal: 'none' },
  ],
  [
    'CODE_UNKNOWN',
    'warning',
    'change',
    text('Kodu nie ma w tabeli „{lookup}”.', 'The look-up "{lookup}" does not know the code.'),
    text(
      'Dopisz kod do lookups/{lookup}.csv w swoim projekcie i uruchom ponownie.',
      'Add the code to lookups/{lookup}.csv of your project and run again.',
    ),
    { personal: 'none', repairs: true },
  ],
  [
    'CODE_UNCONFIRMED',
    'warning',
    'load',
    text(
      'Znaczenie kodu w tabeli „{lookup}” nie jest potwierdzone.',
      'What the code in the look-up "{lookup}" means is not confirmed.',
    ),
    text(
      'Sprawdź w swoim systemie, co znaczy kod, i wpisz to do lookups/{lookup}.csv.',
      'Find out in your system what the code means and write it into lookups/{lookup}.csv.',
    ),
    { personal: 'none' },
  ],
  [
    'EXPR_FAILED',
    'error',
    'change',
    text(
      'Wyrażenia „{expression}” nie dało się obliczyć ({reason}); pole zostało puste.',
      'The expression "{expression}" could not be evaluated ({reason}); the field was left empty.',
    ),
    text(
      'Popraw wyrażenie w pliku mapowania, np. sprawdzając najpierw, czy wartość nie jest pusta.',
      'Correct the expression in the mapping file, e.g. by testing for null first.',
    ),
    { personal: 'none' },
  ],
];

const TIMES: readonly Row[] = [
  [
    'TIME_AMBIGUOUS',
    'warning',
    'load',
    text(
      'Godzina powtarzająca się przy zmianie czasu; przyjęto pierwszą.',
      'An hour that comes twice when the clock is set back; the first was taken.',
    ),
    NOTHING,
  ],
  [
    'TIME_MISSING',
    'warning',
    'change',
    text(
      'Godzina, której nie było przy zmianie czasu; przesunięto ją naprzód.',
      'An hour that the clock skipped; it was moved forward.',
    ),
    NOTHING,
  ],
  [
    'DATE_SENTINEL',
    'warning',
    'change',
    text(
      'Data zastępcza (np. 1900-01-01) lub odległa o ponad 50 lat; pole zostało puste.',
      'A date that stands for none (such as 1900-01-01) or more than 50 years ahead; the field was left empty.',
    ),
    NOTHING,
  ],
  [
    'DATE_SHIFT',
    'warning',
    'load',
    text(
      'Godzina 22:00 lub 23:00 w polu z samą datą: data może być o dzień za wczesna.',
      'A time of 22:00 or 23:00 in a date-only field: the date may be one day early.',
    ),
    text(
      'Sprawdź kilka takich dat z papierem; jeżeli są za wczesne, ustaw w mapowaniu dateShift: repair.',
      'Check some of these dates against the paper; if they are early, set dateShift: repair in the mapping.',
    ),
  ],
  [
    'DATE_FORMAT',
    'warning',
    'change',
    text('Data zapisana jako dd.mm.rrrr; odczytano ją.', 'A date written as dd.mm.yyyy; it was read.'),
    NOTHING,
  ],
];

const entriesOf = (rows: readonly Row[], base: Pick<CodeEntry, 'area'> & Partial<CodeEntry>): CodeEntry[] =>
  rows.map(([code, severity, effect, message, hint, own]) => ({
    origin: 'transform',
    ...base,
    code,
    severity,
    effect,
    message,
    hint,
    ...own,
  }));

/** Every finding that transforms say themselves, with its usual severity and effect. EMAIL_SEVERAL belongs to the rules and is only shared. */
export const TRANSFORM_CODES: readonly CodeEntry[] = [
  ...entriesOf(KEYS, { area: 'keys-and-references', personal: 'none' }),
  ...entriesOf(VALUES, { area: 'values' }),
  ...entriesOf(TIMES, { area: 'dates', personal: 'none', repairs: true }),
];

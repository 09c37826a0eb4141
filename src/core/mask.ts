import type { Finding } from './finding.ts';

/** Kinds of personal data. `none`: technical or public (case signs, classes, dates, hashes) and shown as it is. */
export const PERSONAL_KINDS = ['none', 'pesel', 'number', 'name', 'email', 'address', 'text'] as const;
export type PersonalKind = (typeof PERSONAL_KINDS)[number];

const KINDS_BY_WORD: readonly (readonly [RegExp, PersonalKind])[] = [
  [/pesel/, 'pesel'],
  [/^nip$|^regon$|telefon|numer_nad|^ade$|doreczen|epuap|skrytk|ade_adres|kod_kreskowy/, 'number'],
  [/e_?mail|mail_fax|login/, 'email'],
  [/ulica|miejscow|budynk|lokal|poczt|gmin|powiat/, 'address'],
  [
    /^(znak|poprzedni_znak|numer_rpw|znak_wplywu|pozycja|klasa|nas_klasa|rwa|nie_stanowi|symbol|rok|rocznik|lp|numer|kategoria|hash|skrot|sha256)/,
    'none',
  ],
  [/^(data|czas|termin|zalozono|zakonczono|zarejestrowano|rozpoczeto|utworzono|zmodyfikowano|wazne)/, 'none'],
  [
    /^(id|typ|rodzaj|status|stan|kod|kraj|tryb|kanal|kierunek|dostep|wersja|rozmiar|liczba|format|strefa|gabaryt|guid|klucz|kontener|rola)(_(?!komunikat)|$)/,
    'none',
  ],
  [/^(czy|jest)_|sposob_/, 'none'],
  [/imi[eo]|nazwisk|nadawc|odbiorc|adresat|pracownik|osob|od_kogo|inicja|subject|podpisa|autor|prowadz/, 'name'],
  [/adres/, 'address'],
];

/** What kind of personal data a column of the legacy system or of the store may hold; free text (`text`) where nothing says that it is harmless. */
export function fieldKind(column: string | undefined): PersonalKind {
  if (column === undefined) return 'text';
  const name = column.replace(/([a-ząćęłńóśźż0-9])([A-ZĄĆĘŁŃÓŚŹŻ])/gu, '$1_$2').toLowerCase();
  return KINDS_BY_WORD.find(([word]) => word.test(name))?.[1] ?? 'text';
}

/**
 * The value as a report or a log may show it: `9932*****16`, `J. K.`, `j***@p***.pl`. Masking is one-way and keeps just enough to find the record's field
 * again; the legacy key beside it leads to the record.
 */
export function maskValue(kind: PersonalKind, value: string): string {
  if (value === '') return value;
  switch (kind) {
    case 'none':
      return value;
    case 'pesel':
      return maskPesel(value);
    case 'number':
      return maskMiddle(value, 2, 2);
    case 'email':
      return maskEmail(value);
    case 'name':
      return initials(value);
    case 'address':
      return maskText(value);
    case 'text':
      return isHarmless(value) ? value : maskText(value);
  }
}

/** A finding with value and text parameters masked: by the kind its code names (`kindOfCode`), else by its field. Case signs stay readable. */
export function maskFinding<F extends Pick<Finding, 'code' | 'field' | 'value' | 'params'>>(
  finding: F,
  kindOfCode: (code: string) => PersonalKind | undefined,
): F {
  const kind = kindOfCode(finding.code) ?? fieldKind(finding.field);
  if (kind === 'none' || (finding.value === undefined && finding.params === undefined)) return finding;
  const masked = { ...finding };
  if (finding.value !== undefined) Object.assign(masked, { value: maskValue(kind, finding.value) });
  if (finding.params !== undefined) Object.assign(masked, { params: maskParams(kind, finding.params) });
  return masked;
}

/** Parameters that only ever hold our own words, numbers, names of entities and columns, or the file name of a package. */
const OPEN_PARAMS = new Set(
  'entity parent parentKey column table reason chain file line type zone limit rule expression expected lookup algorithm extension content document other handOver package'.split(
    ' ',
  ),
);

const maskParams = (kind: PersonalKind, params: Readonly<Record<string, string | number>>) =>
  Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'number' || OPEN_PARAMS.has(name) ? value : maskValue(kind, value),
    ]),
  );

/** `99323100016` → `9932*****16`; a value that is no eleven digits is hidden but for its ends. */
const maskPesel = (value: string): string =>
  value.length === 11 ? `${value.slice(0, 4)}*****${value.slice(9)}` : maskMiddle(value, 2, 2);

const maskMiddle = (value: string, head: number, tail: number): string =>
  value.length <= head + tail + 1
    ? '*'.repeat(value.length)
    : `${value.slice(0, head)}${'*'.repeat(Math.min(value.length - head - tail, 12))}${value.slice(-tail)}`;

const maskEmail = (value: string): string => {
  const at = value.lastIndexOf('@');
  if (at < 1) return maskMiddle(value, 1, 1);
  const domain = value.slice(at + 1);
  const dot = domain.lastIndexOf('.');
  const end = dot < 0 ? '' : domain.slice(dot);
  return `${value.slice(0, 1)}***@${domain.slice(0, 1)}***${/^\.[a-z]{2,4}$/i.test(end) ? end : ''}`;
};

const initials = (value: string): string =>
  words(value)
    .slice(0, 4)
    .map((word) => `${firstLetter(word)}.`)
    .join(' ');

/** No letter and too few digits for the number of a person, a phone or an account: `2011-02-30`, `12/7`. */
const isHarmless = (value: string): boolean => !/\p{L}/u.test(value) && value.replace(/\D/g, '').length < 9;

/** First letters of the first words and the length, digits hidden. */
const maskText = (value: string): string => {
  const shown = words(value)
    .slice(0, 3)
    .map((word) => `${/^\d/.test(word) ? '*' : firstLetter(word)}…`);
  return `${shown.join(' ')} (${value.length})`;
};

const words = (value: string): string[] => value.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
const firstLetter = (word: string): string => [...word][0] ?? '';

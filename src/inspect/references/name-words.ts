/** Words of offices that stand for a table named otherwise: who does something is an employee, a department is a unit. Stems, lower case. */
const SAME_THING: readonly (readonly [RegExp, string])[] = [
  [/^(?:prowadzac|wlascicie|inicjator|autor|tworc|uzytkowni|referent|kierowni|zastepc|akceptujac)/, 'pracownik'],
  [/^(?:wydzia|komork|referat|departament|oddzia)/, 'jednostka'],
  [/^(?:zawartosc|content)/, 'zalacznik'],
  [/^koszul/, 'pismo'],
];

/** Words by which a row names another row of its own table. */
const OWN_TABLE =
  /^(?:nadrzedn|podrzedn|poprzedni|nastepn|parent|previous|next|rodzic|bazow|zrodl|ory?ginal|pierwot|kopi)/;

const ID_WORDS = new Set(['id', 'ident', 'identyfikator', 'fk', 'ref', 'guid', 'uid']);

/** Words that name a code or a number rather than another row. */
const CODE_WORDS =
  /^(?:typ|rodzaj|status|stan(?:u|y)?$|kod|tryb|kanal|kierunek|powod|przyczyn|kategori|format|stref|gabaryt|etap|sposob|dostep|grup|oznaczen|faz|poziom|priorytet$|wynik|kind|type|state|level)/;
const NUMBER_WORDS =
  /^(?:liczb|ilosc|rok|roczni|lp$|numer|termin|wag[ai]$|oplat|order|sort|stron|rozmiar|wersj|dni$|kwot|cen[ay]$|count|size|year|kolejn|licznik)/;
/** Words of free text. */
const PROSE_WORDS =
  /^(?:uwag|opis|tresc|zawartosc|wartosc|nazw|tytul|komunikat|ustawien|notat|informac|description|title|name$|text$)/;

/** `IdPracownika_Wlasciciela` → id, pracownika, wlasciciela; without Polish marks. */
export function nameWords(name: string): readonly string[] {
  return name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .replaceAll('Ł', 'L')
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** What the name of a column says about what it refers to. */
export interface ColumnWords {
  /** It is named as an id of something. */
  readonly id: boolean;
  /** Words that name the other table. */
  readonly things: readonly string[];
  /** It names another row of its own table. */
  readonly own: boolean;
  readonly code: boolean;
  readonly number: boolean;
  /** It is named as free text. */
  readonly prose: boolean;
}

export function columnWords(column: string): ColumnWords {
  const words = nameWords(column);
  const id = words.some((word) => ID_WORDS.has(word));
  const rest = words.filter((word) => !ID_WORDS.has(word));
  // Of an id, the first word says of what: IdTypSprawy is a code, IdPracownikaOznaczenia an employee.
  const telling = id ? rest.slice(0, 1) : rest;
  return {
    id,
    things: rest.filter((word) => !OWN_TABLE.test(word)).map(thingOf),
    own: words.some((word) => OWN_TABLE.test(word)),
    code: telling.some((word) => CODE_WORDS.test(word)),
    number: telling.some((word) => NUMBER_WORDS.test(word)),
    prose: telling.some((word) => PROSE_WORDS.test(word)),
  };
}

const thingOf = (word: string): string => SAME_THING.find(([stem]) => stem.test(word))?.[1] ?? word;

/** How far two words are the same but for their endings (`pracownika`, `pracownicy`): share of common letters at the beginning; 0 when it is too little. */
export function likeness(a: string, b: string): number {
  let common = 0;
  while (common < a.length && a[common] === b[common]) common++;
  const longer = Math.max(a.length, b.length);
  const enough = common >= 3 && (longer <= 5 ? common >= longer - 1 : common / longer >= 0.7);
  return a === b ? 1 : enough ? common / longer : 0;
}

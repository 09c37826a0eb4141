import { fieldKind, type PersonalKind } from '../core/mask.ts';
import type { Look } from './column/value-looks.ts';
import type { MeasuredType } from './picture.ts';

/** Looks that only a person's or a firm's data has, and from which share of the values a column counts as such. */
const PERSONAL_LOOKS: Readonly<Partial<Record<Look, readonly [share: number, kind: PersonalKind]>>> = {
  pesel: [0.02, 'pesel'],
  email: [0.005, 'email'],
  nip: [0.5, 'number'],
  regon: [0.5, 'number'],
  phone: [0.5, 'number'],
};

/** Names of columns whose values are not even read. */
const SECRET =
  /hasl|pass(?:word|wd|phrase)?$|password|pwd|sekret|secret|token|salt$|klucz_?pryw|private_?key|api_?key/i;

export const isSecret = (column: string): boolean => SECRET.test(column.replaceAll(/[ąćęłńóśźż]/gi, plainLetter));

const PLAIN: Readonly<Record<string, string>> = {
  ą: 'a',
  ć: 'c',
  ę: 'e',
  ł: 'l',
  ń: 'n',
  ó: 'o',
  ś: 's',
  ź: 'z',
  ż: 'z',
};
const plainLetter = (letter: string): string => PLAIN[letter.toLowerCase()] ?? letter;

/** Columns whose words are remembered (not to be read back), so that the same names are not shown of any other column. */
export const holdsNames = (column: string): boolean =>
  /imi[eo](?!n)|imion|nazwisk|surname|first_?name|last_?name/i.test(column);

/** Birth dates: only their years are shown. */
export const isBirthDate = (column: string): boolean => /urodz|birth/i.test(column);

/**
 * What kind of personal data the column holds: by its values first, then by its name. `text`: nothing says that it is harmless, so only values that many rows share
 * are shown; `none`: shown.
 */
export function personalKind(
  column: string,
  shares: readonly { readonly look: Look; readonly share: number }[],
  type: MeasuredType = 'text',
): PersonalKind {
  for (const { look, share } of shares) {
    const known = PERSONAL_LOOKS[look];
    if (known !== undefined && share >= known[0]) return known[1];
  }
  const kind = fieldKind(column);
  // `IdPracownika`: the number of a row, not the name of a person.
  return kind === 'name' && NO_NAMES.includes(type) ? 'none' : kind;
}

const NO_NAMES: readonly MeasuredType[] = ['integer', 'flag', 'guid', 'date', 'dateTime'];

/** Whether single values may be shown at all. */
export const mayShowValues = (kind: PersonalKind): boolean => kind === 'none' || kind === 'text';

/** Two words that begin with capitals (`Anna Nowak`, `Nowak-Zając Anna`), a run of nine digits, an e-mail, a street, a postal code. */
const LIKE_A_PERSON =
  /^\p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?(?: \p{Lu}\p{Ll}+(?:-\p{Lu}\p{Ll}+)?)+$|\d[\d\s-]{7,}\d|@|\b(?:ul|al|pl|os)\. ?\p{Lu}|\b\d\d-\d{3}\b/u;

export const looksLikeAPerson = (value: string): boolean => LIKE_A_PERSON.test(value);

import type { Language } from '../core/text.ts';
import type { Comparison } from './against/comparison.ts';
import type { Picture } from './picture.ts';
import { nameWords } from './references/name-words.ts';

/** A look-up to be filled in: the file `lookups/<name>.csv` of an overlay. */
export interface LookupFile {
  /** Without folder and ending. */
  readonly name: string;
  readonly table: string;
  readonly column: string;
  readonly codes: number;
  readonly text: string;
}

/**
 * One file for each column of codes: with a comparison, only for codes that no look-up has, under the name of the look-up that lacks them; without one, for all. Every code stands
 * with the status `nieznany`, so that the file can be used at once: loading then tells who uses it (CODE_UNCONFIRMED) until somebody fills `wartosc` in.
 */
export function lookupFiles(picture: Picture, against: Comparison | null, language: Language): readonly LookupFile[] {
  const translated = new Map(
    (against?.codes ?? []).map((each) => [`${each.table}\n${each.column}`.toLowerCase(), each]),
  );
  const files = new Map<string, LookupFile>();
  for (const table of picture.tables) {
    for (const { name: column, codes } of table.columns) {
      if (codes === null) continue;
      const lookup = translated.get(`${table.name}\n${column}`.toLowerCase());
      const values = lookup?.unknown ?? codes.values;
      if (values.length === 0) continue;
      const wanted = lookup?.lookup ?? fileName(table.name, column);
      // Two columns may share a look-up: the first names it, the others keep their own names.
      const name = files.has(wanted) ? fileName(table.name, column) : wanted;
      const text = lookupText(
        { table: table.name, column, values, hidden: codes.hidden, at: picture.drawn.at },
        language,
      );
      files.set(name, { name, table: table.name, column, codes: values.length, text });
    }
  }
  return [...files.values()];
}

/** `dbo.Pisma`, `ZakonczeniePowod` → `pisma-zakonczenie-powod`; another schema than dbo comes first. */
const fileName = (table: string, column: string): string =>
  [...nameWords(table.replace(/^dbo\./i, '')), ...nameWords(column)].join('-');

interface Codes {
  readonly table: string;
  readonly column: string;
  readonly values: readonly { readonly value: string; readonly rows: number }[];
  readonly hidden: number;
  readonly at: string;
}

const WORDS = {
  pl: {
    from: (codes: Codes) =>
      `# Kody kolumny ${codes.table}.${codes.column}, odczytane ${codes.at.slice(0, 10)} poleceniem inspect.`,
    todo: '# Uzupełnij wartosc (pusta = brak wartości) i opis, a status zmień na potwierdzony. Kod ze statusem nieznany daje przy wczytywaniu uwagę CODE_UNCONFIRMED.',
    hidden: (count: number) =>
      `# Wartości niepokazane, bo mogą być danymi osobowymi lub są rzadkie: ${count}. Dopisz je ręcznie, jeżeli to kody.`,
    rows: (rows: number) => `wierszy: ${rows}`,
  },
  en: {
    from: (codes: Codes) =>
      `# Codes of the column ${codes.table}.${codes.column}, read on ${codes.at.slice(0, 10)} by inspect.`,
    todo: '# Fill in wartosc (empty: no value) and opis, then change status to potwierdzony. A code whose status is nieznany gives CODE_UNCONFIRMED when it is loaded.',
    hidden: (count: number) =>
      `# Values not shown because they may tell of a person, or are rare: ${count}. Add them by hand if they are codes.`,
    rows: (rows: number) => `rows: ${rows}`,
  },
} as const;

function lookupText(codes: Codes, language: Language): string {
  const words = WORDS[language];
  const notes = [words.from(codes), words.todo, ...(codes.hidden > 0 ? [words.hidden(codes.hidden)] : [])];
  const rows = new Map<string, number>();
  // Loading compares trimmed codes, so two that differ in spaces are one here.
  for (const { value, rows: count } of codes.values) rows.set(value.trim(), (rows.get(value.trim()) ?? 0) + count);
  const lines = [...rows].map(([value, count]) => [value, '', words.rows(count), 'nieznany'].map(field).join(';'));
  return `${[...notes, 'kod;wartosc;opis;status', ...lines].join('\n')}\n`;
}

/** Quoted where a reader would else take it apart, or for a comment. */
const field = (text: string): string => (/[";\r\n]|^#|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

import { protectCell } from '../core/sheet-cell.ts';
import type { Language } from '../core/text.ts';

/** Columns of a sheet of corrections, in order. Reading takes them in any order and by either name, and leaves other columns alone. */
export const SHEET_COLUMNS = ['entity', 'key', 'field', 'old', 'new', 'reason', 'author', 'date'] as const;
export type SheetColumn = (typeof SHEET_COLUMNS)[number];

const NAMES: Readonly<Record<Language, Readonly<Record<SheetColumn, string>>>> = {
  en: {
    entity: 'entity',
    key: 'key',
    field: 'field',
    old: 'old value',
    new: 'new value',
    reason: 'reason',
    author: 'author',
    date: 'date',
  },
  pl: {
    entity: 'encja',
    key: 'klucz',
    field: 'pole',
    old: 'stara wartość',
    new: 'nowa wartość',
    reason: 'powód',
    author: 'autor',
    date: 'data',
  },
};

/** Names that mean a column as well. */
const ALSO: Readonly<Record<string, SheetColumn>> = { old: 'old', new: 'new', stara: 'old', nowa: 'new' };

/** What stands in the cell of a new value that is to be nothing; an empty cell is one that nobody has filled in. */
export const EMPTY_MARKS = { en: '(empty)', pl: '(puste)' } as const;

/** Names of the columns in the language of the sheet: the first line. */
export const sheetHeader = (language: Language): readonly string[] =>
  SHEET_COLUMNS.map((column) => NAMES[language][column]);

/** One correction as the cells of a sheet; what is left out is to be filled in. */
export type SheetRow = { readonly [column in SheetColumn]?: string | null };

export const sheetCells = (row: SheetRow): readonly string[] =>
  SHEET_COLUMNS.map((column) => protectCell(row[column] ?? ''));

/** The column that a header names, whatever its language, case, accents, spaces or underscores; null for one that is none. */
export const columnNamed = (header: string): SheetColumn | null => COLUMNS.get(plain(header)) ?? null;

const plain = (name: string): string =>
  name
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replaceAll('ł', 'l')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

const COLUMNS: ReadonlyMap<string, SheetColumn> = new Map([
  ...SHEET_COLUMNS.flatMap((column) =>
    [NAMES.en[column], NAMES.pl[column]].map((name): [string, SheetColumn] => [plain(name), column]),
  ),
  ...Object.entries(ALSO),
]);

/** Every name that a header may have, for "did you mean". */
export const columnNames = (): readonly string[] => [...sheetHeader('pl'), ...sheetHeader('en')];

/** Whether a cell says that the value is to be nothing. */
export const isEmptyMark = (text: string): boolean =>
  Object.values(EMPTY_MARKS).includes(text.trim().toLowerCase() as '(empty)');

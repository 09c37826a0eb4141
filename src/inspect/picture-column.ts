import type { ColumnFacts } from './column/column-profiler.ts';
import { LOOKS, type Look } from './column/value-looks.ts';
import type { WordSieve } from './column/word-sieve.ts';
import { measuredType } from './measured-type.ts';
import { isBirthDate, looksLikeAPerson, mayShowValues, personalKind } from './personal.ts';
import type { CodesPicture, ColumnPicture, MeasuredType } from './picture.ts';
import type { ColumnProfile } from './profile-table.ts';
import { columnWords } from './references/name-words.ts';

/** Share of the values from which a look is worth telling. */
const TOLD = 0.05;
/** Different values that a column of codes may have. */
export const MOST_CODES = 100;
const LONGEST_CODE = 60;
/** Rows that must share a value before it is shown of a column whose name says nothing. */
const SHARED_BY = 3;
/** Words of a program, joined as no name is: `SYSTEM_DZIEDZINOWY`, `EZD.FLAT.MAIN`. */
const TECHNICAL = /^[A-Z0-9]+(?:[_.][A-Z0-9]+)+$/;

/** What may be said of a column. `refers`: it holds keys of another table, so no codes. */
export function pictureColumn(profile: ColumnProfile, names: WordSieve, refers: boolean): ColumnPicture {
  const { column, notRead, facts } = profile;
  const { name, type, nullable, collation = null } = column;
  const known = { name, type, nullable, collation, notRead };
  if (facts === null) return { ...known, ...NOTHING, personal: personalKind(name, []) };
  const { nulls, empty, filled, distinct, measures } = facts;
  const measured = measuredType(facts);
  const shares = LOOKS.map((look) => ({ look, share: filled === 0 ? 0 : measures.looks[look] / filled }));
  const personal = personalKind(name, shares, measured.type);
  const looks = shares
    .filter(({ look, share }) => share >= TOLD && isWorthTelling(look, measured.type, shares))
    .map(({ look, share }) => ({ look, share: rounded(share) }))
    .sort((a, b) => b.share - a.share);
  return {
    ...known,
    measured: measured.type,
    odd: measured.odd,
    personal,
    nulls,
    empty,
    filled,
    distinct,
    lengths: measures.lengths,
    range: rangeOf(facts, measured.type, name, mayShowValues(personal)),
    years: [...measures.years].map(([year, rows]) => ({ year, rows })).sort((a, b) => (a.year < b.year ? -1 : 1)),
    looks,
    codes: refers ? null : codesOf(facts, profile, measured.type, personal, names),
  };
}

const NOTHING = {
  measured: 'empty',
  odd: 0,
  nulls: 0,
  empty: 0,
  filled: 0,
  distinct: { count: 0, exact: false },
  lengths: null,
  range: null,
  years: [],
  looks: [],
  codes: null,
} as const;

const rounded = (share: number): number => Math.round(share * 1000) / 1000;

/** One number of eleven passes as NIP by chance, one of ten as REGON. */
const BY_CHANCE = 0.3;

/** Years are dates only where text stands; a number that passes as PESEL, NIP or REGON is no telephone. */
function isWorthTelling(look: Look, type: MeasuredType, shares: readonly { look: Look; share: number }[]): boolean {
  const share = (of: Look): number => shares.find((each) => each.look === of)?.share ?? 0;
  if (look === 'phone' && (['pesel', 'nip', 'regon'] as const).some((of) => share(of) >= share('phone') / 2))
    return false;
  if ((look === 'nip' || look === 'regon') && share(look) < BY_CHANCE) return false;
  return type === 'text' || !['dateText', 'guid', 'phone'].includes(look);
}

function rangeOf({ measures }: ColumnFacts, type: MeasuredType, name: string, shown: boolean): ColumnPicture['range'] {
  if (type === 'integer' || type === 'decimal') return shown ? measures.numbers : null;
  if ((type !== 'date' && type !== 'dateTime') || measures.moments === null) return null;
  const { min, max } = measures.moments;
  return isBirthDate(name) ? { min: min.slice(0, 4), max: max.slice(0, 4) } : { min, max };
}

/** The values of a column of codes that may be shown; null when it is none. */
function codesOf(
  { counts, filled, key }: ColumnFacts,
  { column }: ColumnProfile,
  type: MeasuredType,
  personal: ColumnPicture['personal'],
  names: WordSieve,
): CodesPicture | null {
  if (counts === null || filled === 0 || counts.size > MOST_CODES || !mayShowValues(personal)) return null;
  if (!isLikeCodes(column.name, type, counts.size, filled, key !== null)) return null;
  if ([...counts.keys()].some((value) => value.length > LONGEST_CODE)) return null;
  const sure = columnWords(column.name).code;
  const shown = [...counts]
    .filter(
      ([value, rows]) =>
        (sure || rows >= SHARED_BY) && !looksLikeAPerson(value) && (TECHNICAL.test(value) || !names.has(value)),
    )
    .map(([value, rows]) => ({ value, rows }))
    .sort((a, b) => b.rows - a.rows || (a.value < b.value ? -1 : 1));
  return { values: shown, hidden: counts.size - shown.length };
}

/** By its name, or by having few values that repeat; numbers of things, years and dates are no codes. */
function isLikeCodes(name: string, type: MeasuredType, values: number, rows: number, tellsApart: boolean): boolean {
  if (type !== 'integer' && type !== 'text' && type !== 'flag') return false;
  const { id, things, code, number, prose } = columnWords(name);
  if (code) return values <= 40 || rows >= values * 3;
  if ((id && things.length > 0) || number || prose || tellsApart || type === 'flag') return false;
  return values <= 40 && rows >= values * 10;
}

import { measuredType } from '../measured-type.ts';
import type { KeyPicture } from '../picture.ts';
import type { ColumnProfile, TableProfile } from '../profile-table.ts';
import { columnWords, nameWords } from './name-words.ts';
import { createTableNames } from './score-name.ts';

/** The column by which other tables refer to a table. */
export interface TableKey {
  readonly table: string;
  readonly column: string;
  /** All columns of the table, in lower case. */
  readonly columns: ReadonlySet<string>;
  readonly type: string;
  readonly distinct: number;
  /** All its values by hash, sorted; null: not all were read, or there is no room for them. */
  readonly hashes: Float64Array | null;
}

/** Hashes that may be kept of all tables together: 32 MB. */
export const MOST_HASHES = 4_000_000;

/** Chooses keys table by table and keeps their values while there is room. */
export interface KeyRing {
  add(profile: TableProfile): void;
  readonly keys: readonly TableKey[];
}

export function createKeyRing(tables: readonly string[]): KeyRing {
  const names = createTableNames(tables);
  const keys: TableKey[] = [];
  let room = MOST_HASHES;
  return {
    keys,
    add(profile) {
      const main = mainKey(profile, names);
      if (main === null) return;
      const { facts, column } = main;
      const watched = facts!.key;
      const whole = profile.read.read.how === 'all' && watched !== null && watched.distinct <= room;
      if (whole) room -= watched.distinct;
      keys.push({
        table: profile.table.name,
        column: column.name,
        columns: new Set(profile.columns.map((each) => each.column.name.toLowerCase())),
        type: typeOf(main),
        distinct: whole ? watched.distinct : (profile.table.rows?.count ?? facts!.distinct.count),
        hashes: whole ? watched.hashes.sort() : null,
      });
    },
  };
}

const MAY_BE_KEY = ['integer', 'guid', 'text'];

const typeOf = ({ facts }: ColumnProfile): string => {
  const { type } = measuredType(facts!);
  return type === 'flag' ? 'integer' : type;
};

/** The declared key, else the column that tells rows apart and is named like it: `Id`, the id of this very table, or the first of the table. */
function mainKey({ table, columns }: TableProfile, names: ReturnType<typeof createTableNames>): ColumnProfile | null {
  const [declared] = table.primaryKey;
  if (table.primaryKey.length > 1) return null;
  if (declared !== undefined) {
    const found = columns.find(({ column }) => column.name.toLowerCase() === declared.toLowerCase());
    return found?.facts === undefined || found.facts === null ? null : found;
  }
  const ranked = columns
    .filter((each) => tellsApart(each) && MAY_BE_KEY.includes(typeOf(each)))
    .map((each) => ({ each, rank: rankOf(each.column.name, table.name, columns.indexOf(each), names) }))
    .sort((a, b) => b.rank - a.rank);
  const [best] = ranked;
  return best === undefined || best.rank === 0 ? null : best.each;
}

const tellsApart = ({ facts }: ColumnProfile): boolean =>
  facts !== null && facts.key !== null && facts.nulls + facts.empty <= Math.max(1, facts.filled * 0.01);

function rankOf(column: string, table: string, at: number, names: ReturnType<typeof createTableNames>): number {
  const words = nameWords(column);
  if (words.length === 1 && words[0] === 'id') return 3;
  const { id, things, own } = columnWords(column);
  if (id && things.length > 0 && names.score({ ...columnWords(column), own: true }, table, own) >= 0.7) return 2;
  return at === 0 ? 1 : 0;
}

/** Moments and amounts may happen to differ; they are no keys. */
const IDENTIFYING = ['integer', 'guid', 'text', 'binary'];

/** Repeated rows that a key of two columns may have. */
const PAIR_DIRT = 0.01;

/** Every column, or the declared columns, that tell the rows read apart; where there is none, the first two columns together if they do. */
export function keysOf({ table, columns, pair, read }: TableProfile): readonly KeyPicture[] {
  const declared = table.primaryKey.length === 0 ? [] : [{ columns: table.primaryKey, declared: true, repeated: 0 }];
  const isDeclared = (name: string): boolean =>
    table.primaryKey.length === 1 && table.primaryKey[0]!.toLowerCase() === name.toLowerCase();
  const measured = columns
    .filter(
      (each) =>
        tellsApart(each) &&
        each.facts!.key!.repeated <= each.facts!.filled * 0.01 &&
        !isDeclared(each.column.name) &&
        IDENTIFYING.includes(typeOf(each)),
    )
    .map(({ column, facts }) => ({ columns: [column.name], declared: false, repeated: facts!.key!.repeated }));
  const together =
    pair !== null && declared.length + measured.length === 0 && pair.repeated <= Math.max(read.read.rows * PAIR_DIRT, 2)
      ? [{ columns: pair.columns, declared: false, repeated: pair.repeated }]
      : [];
  return [...declared, ...measured, ...together];
}

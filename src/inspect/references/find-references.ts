import { measuredType } from '../measured-type.ts';
import type { MeasuredType, ReferencePicture } from '../picture.ts';
import type { TableProfile } from '../profile-table.ts';
import { columnWords } from './name-words.ts';
import { createTableNames } from './score-name.ts';
import type { TableKey } from './table-keys.ts';

/** Names from which a column may be meant for a table, and from which it surely is. */
const MAY_BE_MEANT = 0.45;
const IS_MEANT = 0.65;
/** The same where there is only one value. */
const IS_SURE = 0.75;
/** Share of the values that must be there: legacy rows point to rows that were deleted. */
const MOSTLY_THERE = 0.85;
/** The same where the name says nothing. */
const ALL_THERE = 0.99;
/** Different values without which nothing follows from values alone. */
const ENOUGH_VALUES = 8;

/** Kinds of values that keys of other tables may be. */
export const MAY_REFER: readonly MeasuredType[] = ['integer', 'guid', 'text', 'flag'];

/** Tells which of the values (by hash) are in a key. */
export type LookForValues = (key: TableKey, values: ReadonlyMap<number, string>) => Promise<ReadonlySet<string>>;

/** A column whose values may be keys of other tables. */
interface Pointer {
  readonly table: string;
  readonly column: string;
  readonly values: ReadonlyMap<number, string>;
  readonly type: string;
  /** Rows by value, where values are few. */
  readonly counts: ReadonlyMap<string, number> | null;
}

/** What was found of a pointer's values in a key. */
interface Match {
  readonly key: TableKey;
  readonly found: number;
  /** Of the rows with a value, where rows by value are known, else of the values. */
  readonly share: number;
}

async function match(pointer: Pointer, key: TableKey, look: LookForValues): Promise<Match> {
  const found = await look(key, pointer.values);
  const { counts, values } = pointer;
  const weight = (value: string): number => counts?.get(value) ?? 1;
  const sum = (of: Iterable<string>): number => [...of].reduce((total, value) => total + weight(value), 0);
  const all = sum(values.values());
  return { key, found: found.size, share: all === 0 ? 1 : sum(found) / all };
}

/**
 * Finds the references that hold: declared ones are measured; for each other column the tables that its name may mean are tried, best first by name, share found and size;
 * a column named as an id that means none is compared with every key, and the smallest key that holds all its values is told with low confidence.
 */
export async function findReferences(
  profiles: readonly TableProfile[],
  keys: readonly TableKey[],
  look: LookForValues,
): Promise<readonly ReferencePicture[]> {
  const names = createTableNames(profiles.map(({ table }) => table.name));
  const references: ReferencePicture[] = [];
  for (const profile of profiles) {
    for (const pointer of pointersOf(profile)) {
      const declared = declaredTarget(profile, pointer.column);
      const best =
        declared === null
          ? ((await bestByName(pointer, keys, names, look)) ?? (await bestByValues(pointer, keys, look)))
          : await measureDeclared(pointer, declared, keys, look);
      if (best !== null) references.push(best);
    }
  }
  return references;
}

/** Columns of whole numbers, GUIDs or short texts that are no codes, numbers of things or flags; 0 and less is no reference. */
function pointersOf({ table, columns }: TableProfile): readonly Pointer[] {
  return columns.flatMap(({ column, facts }) => {
    if (facts === null) return [];
    const { type } = measuredType(facts);
    const declared = declaredTarget({ table }, column.name) !== null;
    const { id, things, own } = columnWords(column.name);
    const named = id || (type !== 'flag' && (things.length > 0 || own));
    if (!declared && (!named || !MAY_REFER.includes(type))) return [];
    const values = new Map([...facts.sample].filter(([, value]) => !/^(?:0|-\d+)$/.test(value)));
    if (values.size === 0 && !declared) return [];
    return [
      {
        table: table.name,
        column: column.name,
        values,
        counts: facts.counts,
        type: type === 'flag' ? 'integer' : type,
      },
    ];
  });
}

function declaredTarget(
  { table }: Pick<TableProfile, 'table'>,
  column: string,
): { readonly table: string; readonly column: string } | null {
  const found = table.design?.foreignKeys.find(
    ({ columns }) => columns.length === 1 && columns[0]!.toLowerCase() === column.toLowerCase(),
  );
  return found === undefined ? null : { table: found.refTable, column: found.refColumns[0]! };
}

async function measureDeclared(
  pointer: Pointer,
  to: { readonly table: string; readonly column: string },
  keys: readonly TableKey[],
  look: LookForValues,
): Promise<ReferencePicture> {
  const key = keys.find(
    ({ table, column }) =>
      table.toLowerCase() === to.table.toLowerCase() && column.toLowerCase() === to.column.toLowerCase(),
  );
  const from = { table: pointer.table, column: pointer.column };
  if (key === undefined || !canBeAsked(key))
    return { from, to, declared: true, looked: 0, found: 0, share: null, confidence: 'high' };
  return { ...reference(pointer, await match(pointer, key, look), 'high'), declared: true };
}

async function bestByName(
  pointer: Pointer,
  keys: readonly TableKey[],
  names: ReturnType<typeof createTableNames>,
  look: LookForValues,
): Promise<ReferencePicture | null> {
  const words = columnWords(pointer.column);
  if (words.code || words.number) return null;
  const tried = keys
    .filter((key) => fits(pointer, key))
    .map((key) => ({
      key,
      score: names.score(words, key.table, key.table === pointer.table) - siblingMalus(pointer, key),
    }))
    .filter(({ score }) => score >= (pointer.values.size === 1 ? IS_SURE : MAY_BE_MEANT));
  const matches: (Match & { readonly score: number })[] = [];
  for (const { key, score } of tried) {
    const found = await match(pointer, key, look);
    if (holds(found, pointer)) matches.push({ ...found, score });
  }
  matches.sort(
    (a, b) => apart(b.score, a.score, 0.05) || apart(b.share, a.share, 0.03) || a.key.distinct - b.key.distinct,
  );
  const [best] = matches;
  return best === undefined ? null : reference(pointer, best, best.score >= IS_MEANT ? 'high' : 'medium');
}

/** Nearly all rows point somewhere; where there are few, one value may be wrong. */
const holds = ({ share, found }: Match, { values }: Pointer): boolean =>
  share >= MOSTLY_THERE || (found >= 3 && values.size - found <= 1);

/** A table that has a column of the same name refers to the same parent: it is rarely the parent itself. */
const siblingMalus = ({ table, column }: Pointer, key: TableKey): number =>
  key.table !== table && key.columns.has(column.toLowerCase()) ? 0.1 : 0;

/** What differs by less says the same. */
const apart = (a: number, b: number, less: number): number => (Math.abs(a - b) <= less ? 0 : a - b);

async function bestByValues(
  pointer: Pointer,
  keys: readonly TableKey[],
  look: LookForValues,
): Promise<ReferencePicture | null> {
  const { id, things, code, number } = columnWords(pointer.column);
  if (!id || things.length === 0 || code || number || pointer.type === 'text') return null;
  if (pointer.values.size < ENOUGH_VALUES) return null;
  const own = keys.some(({ table, column }) => table === pointer.table && column === pointer.column);
  if (own) return null;
  const smallest = keys
    .filter((key) => fits(pointer, key) && key.hashes !== null)
    .sort((a, b) => a.distinct - b.distinct);
  for (const key of smallest) {
    const found = await match(pointer, key, look);
    if (found.share >= ALL_THERE) return reference(pointer, found, 'low');
  }
  return null;
}

/** A key of another column, of the same kind of values. */
const fits = ({ table, column, type }: Pointer, key: TableKey): boolean =>
  key.type === type && !(key.table === table && key.column === column) && canBeAsked(key);

/** Texts are compared only where they were all read: asking for them would put them into a statement. */
const canBeAsked = ({ hashes, type }: TableKey): boolean => hashes !== null || type !== 'text';

const reference = (
  { table, column, values }: Pointer,
  { key, found, share }: Match,
  confidence: ReferencePicture['confidence'],
): ReferencePicture => ({
  from: { table, column },
  to: { table: key.table, column: key.column },
  declared: false,
  looked: values.size,
  found,
  share: Math.round(share * 10_000) / 10_000,
  confidence,
});

import { plainText } from '../column/column-profiler.ts';
import { type HashHalves, hashText, wholeHash } from '../column/hash-text.ts';
import type { TableReader } from '../read-table.ts';
import { readTable } from '../read-table.ts';
import type { LookForValues } from './find-references.ts';
import { MOST_HASHES, type TableKey } from './table-keys.ts';

/** Values asked for in one statement. */
const MOST_ASKED = 500;

/**
 * Looks for values in a key: among the hashes that were kept, or by reading. A server is asked for exactly these keys; of other sources the key's column is read from
 * beginning to end, once while there is room for what it holds.
 */
export function lookIn(reader: TableReader): LookForValues {
  const loaded = new Map<TableKey, Float64Array>();
  let room = MOST_HASHES;
  return async (key, values) => {
    const kept = key.hashes ?? loaded.get(key);
    if (kept !== undefined) return among(kept, values);
    if (reader.catalogue.database !== undefined) return askServer(reader, key, values);
    if (key.distinct > room) return readKey(reader, key, new Set(values.values()), null);
    const hashes = await readHashes(reader, key);
    room -= hashes.length;
    loaded.set(key, hashes);
    return among(hashes, values);
  };
}

const among = (hashes: Float64Array, values: ReadonlyMap<number, string>): ReadonlySet<string> =>
  new Set([...values].filter(([hash]) => contains(hashes, hash)).map(([, value]) => value));

async function askServer(
  reader: TableReader,
  key: TableKey,
  values: ReadonlyMap<number, string>,
): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const asked = [...values.values()].filter((value) => /^\d{1,19}$/.test(value) || /^[0-9a-f-]{36}$/.test(value));
  for (let from = 0; from < asked.length; from += MOST_ASKED) {
    const part = new Set(asked.slice(from, from + MOST_ASKED));
    for (const value of await readKey(reader, key, part, conditionFor(key, part))) found.add(value);
  }
  return found;
}

function contains(sorted: Float64Array, hash: number): boolean {
  let low = 0;
  let high = sorted.length - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const there = sorted[middle]!;
    if (there === hash) return true;
    if (there < hash) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** Numbers and GUIDs only, so that nothing needs quoting. */
function conditionFor({ column, type }: TableKey, values: ReadonlySet<string>): string {
  const list = [...values].map((value) => (type === 'guid' ? `'${value}'` : value)).join(', ');
  return `[${column.replaceAll(']', ']]')}] IN (${list})`;
}

/** Those of the wanted values that are read. */
async function readKey(
  reader: TableReader,
  key: TableKey,
  wanted: ReadonlySet<string>,
  sql: string | null,
): Promise<ReadonlySet<string>> {
  const seen = new Set<string>();
  await eachValue(reader, key, sql, (text) => {
    if (wanted.has(text)) seen.add(text);
  });
  return seen;
}

/** Hashes of all values of a key, sorted. */
async function readHashes(reader: TableReader, key: TableKey): Promise<Float64Array> {
  const hashes: number[] = [];
  const hash: HashHalves = { low: 0, high: 0 };
  await eachValue(reader, key, null, (text) => {
    hashText(text, hash);
    hashes.push(wholeHash(hash));
  });
  return Float64Array.from(hashes).sort();
}

async function eachValue(
  reader: TableReader,
  key: TableKey,
  sql: string | null,
  visit: (text: string) => void,
): Promise<void> {
  const table = reader.catalogue.tables.find(({ name }) => name === key.table)!;
  const request = { table, columns: [key.column], ...(sql === null ? {} : { sql }) };
  await readTable({ ...reader, sample: null }, request, (rows) => {
    for (const [value] of rows) if (value !== null && value !== undefined) visit(plainText(value));
  });
}

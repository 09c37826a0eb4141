import type { TableReader } from '../read-table.ts';
import { readTable } from '../read-table.ts';
import type { LookForValues } from './find-references.ts';
import type { TableKey } from './table-keys.ts';

/** Values asked for in one statement. */
const MOST_ASKED = 500;

/**
 * Looks for values in a key: among the hashes that were kept, or by reading. A server is asked for exactly these keys; of other sources the key's column is read from
 * beginning to end.
 */
export const lookIn =
  (reader: TableReader): LookForValues =>
  async (key, values) => {
    const { hashes } = key;
    if (hashes !== null)
      return new Set([...values].filter(([hash]) => contains(hashes, hash)).map(([, value]) => value));
    const all = new Set(values.values());
    if (reader.catalogue.database === undefined) return readKey(reader, key, all, null);
    const found = new Set<string>();
    const asked = [...all].filter((value) => /^\d{1,19}$/.test(value) || /^[0-9a-f-]{36}$/.test(value));
    for (let from = 0; from < asked.length; from += MOST_ASKED) {
      const part = new Set(asked.slice(from, from + MOST_ASKED));
      for (const value of await readKey(reader, key, part, conditionFor(key, part))) found.add(value);
    }
    return found;
  };

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
  const table = reader.catalogue.tables.find(({ name }) => name === key.table)!;
  const seen = new Set<string>();
  const request = { table, columns: [key.column], ...(sql === null ? {} : { sql }) };
  await readTable({ ...reader, sample: null }, request, (rows) => {
    for (const [value] of rows) {
      const text = String(value).toLowerCase();
      if (wanted.has(text)) seen.add(text);
    }
  });
  return seen;
}

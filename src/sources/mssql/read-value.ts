import { EzdError } from '../../core/errors.ts';
import { type DatabaseTable, findColumn, quotedTable } from './database-catalogue.ts';
import { quoteName } from './quote-name.ts';
import type { BuiltQuery } from './sql-builder.ts';

/** One value of a binary column, by the row's key. */
export interface ValuePlace {
  /** `schema.table`. */
  readonly table: string;
  readonly column: string;
  readonly keyColumn: string;
  readonly key: string | number;
}

/** Bytes asked for at a time: what the driver holds in memory, whatever the size of the value. */
const CHUNK_BYTES = 1 << 20;

/** Reads a VARBINARY(MAX) or image value in chunks. Throws EzdError SOURCE_MISSING when the row is not there or holds NULL. */
export async function* valueChunks(
  ask: (query: BuiltQuery) => Promise<readonly { part: Uint8Array | null }[]>,
  table: DatabaseTable,
  place: ValuePlace,
): AsyncGenerator<Uint8Array> {
  const column = columnOf(table, place.column);
  const key = columnOf(table, place.keyColumn);
  const sql = `SELECT SUBSTRING(${column}, @p0, @p1) AS part FROM ${quotedTable(table)} WHERE ${key} = @p2`;
  for (let start = 1; ; start += CHUNK_BYTES) {
    const [row] = await ask({ sql, parameters: [start, CHUNK_BYTES, place.key] });
    if (row === undefined || row.part === null) {
      throw new EzdError('SOURCE_MISSING', `${place.table} has no value in ${place.column} for the row asked for.`, {
        subject: `${place.table}.${place.column}`,
        hint: 'The row was deleted or emptied after its content was listed.',
      });
    }
    if (row.part.length > 0) yield row.part;
    if (row.part.length < CHUNK_BYTES) return;
  }
}

function columnOf(table: DatabaseTable, name: string): string {
  const column = findColumn(table, name);
  if (column !== undefined) return quoteName(column.name);
  throw new EzdError('SOURCE_MISSING', `The legacy table ${table.name} has no column ${name} that the login may see.`, {
    subject: `${table.name}.${name}`,
    hint: 'Compare the settings of contents with the database (`ezd-migrate check`).',
  });
}

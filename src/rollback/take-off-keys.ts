import { SqlError } from '../write/session.ts';
import { putBackKeys } from './put-back-keys.ts';
import type { Place } from './read-places.ts';
import type { RollbackWork } from './rollback-work.ts';
import type { Survey } from './survey.ts';
import type { ForeignKey } from './table-facts.ts';
import { countGone } from './touched-rows.ts';

/** SQLSTATE insufficient_privilege: only the owner of a table may take its keys off. */
const NOT_OWNER = '42501';

/**
 * Removes the records of one entity without keys that would make the server read a whole table for each of them: foreign keys without an index of their column
 * come off meanwhile and are put back at once, which reads each table once. What is off stands in the ledger, so that a rollback that stops is completed.
 */
export async function withoutSlowKeys(
  work: RollbackWork,
  place: Place,
  { keys, whole }: Survey,
  remove: () => Promise<void>,
): Promise<void> {
  const suspects = keys.filter((key) => key.parent === place.table && !key.indexed && !whole.emptied.has(key.table));
  const slow: ForeignKey[] = [];
  const rows = suspects.length === 0 ? 0 : await countGone(work.session, place);
  for (const key of suspects) if (rows * (await pagesOf(work, key.table)) > work.scanPages) slow.push(key);
  for (const key of slow) await takeOff(work, place, key);
  await remove();
  if (slow.length > 0) await putBackKeys(work);
}

async function pagesOf({ session }: RollbackWork, table: string): Promise<number> {
  const [row] = await session.query<{ pages: number }>(
    `SELECT (pg_relation_size('${table.replaceAll("'", "''")}'::regclass) / current_setting('block_size')::int8)::float8 AS pages`,
  );
  return row!.pages;
}

async function takeOff(
  { session, s, by }: RollbackWork,
  place: Place,
  { table, constraint }: ForeignKey,
): Promise<void> {
  const name = `'${constraint.slice(1, -1).replaceAll('""', '"').replaceAll("'", "''")}'`;
  await session.query('BEGIN');
  try {
    await session.query(
      `INSERT INTO ${s}.deferred_ddl (entity_id, statement, run_id)
       SELECT ${place.id}, 'ALTER TABLE ' || $1 || ' ADD CONSTRAINT ' || $2 || ' ' || pg_get_constraintdef(k.oid), ${by} FROM pg_constraint k
       WHERE k.conrelid = $1::regclass AND k.conname = ${name}`,
      [table, constraint],
    );
    await session.query(`ALTER TABLE ${table} DROP CONSTRAINT ${constraint}`);
    await session.query('COMMIT');
  } catch (error) {
    await session.query('ROLLBACK').catch(() => undefined);
    if (!(error instanceof SqlError && error.sqlState === NOT_OWNER)) throw error;
  }
}

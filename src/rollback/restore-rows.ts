import { quoted } from '../write/postgres/ledger-names.ts';
import { TEXT_KEY } from '../write/postgres/remember-rows.ts';
import type { Place } from './read-places.ts';
import { asChunk, changed, type RollbackWork } from './rollback-work.ts';
import type { Survey } from './survey.ts';
import { type ColumnFact, type ForeignKey, readColumns } from './table-facts.ts';
import { openUndo } from './touched-rows.ts';

/** Whether the row of `undo u` was there before the run; not, when the run itself had brought it before it deleted it. */
const wasThere = (u: string, run: number): string =>
  `(${u}.old_row IS NOT NULL AND ${u}.old_run IS DISTINCT FROM ${run})`;

const text = (value: string): string => `'${value.replaceAll("'", "''")}'`;

/** Types whose values a row image may keep a second time as text (`remember-rows.ts`). */
const KEPT_AS_TEXT = new Set(['jsonb', 'double precision']);

/** A column's previous value, out of `undo u` and its row image as a record `r`. */
function previous({ name, type }: ColumnFact): string {
  const value = `r.${quoted(name)}`;
  if (!KEPT_AS_TEXT.has(type)) return value;
  const key = text(`${name}${TEXT_KEY}`);
  return `CASE WHEN u.old_row ? ${key} THEN (u.old_row ->> ${key})::${type} ELSE ${value} END`;
}

/**
 * Puts rows that are gone back first, parents before children, with every optional reference empty: `restoreRows` fills them in once all rows are there.
 */
export async function returnRows(work: RollbackWork, { entities, keys }: Survey): Promise<void> {
  const { session, s, run } = work;
  for (const { place, restored, returned } of entities) {
    if (restored + returned === 0) continue;
    const columns = await readColumns(session, place.table);
    const empty = optionalReferences(place, keys);
    const values = columns.map((column) => (empty.has(quoted(column.name)) ? 'NULL' : previous(column)));
    const subject = { s, run: run.id, place };
    await session.query(
      `INSERT INTO ${place.table} (${columns.map(({ name }) => quoted(name)).join(', ')}) OVERRIDING SYSTEM VALUE
       SELECT ${values.join(', ')} FROM ${s}.undo u CROSS JOIN LATERAL jsonb_populate_record(NULL::${place.table}, u.old_row) r
       WHERE ${openUndo('u', subject)} AND ${wasThere('u', run.id)} AND NOT EXISTS (SELECT 1 FROM ${place.table} t WHERE t.${place.idColumn} = u.target_id)`,
    );
  }
}

const optionalReferences = (place: Place, keys: readonly ForeignKey[]): ReadonlySet<string> =>
  new Set(keys.filter(({ table, nullable }) => table === place.table && nullable).map(({ column }) => column));

/** Returns changed and deleted records to what they were: row, crosswalk, and the references that waited for their parents. */
export async function restoreRows(work: RollbackWork, { entities }: Survey): Promise<void> {
  for (const { place, restored, returned } of entities) {
    if (restored + returned === 0) continue;
    const columns = await readColumns(work.session, place.table);
    for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
      const upto = await chunkEnd(work, place, after);
      if (upto === null) break;
      await restoreChunk(work, place, columns, `AND u.target_id > '${after}' AND u.target_id <= '${upto}'`);
      after = upto;
      work.signal.throwIfAborted();
    }
  }
}

async function chunkEnd({ session, s, run, chunk }: RollbackWork, place: Place, after: string): Promise<string | null> {
  const [row] = await session.query<{ upto: string | null }>(
    `SELECT (array_agg(target_id ORDER BY target_id DESC))[1]::text AS upto FROM (SELECT target_id FROM ${s}.undo u
     WHERE ${openUndo('u', { s, run: run.id, place })} AND target_id > '${after}' ORDER BY target_id LIMIT ${chunk}) c`,
  );
  return row?.upto ?? null;
}

function restoreChunk(work: RollbackWork, place: Place, columns: readonly ColumnFact[], range: string): Promise<void> {
  const { session, s, run, by } = work;
  const here = `${openUndo('u', { s, run: run.id, place })} ${range}`;
  return asChunk(work, place, async () => {
    await restoreTable(work, place, columns, here);
    await restoreCrosswalk(work, place, here);
    await restoreWaiting(work, place, here);
    if (work.force)
      await session.query(
        `UPDATE ${s}.undo v SET undone_by = ${by} FROM ${s}.undo u WHERE ${here} AND v.entity_id = ${place.id} AND v.target_id = u.target_id AND v.run_id > ${run.id} AND v.undone_by IS NULL`,
      );
    return { loaded: await changed(session, `UPDATE ${s}.undo u SET undone_by = ${by} WHERE ${here}`), skipped: 0 };
  });
}

async function restoreTable(
  { session, s, run }: RollbackWork,
  place: Place,
  columns: readonly ColumnFact[],
  here: string,
): Promise<void> {
  const { table, idColumn } = place;
  const values = columns
    .filter(({ name }) => quoted(name) !== idColumn)
    .map((column) => {
      const name = quoted(column.name);
      return `${name} = CASE WHEN u.old_row ? ${text(column.name)} THEN ${previous(column)} ELSE t.${name} END`;
    });
  // A record whose row was gone before the run, though the ledger had it; and one that the run had brought itself
  await session.query(
    `DELETE FROM ${table} t USING ${s}.undo u WHERE ${here} AND NOT ${wasThere('u', run.id)} AND t.${idColumn} = u.target_id`,
  );
  if (values.length === 0) return;
  await session.query(
    `UPDATE ${table} t SET ${values.join(', ')} FROM ${s}.undo u CROSS JOIN LATERAL jsonb_populate_record(NULL::${table}, u.old_row) r
     WHERE ${here} AND ${wasThere('u', run.id)} AND t.${idColumn} = u.target_id`,
  );
}

async function restoreCrosswalk(
  { session, s, run }: RollbackWork,
  { crosswalk, id }: Place,
  here: string,
): Promise<void> {
  await session.query(
    `DELETE FROM ${crosswalk} x USING ${s}.undo u WHERE ${here} AND u.old_run = ${run.id} AND x.target_id = u.target_id`,
  );
  await session.query(
    `UPDATE ${crosswalk} x SET row_hash = u.old_hash, run_id = u.old_run FROM ${s}.undo u WHERE ${here} AND x.target_id = u.target_id`,
  );
  await session.query(
    `INSERT INTO ${crosswalk} (entity_id, target_id, row_hash, run_id, legacy_key) SELECT ${id}, u.target_id, u.old_hash, u.old_run, u.legacy_key
     FROM ${s}.undo u WHERE ${here} AND u.old_run <> ${run.id} AND NOT EXISTS (SELECT 1 FROM ${crosswalk} x WHERE x.target_id = u.target_id)`,
  );
}

/** References that waited for their parents before the run wait again, and only these. */
async function restoreWaiting({ session, s }: RollbackWork, { id }: Place, here: string): Promise<void> {
  await session.query(
    `DELETE FROM ${s}.pending_ref p USING ${s}.undo u WHERE ${here} AND p.entity_id = ${id} AND p.target_id = u.target_id`,
  );
  await session.query(
    `INSERT INTO ${s}.pending_ref (entity_id, target_id, column_name, parent_entity_id, parent_id, parent_key, run_id)
     SELECT ${id}, u.target_id, w.column_name, w.parent_entity_id, w.parent_id, w.parent_key, w.run_id FROM ${s}.undo u
     CROSS JOIN LATERAL jsonb_to_recordset(u.old_pending) AS w (column_name text, parent_entity_id smallint, parent_id uuid, parent_key text, run_id integer)
     WHERE ${here} AND u.old_pending IS NOT NULL`,
  );
}

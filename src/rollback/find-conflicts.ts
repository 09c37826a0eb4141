import type { SqlSession } from '../write/session.ts';
import type { Place } from './read-places.ts';
import type { RollbackConflict } from './rollback-plan.ts';
import { conflict, type Found, summary } from './summarise.ts';
import type { ForeignKey } from './table-facts.ts';
import { goneTable, keySql, openUndo, type Subject } from './touched-rows.ts';

const KEY_OF_X = keySql('x.target_id', 'x.legacy_key');
const KEY_OF_V = keySql('v.target_id', 'v.legacy_key');

/** Later runs that changed, deleted or brought back what this run wrote. */
export async function laterRuns(session: SqlSession, subject: Subject): Promise<RollbackConflict[]> {
  const { s, run, place } = subject;
  const later = `v.run_id > ${run} AND v.undone_by IS NULL`;
  const found = await session.query<Found>(
    summary(`SELECT v.run_id, v.target_id AS id, ${KEY_OF_V} AS key FROM ${s}.undo v WHERE v.entity_id = ${place.id} AND v.old_run = ${run} AND ${later}
       UNION SELECT v.run_id, v.target_id, ${KEY_OF_V} FROM ${s}.undo u JOIN ${s}.undo v ON v.entity_id = u.entity_id AND v.target_id = u.target_id
       WHERE ${openUndo('u', subject)} AND ${later}
       UNION SELECT x.run_id, x.target_id, ${KEY_OF_X} FROM ${s}.undo u JOIN ${place.crosswalk} x ON x.target_id = u.target_id
       WHERE ${openUndo('u', subject)} AND x.run_id > ${run}`),
  );
  return found.map((row) => conflict('run', place, row));
}

/** Later copies of contents that noted their bytes in records of this run. Only for the entity that contents belong to. */
export async function laterContents(
  session: SqlSession,
  subject: Subject,
  office: string,
): Promise<RollbackConflict[]> {
  const { s, run, place } = subject;
  const touched = `x.run_id = ${run} OR EXISTS (SELECT 1 FROM ${s}.undo u WHERE ${openUndo('u', subject)} AND u.target_id = x.target_id)`;
  const found = await session.query<Found>(
    summary(`SELECT c.run_id, x.target_id AS id, c.content_id AS key FROM ${place.crosswalk} x JOIN ${s}.content c ON c.content_id = ${KEY_OF_X}
       WHERE c.office = $1 AND c.run_id > ${run} AND (${touched})`),
    [office],
  );
  return found.map((row) => conflict('run', place, row));
}

/**
 * Records that somebody else changed or deleted since: their row was written by a transaction later than the last of the run (PostgreSQL keeps its number in
 * `xmin`), and no run or rollback of the ledger accounts for it. Reads the entity once; costs nothing while loading. `end`: number of the run's last
 * transaction. `contents`: office whose contents belong to the entity; null: it has none.
 */
export async function changedByHand(
  session: SqlSession,
  subject: Subject,
  { end, contents }: { readonly end: string; readonly contents: string | null },
): Promise<RollbackConflict[]> {
  const { s, run, place } = subject;
  const row = `${place.table} t ON t.${place.idColumn} = x.target_id`;
  const accounted = `EXISTS (SELECT 1 FROM ${s}.undo v LEFT JOIN ${s}.run b ON b.id = v.undone_by
     WHERE v.entity_id = ${place.id} AND v.target_id = x.target_id AND v.run_id > ${run} AND (v.undone_by IS NULL OR age(t.xmin) >= age(b.xmin)))`;
  const copied =
    contents === null
      ? ''
      : `AND NOT EXISTS (SELECT 1 FROM ${s}.content c WHERE c.office = $1 AND c.run_id > ${run} AND c.content_id = ${KEY_OF_X})`;
  const newer = `age(t.xmin) < age('${end}'::xid) AND NOT ${accounted} ${copied}`;
  const changed = `SELECT NULL::int4 AS run_id, x.target_id AS id, ${KEY_OF_X} AS key`;
  const undo = `${s}.undo u JOIN ${place.crosswalk} x ON x.target_id = u.target_id`;
  const found = await session.query<Found>(
    summary(`${changed} FROM ${place.crosswalk} x JOIN ${row} WHERE x.run_id = ${run} AND ${newer}
       UNION ${changed} FROM ${undo} JOIN ${row} WHERE ${openUndo('u', subject)} AND ${newer}
       UNION ${changed} FROM ${undo} LEFT JOIN ${row} WHERE ${openUndo('u', subject)} AND u.action = 'update' AND u.old_row IS NOT NULL AND t.${place.idColumn} IS NULL`),
    contents === null ? [] : [contents],
  );
  return found.map((row) => conflict('hand', place, row));
}

/** Records that stay and refer to records that go, over one foreign key. `places`: every entity of the office; `listed`: those with a table of gone records. */
export async function whoRefers(
  session: SqlSession,
  subject: Subject,
  key: ForeignKey,
  places: readonly Place[],
  listed: ReadonlySet<number>,
): Promise<RollbackConflict[]> {
  const { s, run, place } = subject;
  const owners = places.filter(({ table }) => table === key.table);
  const ids = owners.map(({ id }) => id).join(', ');
  const staying = owners.flatMap((owner) =>
    listed.has(owner.id)
      ? [`NOT EXISTS (SELECT 1 FROM ${goneTable(owner)} o WHERE o.target_id = c.${owner.idColumn})`]
      : [],
  );
  const [first] = owners;
  const from = `${goneTable(place)} g JOIN ${key.table} c ON c.${key.column} = g.target_id`;
  if (first === undefined) {
    const found = await session.query<Found>(
      summary(`SELECT NULL::int4 AS run_id, g.target_id AS id, NULL::text AS key FROM ${from}`),
    );
    return found.map((row) => conflict('reference', { entity: key.table }, { ...row, keys: null }));
  }
  const id = `c.${first.idColumn}`;
  const known = owners
    .map(({ crosswalk }) => `SELECT target_id, run_id, legacy_key FROM ${crosswalk}`)
    .join(' UNION ALL ');
  const restored = `NOT EXISTS (SELECT 1 FROM ${s}.undo m WHERE m.run_id = ${run} AND m.entity_id IN (${ids}) AND m.target_id = ${id} AND m.undone_by IS NULL)`;
  const found = await session.query<Found>(
    summary(`SELECT k.run_id, ${id} AS id, ${keySql(id, 'k.legacy_key')} AS key FROM ${from} LEFT JOIN (${known}) k ON k.target_id = ${id}
       WHERE ${[restored, ...staying].join(' AND ')}`),
  );
  return found.map((row) => conflict('reference', first, row));
}

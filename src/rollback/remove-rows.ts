import { CONTENT_ENTITIES } from '../contents/content-finding.ts';
import { SqlError } from '../write/session.ts';
import type { Place } from './read-places.ts';
import { asChunk, changed, type RollbackWork } from './rollback-work.ts';
import type { Survey } from './survey.ts';
import { dropContents } from './take-back-contents.ts';
import { withoutSlowKeys } from './take-off-keys.ts';
import { countGone, goneTable, listGone } from './touched-rows.ts';

/** SQLSTATE insufficient_privilege: only the owner of a table may empty it at once. */
const NOT_OWNER = '42501';

/**
 * Removes the records that the run brought, children before parents. Tables of which everything goes are emptied at once, in one transaction; the others in
 * chunks.
 */
export async function removeRows(work: RollbackWork, found: Survey): Promise<void> {
  const listed = found.entities.filter(({ place }) => found.listed.has(place.id)).map(({ place }) => place);
  const whole = found.entities
    .filter(({ place, removed }) => removed > 0 && found.whole.emptied.has(place.table))
    .map(({ place }) => place);
  if (whole.length > 0 && !(await emptyTables(work, whole, found.whole.named))) {
    for (const place of whole) await listGone(work.session, { s: work.s, run: work.run.id, place }, work.force);
    listed.push(...whole);
  }
  const order = found.entities.map(({ place }) => place).filter((place) => listed.includes(place));
  for (const place of order) await loosen(work, place, order, found);
  for (const place of order.toReversed()) {
    await withoutSlowKeys(work, place, found, () =>
      removeChunks(work, place, (numbers) => removeChunk(work, place, numbers)),
    );
    work.progress.done(place.entity);
  }
}

/** Empties tables and their parts of the ledger at once. False: the account may not. */
async function emptyTables(work: RollbackWork, places: readonly Place[], named: readonly string[]): Promise<boolean> {
  const { session, s } = work;
  const [first, ...others] = places;
  try {
    await asChunk(work, first!, async () => {
      const counts = new Map<Place, number>();
      for (const place of places) {
        const [row] = await session.query<{ count: number }>(`SELECT count(*)::int4 AS count FROM ${place.crosswalk}`);
        counts.set(place, row!.count);
        if (place.entity === CONTENT_ENTITIES.content) await dropContents(work, place, place.crosswalk);
      }
      await session.query(`TRUNCATE ${[...named, ...places.map(({ crosswalk }) => crosswalk)].join(', ')}`);
      await session.query(`DELETE FROM ${s}.pending_ref WHERE entity_id IN (${places.map(({ id }) => id).join(', ')})`);
      await noteOthers(work, others, counts);
      return { loaded: 0, skipped: counts.get(first!)! };
    });
  } catch (error) {
    if (error instanceof SqlError && error.sqlState === NOT_OWNER) return false;
    throw error;
  }
  for (const { entity } of places) work.progress.done(entity);
  return true;
}

async function noteOthers(
  { session, s, by, progress }: RollbackWork,
  places: readonly Place[],
  counts: ReadonlyMap<Place, number>,
): Promise<void> {
  for (const place of places) {
    const count = counts.get(place)!;
    await session.query(
      `UPDATE ${s}.run_entity SET read_rows = read_rows + $3, skipped = skipped + $3 WHERE run_id = $1 AND entity_id = $2`,
      [by, place.id, count],
    );
    progress.add(place.entity, { loaded: 0, skipped: count });
  }
}

/** Empties optional references among records that go, where the parent goes before its child or with it. */
async function loosen(work: RollbackWork, place: Place, order: readonly Place[], { keys }: Survey): Promise<void> {
  const earlier = new Set(order.slice(order.indexOf(place)).map(({ table }) => table));
  const loose = keys.filter(({ table, parent, nullable }) => table === place.table && nullable && earlier.has(parent));
  if (loose.length === 0) return;
  const values = loose.map(({ column }) => `${column} = NULL`).join(', ');
  const filled = loose.map(({ column }) => `t.${column} IS NOT NULL`).join(' OR ');
  await removeChunks(work, place, async (numbers) => {
    await work.session.query(
      `UPDATE ${place.table} t SET ${values} FROM ${goneTable(place)} g WHERE g.n ${numbers} AND t.${place.idColumn} = g.target_id AND (${filled})`,
    );
  });
}

/** Walks the listed records of an entity in even chunks. */
async function removeChunks(
  { session, chunk, signal }: RollbackWork,
  place: Place,
  each: (numbers: string) => Promise<void>,
): Promise<void> {
  const count = await countGone(session, place);
  for (let done = 0; done < count; done += chunk) {
    await each(`BETWEEN ${done + 1} AND ${done + chunk}`);
    signal.throwIfAborted();
  }
}

function removeChunk(work: RollbackWork, place: Place, numbers: string): Promise<void> {
  const { session, s, run, by, force } = work;
  const gone = `(SELECT target_id FROM ${goneTable(place)} WHERE n ${numbers})`;
  return asChunk(work, place, async () => {
    if (place.entity === CONTENT_ENTITIES.content) await dropContents(work, place, gone);
    await session.query(`DELETE FROM ${place.table} t USING ${gone} g WHERE t.${place.idColumn} = g.target_id`);
    await session.query(
      `DELETE FROM ${s}.pending_ref p USING ${gone} g WHERE p.entity_id = ${place.id} AND p.target_id = g.target_id`,
    );
    if (force)
      await session.query(
        `UPDATE ${s}.undo v SET undone_by = ${by} FROM ${gone} g WHERE v.entity_id = ${place.id} AND v.target_id = g.target_id AND v.run_id > ${run.id} AND v.undone_by IS NULL`,
      );
    const skipped = await changed(
      session,
      `DELETE FROM ${place.crosswalk} x USING ${gone} g WHERE x.target_id = g.target_id`,
    );
    return { loaded: 0, skipped };
  });
}

import { CONTENT_ENTITIES } from '../contents/content-finding.ts';
import { allPlaces, type KnownPlace } from './read-places.ts';
import { removeRows } from './remove-rows.ts';
import { restoreRows, returnRows } from './restore-rows.ts';
import { returnWatermarks } from './return-watermarks.ts';
import type { RollbackWork } from './rollback-work.ts';
import type { Survey } from './survey.ts';
import { takeBackContents } from './take-back-contents.ts';

/**
 * Takes a run back, in an order that keeps foreign keys at every step: deleted rows come back, changed ones return, contents go, and what the run brought goes
 * children first. Killed at any moment and begun again, it goes on with what is left.
 */
export async function executeRollback(work: RollbackWork, found: Survey, known: readonly KnownPlace[]): Promise<void> {
  await returnWatermarks(work);
  await returnRows(work, found);
  await restoreRows(work, found);
  const places = await allPlaces(work.session, work.s, work.run.office, known);
  await takeBackContents(work, places.find(({ entity }) => entity === CONTENT_ENTITIES.content) ?? null);
  await removeRows(work, found);
  for (const { place } of found.entities.filter(({ place: { id } }) => found.listed.has(id)))
    await work.session.query(`ANALYZE ${place.crosswalk}; ANALYZE ${place.table}`);
}

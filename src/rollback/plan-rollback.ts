import { CONTENT_ENTITIES } from '../contents/content-finding.ts';
import type { SqlSession } from '../write/session.ts';
import { contentConflicts, countContents } from './content-rows.ts';
import { changedByHand, laterContents, laterRuns, whoRefers } from './find-conflicts.ts';
import { openRollback } from './open-rollback.ts';
import { allPlaces } from './read-places.ts';
import type { RollbackConflict, RollbackPlan } from './rollback-plan.ts';
import { isTouched, type Survey, type SurveyRequest, survey } from './survey.ts';

/** What taking the run back would do, and what speaks against it. Changes nothing; may be called at any time. */
export async function planRollback(session: SqlSession, request: SurveyRequest): Promise<RollbackPlan> {
  const { s, run } = request;
  const open = await openRollback(session, s, run);
  const asked = { ...request, force: request.force || open?.force === true };
  const found = await survey(session, asked);
  const { entities, whole } = found;
  const conflicts = await findConflicts(session, asked, found, open === null);
  return {
    run,
    entities: entities.filter(isTouched).map(({ place, removed, restored, returned }) => ({
      entity: place.entity,
      removed,
      restored,
      returned,
      whole: removed > 0 && whole.emptied.has(place.table),
    })),
    contents: await countContents(session, s, run.office, run.id),
    conflicts,
    handsChecked: run.status !== 'running',
  };
}

/** Everything that speaks against it. `hands`: also what was changed by hand; not when a rollback that stopped goes on, since it wrote rows itself. */
async function findConflicts(
  session: SqlSession,
  { s, run, known }: SurveyRequest,
  { entities, keys, whole, listed }: Survey,
  hands: boolean,
): Promise<readonly RollbackConflict[]> {
  const conflicts: RollbackConflict[] = [];
  const end = hands && run.status !== 'running' ? await endOf(session, s, run.id) : null;
  for (const { place } of entities) {
    const subject = { s, run: run.id, place };
    const contents = place.entity === CONTENT_ENTITIES.content ? run.office : null;
    conflicts.push(...(await laterRuns(session, subject)));
    if (contents !== null) conflicts.push(...(await laterContents(session, subject, contents)));
    if (end !== null) conflicts.push(...(await changedByHand(session, subject, { end, contents })));
  }
  const places = await allPlaces(session, s, run.office, known);
  for (const { place } of entities.filter(({ place: { id } }) => listed.has(id))) {
    const subject = { s, run: run.id, place };
    for (const key of keys.filter(({ parent, table }) => parent === place.table && !whole.emptied.has(table)))
      conflicts.push(...(await whoRefers(session, subject, key, places, listed)));
  }
  const contents = places.find(({ entity }) => entity === CONTENT_ENTITIES.content) ?? null;
  conflicts.push(...(await contentConflicts(session, { s, office: run.office, run: run.id }, contents, end)));
  return merged(conflicts);
}

/** Number of the transaction that closed the run: every row that the run wrote has an earlier one. */
async function endOf(session: SqlSession, s: string, run: number): Promise<string> {
  const [row] = await session.query<{ end: string }>(`SELECT xmin::text AS "end" FROM ${s}.run WHERE id = $1`, [run]);
  return row!.end;
}

/** One line a kind, entity and run: a record may refer over several foreign keys. */
function merged(conflicts: readonly RollbackConflict[]): readonly RollbackConflict[] {
  const lines = new Map<string, RollbackConflict>();
  for (const each of conflicts) {
    const name = `${each.kind} ${each.entity} ${each.run}`;
    const known = lines.get(name);
    if (known === undefined || each.count > known.count) lines.set(name, each);
  }
  return [...lines.values()];
}

import type { Finding } from '../core/finding.ts';
import { createIdSpace } from '../core/target-id.ts';
import type { Place } from '../rollback/read-places.ts';
import type { SqlSession } from '../write/session.ts';
import type { Remembered } from './diff-rows.ts';
import { keyOfWord, subjectOfKey } from './find-subject.ts';
import { type LedgerSubject, type RejectRow, readRejectsOf } from './read-runs-of.ts';
import type { Absence, ChainLink } from './record-history.ts';

/** Parents followed at most, so that a circle ends. */
const LONGEST_CHAIN = 12;

/** Why a record is not in the target: the last thing that the ledger knows about it. */
export async function whyMissing(
  session: SqlSession,
  subject: LedgerSubject,
  {
    places,
    remembered,
    rejects,
  }: {
    readonly places: readonly Place[];
    readonly remembered: readonly Remembered[];
    readonly rejects: readonly RejectRow[];
  },
): Promise<Absence> {
  const reject = rejects.at(-1);
  const gone = remembered.findLast(({ action, undoneBy }) => action === 'delete' && undoneBy === null);
  if (gone !== undefined && (reject === undefined || gone.run > reject.run)) return { kind: 'deleted', run: gone.run };
  const back = remembered.findLast(({ undoneBy }) => undoneBy !== null);
  if (back !== undefined && (reject === undefined || (back.undoneBy ?? 0) > reject.run))
    return { kind: 'takenBack', run: back.oldRun ?? back.run, by: back.undoneBy };
  if (reject !== undefined)
    return {
      kind: 'rejected',
      run: reject.run,
      reasons: reject.reasons,
      chain: await chainOf(session, subject, places, reject.reasons),
    };
  return { kind: 'unknown', rolledBack: await rolledBackRuns(session, subject) };
}

/** The parents that kept it out, one after another. */
async function chainOf(
  session: SqlSession,
  { s, office }: LedgerSubject,
  places: readonly Place[],
  reasons: readonly Finding[],
): Promise<readonly ChainLink[]> {
  const chain: ChainLink[] = [];
  let next = parentIn(reasons);
  while (next !== null && chain.length < LONGEST_CHAIN) {
    const { entity, key } = next;
    const place = places.find((each) => each.entity === entity);
    if (place === undefined) return [...chain, { entity, key, state: 'missing', reasons: [] }];
    const id = createIdSpace(office, entity).text(keyOfWord(key));
    const there = (await session.query(`SELECT 1 FROM ${place.crosswalk} WHERE target_id = $1`, [id])).length > 0;
    if (there) return [...chain, { entity, key, state: 'loaded', reasons: [] }];
    const parent = { ...subjectOfKey(office, entity, key), s, office, entityId: place.id };
    const last = (await readRejectsOf(session, parent)).at(-1);
    chain.push({ entity, key, state: last === undefined ? 'missing' : 'rejected', reasons: last?.reasons ?? [] });
    next = last === undefined ? null : parentIn(last.reasons);
  }
  return chain;
}

function parentIn(reasons: readonly Finding[]): { readonly entity: string; readonly key: string } | null {
  for (const { code, params } of reasons) {
    if (code !== 'PARENT_REJECTED' && code !== 'PARENT_MISSING') continue;
    const { parent, parentKey } = params ?? {};
    if (parent !== undefined && parentKey !== undefined) return { entity: String(parent), key: String(parentKey) };
  }
  return null;
}

async function rolledBackRuns(session: SqlSession, { s, entityId }: LedgerSubject): Promise<readonly number[]> {
  const rows = await session.query<{ id: number }>(
    `SELECT r.id FROM ${s}.run r JOIN ${s}.run_entity n ON n.run_id = r.id AND n.entity_id = $1 WHERE r.status = 'rolled-back' ORDER BY r.id`,
    [entityId],
  );
  return rows.map(({ id }) => id);
}

import type { RunState } from '../ledger/ledger.ts';
import type { SqlSession } from '../write/session.ts';
import { type Counted, findWhole, type WholeTables } from './find-whole.ts';
import { type KnownPlace, readPlaces } from './read-places.ts';
import { type ForeignKey, readForeignKeys } from './table-facts.ts';
import { countTouched, listGone } from './touched-rows.ts';

export interface SurveyRequest {
  /** Quoted schema of the ledger. */
  readonly s: string;
  readonly run: RunState;
  /** Places that the mappings know, for ledgers of earlier versions. */
  readonly known: readonly KnownPlace[];
  /** Whether records that later runs changed are taken back too. */
  readonly force: boolean;
}

/** What a run left in the target, entity by entity. */
export interface Survey {
  /** Parents first. */
  readonly entities: readonly Counted[];
  readonly keys: readonly ForeignKey[];
  readonly whole: WholeTables;
  /** Numbers of the entities whose records that go are listed in a temporary table of the session. */
  readonly listed: ReadonlySet<number>;
}

/** Counts, and lists in temporary tables of this session, what taking the run back concerns. Changes nothing. */
export async function survey(session: SqlSession, { s, run, known, force }: SurveyRequest): Promise<Survey> {
  const places = await readPlaces(session, s, run.id, known);
  const keys = await readForeignKeys(session);
  const counted: Counted[] = [];
  for (const place of places) counted.push({ place, ...(await countTouched(session, { s, run: run.id, place })) });
  const whole = await findWhole(session, counted, keys);
  const listed = new Set<number>();
  const entities: Counted[] = [];
  for (const entity of counted) {
    const { place, removed } = entity;
    if (whole.emptied.has(place.table) || !(force || removed > 0)) entities.push(entity);
    else {
      const count = await listGone(session, { s, run: run.id, place }, force);
      if (count > 0) listed.add(place.id);
      entities.push({ ...entity, removed: count });
    }
  }
  return { entities, keys, whole, listed };
}

/** Whether anything of this entity is left to take back. */
export const isTouched = ({ removed, restored, returned }: Counted): boolean => removed + restored + returned > 0;

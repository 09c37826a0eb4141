import { CONTENT_ENTITIES } from '../contents/content-finding.ts';
import type { Place } from '../rollback/read-places.ts';
import type { SqlSession } from '../write/session.ts';
import { readContentsOf } from './read-contents-of.ts';
import { readParents } from './read-parents.ts';
import { type LedgerSubject, readRejectsOf, readRemembered, readRunsOf, type Written } from './read-runs-of.ts';
import type { RecordHistory, Row, Subject } from './record-history.ts';
import { whyMissing } from './why-missing.ts';

export interface HistoryRequest {
  /** Quoted schema of the ledger. */
  readonly s: string;
  readonly office: string;
  /** Of all entities that were ever begun. */
  readonly places: readonly Place[];
}

/** Everything that ledger and store know about one record. Reads by indexes only, so it is quick whatever their size. */
export async function readHistory(
  session: SqlSession,
  request: HistoryRequest,
  subject: Subject,
): Promise<RecordHistory> {
  const { s, office, places } = request;
  const place = places.find(({ entity }) => entity === subject.entity) ?? null;
  const entityId = place?.id ?? (await numberOf(session, request, subject.entity));
  const known: LedgerSubject = { ...subject, s, office, entityId };
  const written = place === null ? null : await readWritten(session, place, subject.targetId);
  const row = place === null ? null : await readRow(session, place, subject.targetId);
  const remembered = await readRemembered(session, known);
  const rejects = await readRejectsOf(session, known);
  const contents = await readContentsOf(session, known, places);
  const runs = await readRunsOf(session, known, {
    remembered,
    rejects,
    written,
    row,
    copied: await copiedBy(session, known),
  });
  return {
    ...subject,
    loaded: written !== null,
    table: place?.table ?? null,
    row,
    runs,
    parents: await readParents(session, known, { place, places, row }),
    contents,
    absence: written !== null ? null : await whyMissing(session, known, { places, remembered, rejects }),
  };
}

/** Of an entity whose every record was rejected there is no place; -1: the ledger has never met it. */
async function numberOf(session: SqlSession, { s, office }: HistoryRequest, entity: string): Promise<number> {
  const [row] = await session.query<{ id: number }>(`SELECT id FROM ${s}.entity WHERE office = $1 AND name = $2`, [
    office,
    entity,
  ]);
  return row?.id ?? -1;
}

async function readWritten(session: SqlSession, { crosswalk }: Place, targetId: string): Promise<Written | null> {
  const [row] = await session.query<Written>(`SELECT run_id AS run FROM ${crosswalk} WHERE target_id = $1`, [targetId]);
  return row ?? null;
}

async function readRow(session: SqlSession, { table, idColumn }: Place, targetId: string): Promise<Row | null> {
  const [row] = await session.query<{ row: Row }>(
    `SELECT to_jsonb(t) AS row FROM ${table} t WHERE t.${idColumn} = $1`,
    [targetId],
  );
  return row?.row ?? null;
}

async function copiedBy(session: SqlSession, { s, office, entity, key }: LedgerSubject): Promise<number | null> {
  if (entity !== CONTENT_ENTITIES.content) return null;
  const [row] = await session.query<{ run: number }>(
    `SELECT run_id AS run FROM ${s}.content WHERE office = $1 AND content_id = $2`,
    [office, key],
  );
  return row?.run ?? null;
}

import { quoted } from '../write/postgres/ledger-names.ts';
import type { SqlSession } from '../write/session.ts';
import type { Place } from './read-places.ts';

/** One run's view of one entity. */
export interface Subject {
  /** Quoted schema of the ledger. */
  readonly s: string;
  readonly run: number;
  readonly place: Place;
}

/** How many legacy keys a conflict names. */
export const SHOWN_KEYS = 5;

/** The legacy key as SQL, of a target id and the text key beside it (NULL: the integer is inside the id). */
export const keySql = (id: string, text: string): string =>
  `coalesce(${text}, ((('x' || right(replace(${id}::text, '-', ''), 16))::bit(64)::bigint) & 2305843009213693951)::text)`;

/** Condition on `undo u`: what the run changed or deleted in this entity and nobody has taken back yet. */
export const openUndo = (u: string, { run, place }: Subject): string =>
  `${u}.run_id = ${run} AND ${u}.entity_id = ${place.id} AND ${u}.undone_by IS NULL`;

/** Condition on a crosswalk row `x`: the run brought this record (it wrote it last, and nothing was there before). */
const broughtByRun = ({ s, run, place }: Subject): string =>
  `x.run_id = ${run} AND NOT EXISTS (SELECT 1 FROM ${s}.undo m WHERE m.run_id = ${run} AND m.entity_id = ${place.id} AND m.target_id = x.target_id)`;

export interface EntityNumbers {
  readonly removed: number;
  readonly restored: number;
  readonly returned: number;
  /** Records of the entity in all. */
  readonly records: number;
}

/** Counts what the run brought, changed and deleted. */
export async function countTouched(session: SqlSession, subject: Subject): Promise<EntityNumbers> {
  const { s, place } = subject;
  const open = openUndo('u', subject);
  const [row] = await session.query<EntityNumbers>(
    `SELECT (SELECT count(*) FROM ${place.crosswalk} x WHERE ${broughtByRun(subject)})::float8 AS removed,
       (SELECT count(*) FROM ${s}.undo u WHERE ${open} AND action = 'update')::float8 AS restored,
       (SELECT count(*) FROM ${s}.undo u WHERE ${open} AND action = 'delete')::float8 AS returned,
       (SELECT count(*) FROM ${place.crosswalk})::float8 AS records`,
  );
  return row!;
}

/** Name of the temporary table that lists the records of an entity that go. */
export const goneTable = ({ id }: Place): string => `pg_temp.${quoted(`ezd_gone_${id}`)}`;

/**
 * Lists the records that go in a temporary table of this session: `n` from 1, `target_id` ascending, so that they can be walked in even chunks. Returns their
 * number. With `force`, those that later runs changed go too.
 */
export async function listGone(session: SqlSession, subject: Subject, force: boolean): Promise<number> {
  const { s, run, place } = subject;
  const changedLater = `UNION SELECT u.target_id FROM ${s}.undo u WHERE u.entity_id = ${place.id} AND u.old_run = ${run} AND u.run_id > ${run} AND u.undone_by IS NULL
     AND NOT EXISTS (SELECT 1 FROM ${s}.undo m WHERE m.run_id = ${run} AND m.entity_id = ${place.id} AND m.target_id = u.target_id)`;
  const name = quoted(`ezd_gone_${place.id}`);
  await session.query(`DROP TABLE IF EXISTS ${goneTable(place)}`);
  await session.query(
    `CREATE TEMP TABLE ${name} AS SELECT row_number() OVER (ORDER BY target_id)::int4 AS n, target_id FROM
     (SELECT x.target_id FROM ${place.crosswalk} x WHERE ${broughtByRun(subject)} ${force ? changedLater : ''}) g`,
  );
  await session.query(
    `CREATE UNIQUE INDEX ON ${name} (n); CREATE UNIQUE INDEX ON ${name} (target_id); ANALYZE ${name}`,
  );
  return countGone(session, place);
}

/** How many records of an entity are listed. */
export async function countGone(session: SqlSession, place: Place): Promise<number> {
  const [row] = await session.query<{ count: number }>(`SELECT count(*)::int4 AS count FROM ${goneTable(place)}`);
  return row!.count;
}

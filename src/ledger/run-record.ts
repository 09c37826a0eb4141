import type { SqlSession } from '../write/session.ts';
import { DIGESTED_SETS, type DigestedSet, type SetDigest, setDigests } from './set-digests.ts';

/** What a run's record in the chain covers. Times are UTC to the microsecond; digests are described in `set-digests.ts`. */
export interface RunRecord extends Readonly<Record<DigestedSet, readonly SetDigest[]>> {
  /** Of this shape. */
  readonly version: 1;
  readonly office: string;
  readonly run: number;
  readonly command: string;
  /** When the record was made; a run that was killed and never gone on with stays `running`. */
  readonly status: string;
  readonly startedAt: string;
  readonly finishedAt: string | null;
  readonly toolVersion: string;
  readonly planHash: string;
  /** Of the office's corrections; absent: the run had none. */
  readonly correctionsHash?: string;
  readonly options: unknown;
  readonly host: string;
  readonly user: string;
  readonly failure: string | null;
  readonly entities: readonly RecordedEntity[];
}

export interface RecordedEntity {
  readonly entity: string;
  readonly status: string;
  /** SHA-256 of the entity's compiled mapping. */
  readonly planHash: string;
  readonly read: number;
  readonly loaded: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly skipped: number;
  readonly skips: readonly { readonly reason: string; readonly records: number }[];
}

/** The record that the ledger's rows give now, or null when the run is not there. */
export async function readRunRecord(session: SqlSession, s: string, run: number): Promise<RunRecord | null> {
  const head = await readHead(session, s, run);
  if (head === null) return null;
  const sets: Partial<Record<DigestedSet, readonly SetDigest[]>> = {};
  for (const set of DIGESTED_SETS) sets[set] = await setDigests(session, s, run, set);
  const { findings = [], rejects = [], corrections = [], undo = [] } = sets;
  return { ...head, entities: await readEntities(session, s, run), findings, rejects, corrections, undo };
}

type Head = Omit<RunRecord, 'entities' | DigestedSet>;

async function readHead(session: SqlSession, s: string, run: number): Promise<Head | null> {
  const utc = (column: string): string => `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
  const [row] = await session.query<
    Omit<Head, 'version' | 'options'> & { options: string; corrections: string | null }
  >(
    `SELECT office, id AS run, command, status, ${utc('started_at')} AS "startedAt", ${utc('finished_at')} AS "finishedAt", tool_version AS "toolVersion",
       plan_hash AS "planHash", options::text AS options, host, os_user AS "user", failure,
       to_jsonb(run) ->> 'corrections_hash' AS corrections FROM ${s}.run WHERE id = $1`,
    [run],
  );
  if (row === undefined) return null;
  const { corrections, options, ...head } = row;
  const correctionsHash = corrections === null ? {} : { correctionsHash: corrections };
  return { version: 1, ...head, ...correctionsHash, options: JSON.parse(options) as unknown };
}

async function readEntities(session: SqlSession, s: string, run: number): Promise<readonly RecordedEntity[]> {
  const rows = await session.query<Omit<RecordedEntity, 'skips'> & { skips: string }>(
    `SELECT e.name AS entity, n.status, n.plan_hash AS "planHash", n.read_rows::float8 AS read, n.loaded::float8 AS loaded, n.unchanged::float8 AS unchanged,
       n.rejected::float8 AS rejected, n.skipped::float8 AS skipped,
       (SELECT coalesce(jsonb_agg(jsonb_build_object('reason', k.reason, 'records', k.records) ORDER BY k.reason COLLATE "C"), '[]')::text
        FROM ${s}.run_skip k WHERE k.run_id = n.run_id AND k.entity_id = n.entity_id) AS skips
     FROM ${s}.run_entity n JOIN ${s}.entity e ON e.id = n.entity_id WHERE n.run_id = $1 ORDER BY n.position`,
    [run],
  );
  return rows.map((row) => ({ ...row, skips: JSON.parse(row.skips) as RecordedEntity['skips'] }));
}

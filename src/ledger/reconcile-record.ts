import type { SqlSession } from '../write/session.ts';
import { transaction } from './postgres-ledger.ts';

/** One comparison of source and target, as the ledger keeps it. Every value in it is masked. */
export interface ReconcileRecord {
  readonly office: string;
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly toolVersion: string;
  readonly planHash: string;
  readonly host: string;
  readonly user: string;
  readonly options: ReconcileOptions;
  /** The newest finished run that had loaded what was compared; null: none. */
  readonly lastRun: number | null;
  readonly equal: boolean;
  readonly entities: readonly ReconciledEntity[];
  /** null: contents were not compared. */
  readonly contents: ReconciledContents | null;
  readonly sets: readonly ReconciledSet[];
  readonly differences: readonly ReconciledDifference[];
}

export interface ReconcileOptions {
  /** null: all. */
  readonly entities: readonly string[] | null;
  readonly units: readonly string[] | null;
  /** Every `of`-th part of the keys, part `turn` (from 0); null: everything. */
  readonly sample: { readonly of: number; readonly turn: number } | null;
  readonly contents: 'none' | 'sample' | 'all';
}

/** Numbers of one entity: read = expected + rejected + skipped + notLoaded; without differences rows = expected. */
export interface ReconciledEntity {
  readonly entity: string;
  readonly read: number;
  /** Source records that should be in the target. */
  readonly expected: number;
  readonly rejected: number;
  readonly skipped: Readonly<Record<string, number>>;
  /** Source records that no run has loaded yet, since none has read the whole entity. */
  readonly notLoaded: number;
  /** Rows of the target that were compared. */
  readonly rows: number;
  /** Records that differ and that a sync left as they are, by the code of its finding (SOURCE_GONE, GONE_REFUSED …): accounted for. Absent: none. */
  readonly left?: Readonly<Record<string, number>>;
  readonly missing: number;
  readonly extra: number;
  readonly value: number;
  readonly moved: number;
  readonly content: number;
  /** Ranges of keys that differ and were not looked into, since the limit of differences was reached, and their rows. */
  readonly unexamined: { readonly ranges: number; readonly rows: number };
  readonly milliseconds: number;
}

export interface ReconciledContents {
  /** Files of the content store that were read back, and how many were good. */
  readonly checked: number;
  readonly good: number;
  readonly notSampled: number;
  /** Contents that no copy has tried yet. */
  readonly waiting: number;
  /** Contents that could not be copied and have a finding: accounted for. */
  readonly failed: number;
}

export interface ReconciledSet {
  readonly entity: string;
  /** Legacy key of the unit, and its symbol where it is known; null: the entity has no unit, or the record none. */
  readonly unit: string | null;
  readonly symbol: string | null;
  readonly year: number | null;
  readonly source: number;
  readonly target: number;
  readonly equal: boolean;
  readonly differing: readonly unknown[];
}

export interface ReconciledDifference {
  readonly entity: string;
  /** missing, extra, value, moved, content */
  readonly kind: string;
  /** Where it comes from: target (changed or lost there), source (changed since run `run`), both, rejected, unknown */
  readonly cause: string;
  readonly key: string | null;
  readonly id: string | null;
  readonly run: number | null;
  readonly fields: readonly {
    readonly field: string;
    readonly source: string | null;
    readonly target: string | null;
  }[];
  readonly codes: readonly string[];
}

const PAGE = 5000;

/** Keeps a comparison; returns its number. `s`: quoted ledger schema. */
export function saveReconcile(session: SqlSession, s: string, record: ReconcileRecord): Promise<number> {
  return transaction(session, async () => {
    const [row] = await session.query<{ id: number }>(
      `INSERT INTO ${s}.reconcile (office, started_at, finished_at, tool_version, plan_hash, host, os_user, options, last_run, equal, entities, contents)
       VALUES ($1, $2::timestamptz, $3::timestamptz, $4, $5, $6, $7, $8::jsonb, $9, $10, $11::jsonb, $12::jsonb) RETURNING id`,
      [
        record.office,
        record.startedAt.toISOString(),
        record.finishedAt.toISOString(),
        record.toolVersion,
        record.planHash,
        record.host,
        record.user,
        JSON.stringify(record.options),
        record.lastRun,
        record.equal,
        JSON.stringify(record.entities),
        record.contents === null ? null : JSON.stringify(record.contents),
      ],
    );
    const { id } = row!;
    for (const page of pages(record.sets)) {
      await session.query(
        `INSERT INTO ${s}.reconcile_set (reconcile_id, entity, unit, symbol, year, source_records, target_records, equal, differing)
         SELECT $1, g.entity, g.unit, g.symbol, g.year, g.source, g.target, g.equal, g.differing FROM jsonb_to_recordset($2::jsonb)
           AS g (entity text, unit text, symbol text, year int, source bigint, target bigint, equal boolean, differing jsonb)`,
        [id, JSON.stringify(page)],
      );
    }
    for (const [number, page] of pages(record.differences).entries()) {
      await session.query(
        `INSERT INTO ${s}.reconcile_difference (reconcile_id, position, entity, kind, cause, legacy_key, target_id, run_id, fields, codes)
         SELECT $1, $3 + g.position, g.entity, g.kind, g.cause, g.key, g.id, g.run, g.fields, g.codes FROM jsonb_to_recordset($2::jsonb)
           AS g (position int, entity text, kind text, cause text, key text, id uuid, run int, fields jsonb, codes jsonb)`,
        [id, storable(page.map((difference, position) => ({ ...difference, position }))), number * PAGE],
      );
    }
    return id;
  });
}

/** jsonb takes no NUL and no half of a surrogate pair. */
const storable = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'string' ? part.replaceAll('\0', '\ufffd').toWellFormed() : part,
  );

function pages<T>(list: readonly T[]): T[][] {
  const parts: T[][] = [];
  for (let at = 0; at < list.length; at += PAGE) parts.push(list.slice(at, at + PAGE));
  return parts;
}

interface Row {
  id: number;
  office: string;
  started_at: Date;
  finished_at: Date;
  tool_version: string;
  plan_hash: string;
  host: string;
  os_user: string;
  options: ReconcileOptions;
  last_run: number | null;
  equal: boolean;
  entities: readonly ReconciledEntity[];
  contents: ReconciledContents | null;
}

export interface StoredReconcile extends ReconcileRecord {
  readonly id: number;
}

/** The office's newest comparison, whole; null: none, or a ledger from before there were any. `whole`: the newest that was no sample. */
export async function latestReconcile(
  session: SqlSession,
  s: string,
  office: string,
  { whole = false }: { readonly whole?: boolean } = {},
): Promise<StoredReconcile | null> {
  const [there] = await session.query<{ there: boolean }>(`SELECT to_regclass($1) IS NOT NULL AS there`, [
    `${s}.reconcile`,
  ]);
  if (there?.there !== true) return null;
  const [row] = await session.query<Row>(
    `SELECT * FROM ${s}.reconcile WHERE office = $1 ${whole ? `AND options -> 'sample' = 'null'::jsonb` : ''} ORDER BY id DESC LIMIT 1`,
    [office],
  );
  if (row === undefined) return null;
  const sets = await session.query<ReconciledSet>(
    `SELECT entity, unit, symbol, year, source_records::float8 AS source, target_records::float8 AS target, equal, differing
     FROM ${s}.reconcile_set WHERE reconcile_id = $1 ORDER BY entity, symbol, unit, year`,
    [row.id],
  );
  const differences = await session.query<ReconciledDifference>(
    `SELECT entity, kind, cause, legacy_key AS key, target_id::text AS id, run_id AS run, fields, codes
     FROM ${s}.reconcile_difference WHERE reconcile_id = $1 ORDER BY position`,
    [row.id],
  );
  const { id, options, equal, entities, contents } = row;
  return {
    id,
    office,
    startedAt: new Date(row.started_at),
    finishedAt: new Date(row.finished_at),
    toolVersion: row.tool_version,
    planHash: row.plan_hash,
    host: row.host,
    user: row.os_user,
    options,
    lastRun: row.last_run,
    equal,
    entities,
    contents,
    sets,
    differences,
  };
}

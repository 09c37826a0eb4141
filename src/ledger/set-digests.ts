import type { SqlSession } from '../write/session.ts';

/** A set of rows told by its number and its SHA-256. */
export interface SetDigest {
  readonly entity: string;
  readonly rows: number;
  readonly sha256: string;
}

/** Sets of a run that its record covers, with the columns that count. Text of a row constructor tells NULL from an empty text. */
const SETS = {
  findings: { table: 'finding', row: 'legacy_key, code, severity, effect, field, value, params' },
  rejects: { table: 'reject', row: 'legacy_key, target_id, source, reasons' },
  undo: { table: 'undo', row: 'target_id, legacy_key, action, old_row, old_hash, old_run, old_pending' },
} as const;
export type DigestedSet = keyof typeof SETS;
export const DIGESTED_SETS = Object.keys(SETS) as readonly DigestedSet[];

/**
 * Digests of a run's findings, rejects or undo rows, one an entity, whatever order the rows lie in. A tree of two levels: the hashes of the rows fall into
 * 4,096 buckets by their first bits; a bucket's hash is that of its sorted row hashes, the digest that of the buckets' hashes. So the server sorts with its own
 * memory limit (it spills to disk), and changing, adding or removing a row without changing the digest means to break SHA-256.
 */
export async function setDigests(
  session: SqlSession,
  s: string,
  run: number,
  set: DigestedSet,
): Promise<readonly SetDigest[]> {
  const { table, row } = SETS[set];
  return session.query<SetDigest>(
    `SELECT e.name AS entity, sum(n)::float8 AS rows, encode(sha256(string_agg(leaf, ''::bytea ORDER BY bucket)), 'hex') AS sha256
     FROM (SELECT entity_id, bucket, count(*) AS n, sha256(string_agg(h, ''::bytea ORDER BY h)) AS leaf
           FROM (SELECT entity_id, h, get_byte(h, 0) * 16 + get_byte(h, 1) / 16 AS bucket
                 FROM (SELECT entity_id, sha256(convert_to(ROW(${row})::text, 'UTF8')) AS h FROM ${s}.${table} WHERE run_id = $1) hashed) bucketed
           GROUP BY entity_id, bucket) leaves
     JOIN ${s}.entity e ON e.id = entity_id GROUP BY e.name ORDER BY e.name COLLATE "C"`,
    [run],
  );
}

import type { SqlSession } from '../write/session.ts';

/** A set of rows told by its number and its SHA-256. */
export interface SetDigest {
  readonly entity: string;
  readonly rows: number;
  readonly sha256: string;
}

interface DigestedRows {
  readonly from: (s: string) => string;
  /** Columns that count. Text of a row constructor tells NULL from an empty text; none of them reads differently under other settings of the session. */
  readonly row: string;
}

/** Sets of a run that its record covers. */
const SETS = {
  findings: {
    from: (s) => `${s}.finding t WHERE run_id = $1`,
    row: 'legacy_key, code, severity, effect, field, value, params',
  },
  rejects: { from: (s) => `${s}.reject t WHERE run_id = $1`, row: 'legacy_key, target_id, source, reasons' },
  /** What corrections did, with reason and author as they were written. */
  corrections: {
    from: (s) =>
      `${s}.correction_use t JOIN ${s}.run r ON r.id = t.run_id JOIN ${s}.correction c ON c.set_hash = r.corrections_hash AND c.number = t.number WHERE t.run_id = $1`,
    row: `t.number, t.legacy_key, t.field, t.old_value, t.new_value, t.outcome, c.kind, c.reason, c.author, to_char(c.made_on, 'YYYY-MM-DD'), c.file, c.line`,
  },
  undo: {
    from: (s) => `${s}.undo t WHERE run_id = $1`,
    row: 'target_id, legacy_key, action, old_row, old_hash, old_run, old_pending',
  },
} as const satisfies Readonly<Record<string, DigestedRows>>;
export type DigestedSet = keyof typeof SETS;
export const DIGESTED_SETS = Object.keys(SETS) as readonly DigestedSet[];

/**
 * Digests of one set of a run, one an entity, whatever order the rows lie in. A tree of two levels: the hashes of the rows fall into
 * 4,096 buckets by their first bits; a bucket's hash is that of its sorted row hashes, the digest that of the buckets' hashes. So the server sorts with its own
 * memory limit (it spills to disk), and changing, adding or removing a row without changing the digest means to break SHA-256.
 */
export async function setDigests(
  session: SqlSession,
  s: string,
  run: number,
  set: DigestedSet,
): Promise<readonly SetDigest[]> {
  const { from, row } = SETS[set];
  return session.query<SetDigest>(
    `SELECT e.name AS entity, sum(n)::float8 AS rows, encode(sha256(string_agg(leaf, ''::bytea ORDER BY bucket)), 'hex') AS sha256
     FROM (SELECT entity_id, bucket, count(*) AS n, sha256(string_agg(h, ''::bytea ORDER BY h)) AS leaf
           FROM (SELECT entity_id, h, get_byte(h, 0) * 16 + get_byte(h, 1) / 16 AS bucket
                 FROM (SELECT t.entity_id, sha256(convert_to(ROW(${row})::text, 'UTF8')) AS h FROM ${from(s)}) hashed) bucketed
           GROUP BY entity_id, bucket) leaves
     JOIN ${s}.entity e ON e.id = entity_id GROUP BY e.name ORDER BY e.name COLLATE "C"`,
    [run],
  );
}

import pLimit from 'p-limit';
import type { Finding } from '../core/finding.ts';
import type { LegacyKey } from '../core/record.ts';
import { createIdSpace } from '../core/target-id.ts';
import type { ContentRecord, ContentSignature } from './content.ts';
import type { ContentJournal, VerifiedDigest } from './journal.ts';
import { guessLegacyHash } from './legacy-hash.ts';

/** One connection, as far as the journal needs it. Used by one statement at a time. */
export interface JournalSession {
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly (string | number | null)[]): Promise<Row[]>;
}

export interface SqlJournalOptions {
  readonly office: string;
  /** Run that findings belong to. */
  readonly run: number;
  /** Schema of the ledger, unquoted. */
  readonly ledgerSchema: string;
  /** Numbers of the entities that findings name, as in `ezd_migrate.entity`. */
  readonly entityIds: ReadonlyMap<string, number>;
  /** Table of the store whose rows get digest, size and media type; entity whose ids its rows have. null: none. */
  readonly target: { readonly schema: string; readonly table: string; readonly entity: string } | null;
}

const PAGE = 1000;

/** The journal in the ledger's table `content`. Every method is one statement, so one transaction. */
export function openSqlJournal(session: JournalSession, options: SqlJournalOptions): ContentJournal {
  // Statements of one connection go one after another anyway; waiting here keeps a slow one from piling others up inside the driver.
  const turn = pLimit(1);
  const query = <Row>(sql: string, parameters: readonly (string | number | null)[]): Promise<Row[]> =>
    turn(() => session.query<Row>(sql, parameters));
  const table = `${quoted(options.ledgerSchema)}.content`;
  const pages = (condition: string) => readPages(query, table, options.office, condition);
  const recordSql = recordStatement(options);
  const againSql = againStatement(options);
  const verifiedSql = verifiedStatement(options);
  const pairsSql = pairsStatement(options);
  return {
    known: async (ids) => {
      const rows = await query<ContentRow>(
        `SELECT ${COLUMNS} FROM ${table} WHERE office = $1 AND content_id IN (SELECT jsonb_array_elements_text($2::jsonb))`,
        [options.office, jsonText(ids)],
      );
      return new Map(rows.map((row) => [row.content_id, toRecord(row)]));
    },
    record: async (records, findings) => {
      await query(recordSql, [
        options.office,
        options.run,
        jsonText(recordRows(records, findings, options)),
        jsonText(findingRows(findings, options)),
      ]);
    },
    noteAgain: async (contentIds) => {
      if (againSql === null) return;
      const rows = contentIds.map((id) => ({ content_id: id, target_id: targetIdOf(options, id) }));
      await query(againSql, [options.office, options.run, jsonText(rows)]);
    },
    recordVerified: async (results, findings) => {
      await query(verifiedSql, [
        options.office,
        options.run,
        jsonText(results.map(({ sha256, problem }: VerifiedDigest) => ({ sha256, problem }))),
        jsonText(findingRows(findings, options)),
      ]);
    },
    stored: () => pages(`status = 'stored'`),
    detachedSignatures: () => pages(`status = 'stored' AND jsonb_array_length(signature -> 'signs') > 0`),
    notePairs: async (records, findings) => {
      await query(pairsSql, [
        options.office,
        options.run,
        jsonText(records.map(({ contentId, signedContents }) => ({ content_id: contentId, signed: signedContents }))),
        jsonText(findingRows(findings, options)),
      ]);
    },
    withDigests: async (digests) => {
      const rows = await query<{ digest: string; content_id: string }>(
        `SELECT w.digest, c.content_id FROM jsonb_array_elements_text($2::jsonb) AS w (digest)
         JOIN ${table} c ON c.office = $1 AND c.status = 'stored' AND (c.sha256 = w.digest OR c.legacy_digest = w.digest)
         ORDER BY c.content_id`,
        [options.office, jsonText(digests)],
      );
      const found = new Map<string, string[]>();
      for (const row of rows) found.set(row.digest, [...(found.get(row.digest) ?? []), row.content_id]);
      return found;
    },
  };
}

interface ContentRow {
  readonly content_id: string;
  readonly document_key: string | null;
  readonly status: ContentRecord['status'];
  readonly sha256: string | null;
  readonly size: string | null;
  readonly expected_size: string | null;
  readonly legacy_hash: string | null;
  readonly legacy_equal: boolean | null;
  readonly media_type: string | null;
  readonly signature: ContentSignature | string | null;
  readonly signed_contents: readonly string[] | string;
  readonly problem: string | null;
}

const COLUMNS =
  'content_id, document_key, status, sha256, size::text AS size, expected_size::text AS expected_size, legacy_hash, legacy_equal, media_type, signature, signed_contents, problem';

async function* readPages(
  query: (sql: string, parameters: readonly (string | number | null)[]) => Promise<ContentRow[]>,
  table: string,
  office: string,
  condition: string,
): AsyncGenerator<readonly ContentRecord[]> {
  let after: readonly [string, string] = ['', ''];
  for (;;) {
    const rows = await query(
      `SELECT ${COLUMNS} FROM ${table} WHERE office = $1 AND ${condition} AND (sha256, content_id) > ($2, $3) ORDER BY sha256, content_id LIMIT ${PAGE}`,
      [office, ...after],
    );
    const last = rows.at(-1);
    if (last === undefined) return;
    yield rows.map(toRecord);
    after = [last.sha256 ?? '', last.content_id];
  }
}

const toRecord = (row: ContentRow): ContentRecord => ({
  contentId: row.content_id,
  documentKey: row.document_key === null ? null : keyOf(row.document_key),
  status: row.status,
  sha256: row.sha256,
  size: row.size === null ? null : Number(row.size),
  expectedSize: row.expected_size === null ? null : Number(row.expected_size),
  legacyHash: row.legacy_hash,
  legacyEqual: row.legacy_equal,
  mediaType: row.media_type,
  signature: parsed(row.signature),
  signedContents: parsed(row.signed_contents),
  problem: row.problem,
});

/** Drivers give jsonb parsed or as text. */
const parsed = <T>(value: T | string): T => (typeof value === 'string' ? (JSON.parse(value) as T) : value);

/** Keys that are plain integers are numbers everywhere (see `LegacyKey`). */
const keyOf = (text: string): LegacyKey =>
  /^(?:0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;

function recordRows(records: readonly ContentRecord[], findings: readonly Finding[], options: SqlJournalOptions) {
  const said = new Map<string, Finding[]>();
  for (const finding of findings) {
    const content = String(finding.params?.['content'] ?? '');
    said.set(content, [...(said.get(content) ?? []), finding]);
  }
  return records.map((record) => ({
    content_id: record.contentId,
    document_key: record.documentKey === null ? null : String(record.documentKey),
    status: record.status,
    sha256: record.sha256,
    size: record.size,
    expected_size: record.expectedSize,
    legacy_hash: record.legacyHash,
    legacy_equal: record.legacyEqual,
    legacy_digest: record.legacyEqual === true ? (guessLegacyHash(record.legacyHash)?.hex ?? null) : null,
    media_type: record.mediaType,
    signature: record.signature,
    signed_contents: record.signedContents,
    problem: record.problem,
    findings: said.get(record.contentId) ?? [],
    target_id: targetIdOf(options, record.contentId),
  }));
}

const targetIdOf = ({ office, target }: SqlJournalOptions, contentId: string): string | null =>
  target === null ? null : createIdSpace(office, target.entity).text(keyOf(contentId));

const findingRows = (findings: readonly Finding[], { entityIds }: SqlJournalOptions) =>
  findings.map((finding) => ({
    entity_id: entityIds.get(finding.entity) ?? null,
    legacy_key: finding.key === null ? null : String(finding.key),
    code: finding.code,
    severity: finding.severity,
    effect: finding.effect,
    value: finding.value ?? null,
    params: finding.params ?? null,
  }));

const TELL = (ledger: string): string => `told AS (
  INSERT INTO ${ledger}.finding (run_id, entity_id, legacy_key, code, severity, effect, value, params)
  SELECT $2::int, f.entity_id, f.legacy_key, f.code, f.severity, f.effect, f.value, f.params
  FROM jsonb_to_recordset($4::jsonb) AS f (entity_id smallint, legacy_key text, code text, severity text, effect text, value text, params jsonb)
  WHERE NOT EXISTS (SELECT 1 FROM ${ledger}.finding o WHERE o.entity_id = f.entity_id AND o.legacy_key = f.legacy_key AND o.run_id = $2::int
    AND o.code = f.code AND o.params = f.params AND o.value IS NOT DISTINCT FROM f.value)
)`;

/** Keeps contents of earlier runs as they were before this one: `rollback` puts them back. */
const REMEMBER = (ledger: string, target: SqlJournalOptions['target']): string => {
  const image =
    target === null
      ? 'NULL'
      : `(SELECT jsonb_build_object('sha256', t.sha256, 'rozmiar_zmierzony', t.rozmiar_zmierzony, 'typ_mime', t.typ_mime, 'przeniesiono', t.przeniesiono)
    FROM ${quoted(target.schema)}.${quoted(target.table)} t WHERE t.id = g.target_id)`;
  return `remembered AS (
  INSERT INTO ${ledger}.content_undo (run_id, office, content_id, old_content, old_target)
  SELECT $2::int, $1, c.content_id, to_jsonb(c), ${image} FROM given g JOIN ${ledger}.content c ON c.office = $1 AND c.content_id = g.content_id
  WHERE c.run_id <> $2::int
  ON CONFLICT DO NOTHING
)`;
};

/** Writes what the copy told of contents `given` into the rows of the target. */
const PLACE = (target: NonNullable<SqlJournalOptions['target']>): string => `placed AS (
  UPDATE ${quoted(target.schema)}.${quoted(target.table)} t
  SET sha256 = g.sha256, rozmiar_zmierzony = g.size, typ_mime = g.media_type, przeniesiono = CASE WHEN g.sha256 IS NULL THEN NULL ELSE now() END
  FROM given g WHERE t.id = g.target_id
)`;

/** The contents become those of this run, so that `rollback` knows what it did to their rows. */
function againStatement({ ledgerSchema, target }: SqlJournalOptions): string | null {
  if (target === null) return null;
  const ledger = quoted(ledgerSchema);
  return `WITH given AS MATERIALIZED (
  SELECT c.content_id, c.sha256, c.size, c.media_type, r.target_id FROM jsonb_to_recordset($3::jsonb) AS r (content_id text, target_id uuid)
  JOIN ${ledger}.content c ON c.office = $1 AND c.content_id = r.content_id
), ${REMEMBER(ledger, target)}, kept AS (
  UPDATE ${ledger}.content c SET run_id = $2::int FROM given g WHERE c.office = $1 AND c.content_id = g.content_id
), ${PLACE(target)}
SELECT count(*)::int AS n FROM given`;
}

function recordStatement({ ledgerSchema, target }: SqlJournalOptions): string {
  const ledger = quoted(ledgerSchema);
  const columns =
    'content_id, document_key, status, sha256, size, expected_size, legacy_hash, legacy_equal, legacy_digest, media_type, signature, signed_contents, problem, findings';
  const replaced = columns
    .split(', ')
    .slice(1)
    .map((column) => `${column} = excluded.${column}`)
    .join(', ');
  const intoTarget = target === null ? '' : `, ${PLACE(target)}`;
  return `WITH given AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($3::jsonb) AS g (content_id text, document_key text, status text, sha256 text, size bigint, expected_size bigint,
    legacy_hash text, legacy_equal boolean, legacy_digest text, media_type text, signature jsonb, signed_contents jsonb, problem text, findings jsonb, target_id uuid)
), ${REMEMBER(ledger, target)}, kept AS (
  INSERT INTO ${ledger}.content AS c (office, run_id, ${columns})
  SELECT $1, $2::int, ${columns.replace(' signature,', " nullif(signature, 'null'::jsonb),")} FROM given
  ON CONFLICT (office, content_id) DO UPDATE SET run_id = excluded.run_id, recorded_at = now(), verified_at = NULL, ${replaced}
), ${TELL(ledger)}${intoTarget}
SELECT count(*)::int AS n FROM given`;
}

function verifiedStatement({ ledgerSchema }: SqlJournalOptions): string {
  const ledger = quoted(ledgerSchema);
  return `WITH given AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($3::jsonb) AS g (sha256 text, problem text)
), noted AS (
  UPDATE ${ledger}.content c
  SET verified_at = now(), problem = g.problem,
    status = CASE WHEN g.problem IS NULL THEN 'stored' ELSE 'failed' END,
    sha256 = CASE WHEN g.problem IS NULL THEN c.sha256 END
  FROM given g WHERE c.office = $1 AND c.status = 'stored' AND c.sha256 = g.sha256
), ${TELL(ledger)}
SELECT count(*)::int AS n FROM given`;
}

function pairsStatement({ ledgerSchema }: SqlJournalOptions): string {
  const ledger = quoted(ledgerSchema);
  return `WITH given AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset($3::jsonb) AS g (content_id text, signed jsonb)
), ${REMEMBER(ledger, null)}, noted AS (
  UPDATE ${ledger}.content c SET signed_contents = g.signed FROM given g WHERE c.office = $1 AND c.content_id = g.content_id
), ${TELL(ledger)}
SELECT count(*)::int AS n FROM given`;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** JSON that jsonb takes: no NUL, no half of a surrogate pair. */
const jsonText = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? part.replace(UNSTORABLE, '\ufffd') : part));

const UNSTORABLE = /\u0000|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

import type { Severity } from '../core/finding.ts';
import type { JournalSession } from './sql-journal.ts';

/** What the ledger says of an office's contents. */
export interface ContentStatus {
  readonly stored: number;
  readonly failed: number;
  /** Contents of the store that no copy has tried yet. */
  readonly waiting: number;
  /** Bytes of stored contents, equal ones counted each time. */
  readonly bytes: number;
  /** Files in the store: equal bytes are one. */
  readonly files: number;
  /** Bytes the files take. */
  readonly fileBytes: number;
  /** Stored contents that were read back at least once. */
  readonly verified: number;
  /** Current findings by code, most frequent first. */
  readonly findings: readonly { readonly code: string; readonly severity: Severity; readonly count: number }[];
  /** Recognised signatures by kind; `trusted-profile` on top. */
  readonly signatures: readonly { readonly kind: string; readonly count: number }[];
}

export interface ContentStatusOptions {
  readonly office: string;
  readonly ledgerSchema: string;
  readonly schema: string;
}

export async function readContentStatus(
  session: JournalSession,
  { office, ledgerSchema, schema }: ContentStatusOptions,
): Promise<ContentStatus> {
  const table = `${quoted(ledgerSchema)}.content`;
  const [totals] = await session.query<Record<Exclude<keyof ContentStatus, 'findings' | 'signatures'>, string>>(
    `SELECT count(*) FILTER (WHERE status = 'stored') AS stored, count(*) FILTER (WHERE status = 'failed') AS failed,
       coalesce(sum(size) FILTER (WHERE status = 'stored'), 0) AS bytes, count(verified_at) FILTER (WHERE status = 'stored') AS verified,
       (SELECT count(*) FROM ${quoted(schema)}.tresc t WHERE NOT EXISTS
         (SELECT 1 FROM ${table} k WHERE k.office = $1 AND k.content_id = t.id_zrodla)) AS waiting,
       (SELECT count(*) FROM (SELECT DISTINCT sha256 FROM ${table} WHERE office = $1 AND status = 'stored') f) AS files,
       (SELECT coalesce(sum(size), 0) FROM (SELECT DISTINCT sha256, size FROM ${table} WHERE office = $1 AND status = 'stored') f) AS "fileBytes"
     FROM ${table} WHERE office = $1`,
    [office],
  );
  const findings = await session.query<{ code: string; severity: Severity; count: string }>(
    `SELECT f ->> 'code' AS code, f ->> 'severity' AS severity, count(*) AS count
     FROM ${table} c, jsonb_array_elements(c.findings) f WHERE c.office = $1 GROUP BY 1, 2 ORDER BY count(*) DESC, 1`,
    [office],
  );
  const signatures = await session.query<{ kind: string; count: string }>(
    `SELECT kind, count(*) AS count FROM ${table} c,
       LATERAL (SELECT c.signature ->> 'kind' AS kind UNION ALL SELECT 'trusted-profile' WHERE (c.signature ->> 'trustedProfile')::boolean) k
     WHERE c.office = $1 AND c.status = 'stored' AND c.signature IS NOT NULL GROUP BY kind ORDER BY count(*) DESC, kind`,
    [office],
  );
  return {
    stored: Number(totals?.stored ?? 0),
    failed: Number(totals?.failed ?? 0),
    waiting: Number(totals?.waiting ?? 0),
    bytes: Number(totals?.bytes ?? 0),
    files: Number(totals?.files ?? 0),
    fileBytes: Number(totals?.fileBytes ?? 0),
    verified: Number(totals?.verified ?? 0),
    findings: findings.map((row) => ({ ...row, count: Number(row.count) })),
    signatures: signatures.map((row) => ({ ...row, count: Number(row.count) })),
  };
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

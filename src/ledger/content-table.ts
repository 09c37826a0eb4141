/** The ledger's memory of contents, as SQL for schema `s` (quoted name). Read and written by `src/contents/sql-journal.ts`. */
export const contentTable = (s: string): readonly string[] => [
  `CREATE TABLE ${s}.content (
  office text NOT NULL,
  content_id text NOT NULL,
  document_key text,
  status text NOT NULL CHECK (status IN ('stored', 'failed')),
  sha256 text CHECK (sha256 ~ '^[0-9a-f]{64}$'),
  size bigint,
  expected_size bigint,
  legacy_hash text,
  legacy_equal boolean,
  legacy_digest text,
  media_type text,
  signature jsonb,
  signed_contents jsonb NOT NULL DEFAULT '[]',
  problem text,
  findings jsonb NOT NULL DEFAULT '[]',
  run_id integer NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  verified_at timestamptz,
  PRIMARY KEY (office, content_id),
  CHECK ((status = 'stored') = (sha256 IS NOT NULL AND problem IS NULL))
)`,
  `COMMENT ON TABLE ${s}.content IS 'Every content that was tried: "stored" says that its bytes are on disk in the content store under their SHA-256. legacy_digest: the legacy hash as hex, where the bytes have it. findings: what was said about it last. verified_at: when its bytes were last read back.'`,
  `CREATE INDEX content_sha256 ON ${s}.content (office, sha256, content_id) WHERE status = 'stored'`,
  `CREATE INDEX content_legacy_digest ON ${s}.content (office, legacy_digest) WHERE legacy_digest IS NOT NULL`,
  `CREATE INDEX content_detached ON ${s}.content (office, content_id) WHERE jsonb_array_length(signature -> 'signs') > 0`,
];

/**
 * Statements that make the chain of run records in the ledger, for schema `s` (quoted name). The two columns of `run` that kept a hash of the counts alone go:
 * a record covers more, and a run has one each time it is closed.
 */
export const runRecordTable = (s: string): readonly string[] => [
  `CREATE TABLE ${s}.run_record (
  office text NOT NULL,
  number integer NOT NULL,
  run_id integer NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT now(),
  record text NOT NULL,
  previous_hash text,
  record_hash text NOT NULL,
  PRIMARY KEY (office, number)
)`,
  `COMMENT ON TABLE ${s}.run_record IS 'What each run said when it was closed (JSON text), chained: record_hash = SHA-256 of previous_hash, a line feed and record. Numbers of an office have no gap. Rows are only ever added.'`,
  `CREATE INDEX run_record_run ON ${s}.run_record (office, run_id, number)`,
  `ALTER TABLE ${s}.run DROP COLUMN previous_hash, DROP COLUMN record_hash`,
  `COMMENT ON TABLE ${s}.run IS 'One execution. Its records, chained to those of the runs before it, are in run_record.'`,
];

/** The ledger's memory of corrections, as SQL for schema `s` (quoted name). */
export const correctionTables = (s: string): readonly string[] => [
  `ALTER TABLE ${s}.run ADD COLUMN corrections_hash text`,
  `COMMENT ON COLUMN ${s}.run.corrections_hash IS 'Which corrections the run worked with (correction.set_hash); NULL: none.'`,
  `CREATE TABLE ${s}.correction (
  set_hash text NOT NULL,
  number integer NOT NULL,
  kind text NOT NULL CHECK (kind IN ('record', 'lookup', 'rule')),
  entity text NOT NULL,
  legacy_key text,
  field text,
  old_value text,
  new_value text,
  reason text NOT NULL,
  author text NOT NULL,
  made_on date,
  file text NOT NULL,
  line integer NOT NULL,
  PRIMARY KEY (set_hash, number),
  CHECK ((kind = 'record') = (legacy_key IS NOT NULL))
)`,
  `COMMENT ON TABLE ${s}.correction IS 'Corrections as the office wrote them, each set once. Of a look-up or a rule, what it does to which record stands in correction_use.'`,
  `CREATE TABLE ${s}.correction_use (
  run_id integer NOT NULL,
  entity_id smallint NOT NULL,
  number integer NOT NULL,
  legacy_key text NOT NULL,
  field text NOT NULL,
  old_value text,
  new_value text,
  outcome text NOT NULL CHECK (outcome IN ('applied', 'stale', 'needless', 'skipped'))
)`,
  `COMMENT ON TABLE ${s}.correction_use IS 'What became of a correction on one record in one run: applied; stale (the source holds something else than was expected); needless (the source holds the new value already); skipped (the record is out of scope). old_value: what the source holds. Values are raw: mask before showing.'`,
  `CREATE INDEX correction_use_run ON ${s}.correction_use (run_id, number)`,
  `CREATE VIEW ${s}.correction_of_run AS
 SELECT u.run_id, e.name AS entity, u.legacy_key, u.field, u.old_value, u.new_value, u.outcome, c.kind, c.reason, c.author, c.made_on, c.file, c.line, u.number
 FROM ${s}.correction_use u
 JOIN ${s}.run r ON r.id = u.run_id
 JOIN ${s}.entity e ON e.id = u.entity_id
 JOIN ${s}.correction c ON c.set_hash = r.corrections_hash AND c.number = u.number`,
  `COMMENT ON VIEW ${s}.correction_of_run IS 'Who corrected which value of which record in which run, and why.'`,
];

/** What reports remember of a run, as SQL for schema `s` (quoted name): written once the run has ended, since a dry run's records are thrown away afterwards. */
export const reportTables = (s: string): readonly string[] => [
  `CREATE TABLE ${s}.record_place (
  run_id integer NOT NULL,
  entity_id smallint NOT NULL,
  legacy_key text NOT NULL,
  sign text,
  unit text,
  year integer,
  PRIMARY KEY (run_id, entity_id, legacy_key)
)`,
  `COMMENT ON TABLE ${s}.record_place IS 'Case sign, unit and year of every record that has findings, as they were when the run ended. Records that belong to no unit, case or year are left out.'`,
  `CREATE TABLE ${s}.run_facts (
  run_id integer PRIMARY KEY,
  run_status text NOT NULL,
  facts jsonb,
  made_at timestamptz NOT NULL DEFAULT now()
)`,
  `COMMENT ON TABLE ${s}.run_facts IS 'What was in the office when the run had this status: sums for its report. facts NULL: the store was not there any more.'`,
];

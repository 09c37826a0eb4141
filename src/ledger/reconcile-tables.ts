/** The ledger's memory of comparisons, as SQL for schema `s` (quoted name). Read and written by `reconcile-record.ts`. Values are masked before they come here. */
export const reconcileTables = (s: string): readonly string[] => [
  `CREATE TABLE ${s}.reconcile (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office text NOT NULL,
  started_at timestamptz NOT NULL,
  finished_at timestamptz NOT NULL,
  tool_version text NOT NULL,
  plan_hash text NOT NULL,
  host text NOT NULL,
  os_user text NOT NULL,
  options jsonb NOT NULL,
  last_run integer,
  equal boolean NOT NULL,
  entities jsonb NOT NULL,
  contents jsonb
)`,
  `COMMENT ON TABLE ${s}.reconcile IS 'One comparison of source and target. entities: numbers of each entity; contents: of the bytes; last_run: the newest finished run it was compared with.'`,
  `CREATE INDEX reconcile_office ON ${s}.reconcile (office, id)`,
  `CREATE TABLE ${s}.reconcile_set (
  reconcile_id integer NOT NULL REFERENCES ${s}.reconcile ON DELETE CASCADE,
  entity text NOT NULL,
  unit text,
  symbol text,
  year integer,
  source_records bigint NOT NULL,
  target_records bigint NOT NULL,
  equal boolean NOT NULL,
  differing jsonb NOT NULL DEFAULT '[]'
)`,
  `COMMENT ON TABLE ${s}.reconcile_set IS 'Records of one entity, unit (legacy key) and year on both sides. differing: columns whose count, least, greatest or sum differ.'`,
  `CREATE INDEX reconcile_set_of ON ${s}.reconcile_set (reconcile_id, entity)`,
  `CREATE TABLE ${s}.reconcile_difference (
  reconcile_id integer NOT NULL REFERENCES ${s}.reconcile ON DELETE CASCADE,
  position integer NOT NULL,
  entity text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('missing', 'extra', 'value', 'moved', 'content')),
  cause text NOT NULL CHECK (cause IN ('target', 'source', 'both', 'rejected', 'unknown')),
  legacy_key text,
  target_id uuid,
  run_id integer,
  fields jsonb NOT NULL DEFAULT '[]',
  codes jsonb NOT NULL DEFAULT '[]',
  PRIMARY KEY (reconcile_id, position)
)`,
  `COMMENT ON TABLE ${s}.reconcile_difference IS 'Records that differ. fields: [{field, source, target}], values masked. run_id: the run that wrote the record last.'`,
  `CREATE INDEX reconcile_difference_record ON ${s}.reconcile_difference (entity, legacy_key)`,
];

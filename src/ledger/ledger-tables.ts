/**
 * The ledger's tables, as SQL for schema `s` (quoted name). `legacy_key` is text everywhere; a crosswalk row of an integer key leaves it NULL, since the
 * key can be read out of the target id (`core/target-id.ts`), which saves a third of the ledger's volume.
 */
export const ledgerTables = (s: string): string => `
CREATE TABLE ${s}.entity (
  id smallint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office text NOT NULL,
  name text NOT NULL,
  UNIQUE (office, name)
);
COMMENT ON TABLE ${s}.entity IS 'Entities of each office; their number names the crosswalk partition.';

CREATE TABLE ${s}.run (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  office text NOT NULL,
  command text NOT NULL,
  status text NOT NULL CHECK (status IN ('running', 'finished', 'interrupted', 'failed', 'rolled-back')),
  started_at timestamptz NOT NULL DEFAULT now(),
  finished_at timestamptz,
  tool_version text NOT NULL,
  plan_hash text NOT NULL,
  options jsonb NOT NULL DEFAULT '{}',
  host text NOT NULL,
  os_user text NOT NULL,
  failure text,
  previous_hash text,
  record_hash text
);
COMMENT ON TABLE ${s}.run IS 'One execution. record_hash covers the finished record and previous_hash, so that a protocol shows whether history was touched.';
CREATE INDEX run_office ON ${s}.run (office, id);

CREATE TABLE ${s}.run_entity (
  run_id integer NOT NULL REFERENCES ${s}.run ON DELETE CASCADE,
  entity_id smallint NOT NULL REFERENCES ${s}.entity,
  position smallint NOT NULL,
  status text NOT NULL CHECK (status IN ('pending', 'running', 'finished')),
  plan_hash text NOT NULL,
  expected_rows bigint,
  read_rows bigint NOT NULL DEFAULT 0,
  loaded bigint NOT NULL DEFAULT 0,
  unchanged bigint NOT NULL DEFAULT 0,
  rejected bigint NOT NULL DEFAULT 0,
  skipped bigint NOT NULL DEFAULT 0,
  started_at timestamptz,
  finished_at timestamptz,
  PRIMARY KEY (run_id, entity_id)
);
COMMENT ON TABLE ${s}.run_entity IS 'Counts of one entity in one run: read = loaded + unchanged + rejected + skipped.';

CREATE TABLE ${s}.run_skip (
  run_id integer NOT NULL,
  entity_id smallint NOT NULL,
  reason text NOT NULL,
  records bigint NOT NULL,
  PRIMARY KEY (run_id, entity_id, reason),
  FOREIGN KEY (run_id, entity_id) REFERENCES ${s}.run_entity ON DELETE CASCADE
);
COMMENT ON TABLE ${s}.run_skip IS 'Why records were skipped, and how many.';

CREATE TABLE ${s}.checkpoint (
  run_id integer NOT NULL,
  entity_id smallint NOT NULL,
  partition smallint NOT NULL,
  range jsonb,
  position jsonb,
  batches integer NOT NULL DEFAULT 0,
  done boolean NOT NULL DEFAULT false,
  PRIMARY KEY (run_id, entity_id, partition),
  FOREIGN KEY (run_id, entity_id) REFERENCES ${s}.run_entity ON DELETE CASCADE
);
COMMENT ON TABLE ${s}.checkpoint IS 'How far each partition was read; moves in the transaction of the batch it covers.';

CREATE TABLE ${s}.crosswalk (
  entity_id smallint NOT NULL,
  target_id uuid NOT NULL,
  row_hash bigint NOT NULL,
  run_id integer NOT NULL,
  legacy_key text
) PARTITION BY LIST (entity_id);
COMMENT ON TABLE ${s}.crosswalk IS 'Every record that is in the target: legacy key, target id, hash of the record as written. One partition an entity, crosswalk_<entity id>, unique by target_id.';

CREATE TABLE ${s}.finding (
  run_id integer NOT NULL,
  entity_id smallint NOT NULL,
  legacy_key text,
  code text NOT NULL,
  severity text NOT NULL,
  effect text NOT NULL,
  field text,
  value text,
  params jsonb
);
COMMENT ON TABLE ${s}.finding IS 'What rules, transforms and the write path said about records. Values are raw: mask before showing.';
CREATE INDEX finding_run ON ${s}.finding (run_id, entity_id, code);
CREATE INDEX finding_record ON ${s}.finding (entity_id, legacy_key);

CREATE TABLE ${s}.reject (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run_id integer NOT NULL,
  entity_id smallint NOT NULL,
  legacy_key text,
  target_id uuid,
  source text NOT NULL,
  reasons jsonb NOT NULL
);
COMMENT ON TABLE ${s}.reject IS 'Records kept out: the source row whole (JSON text, since it may hold characters that jsonb cannot), and the findings that rejected it.';
CREATE INDEX reject_run ON ${s}.reject (run_id, entity_id);
CREATE INDEX reject_target ON ${s}.reject (entity_id, target_id);

CREATE TABLE ${s}.pending_ref (
  entity_id smallint NOT NULL,
  target_id uuid NOT NULL,
  column_name text NOT NULL,
  parent_entity_id smallint NOT NULL,
  parent_id uuid NOT NULL,
  parent_key text NOT NULL,
  run_id integer NOT NULL,
  PRIMARY KEY (entity_id, target_id, column_name)
);
COMMENT ON TABLE ${s}.pending_ref IS 'Optional references whose parent is not in the target: NULL there, filled in when the parent arrives.';
CREATE INDEX pending_parent ON ${s}.pending_ref (parent_entity_id, parent_id);

CREATE TABLE ${s}.undo (
  run_id integer NOT NULL,
  entity_id smallint NOT NULL,
  target_id uuid NOT NULL,
  action text NOT NULL CHECK (action IN ('insert', 'update', 'delete')),
  old_row jsonb,
  old_hash bigint,
  old_run integer,
  PRIMARY KEY (run_id, entity_id, target_id)
);
COMMENT ON TABLE ${s}.undo IS 'What a run replaced: previous row and hash. Rows a run inserted are found by crosswalk.run_id and need none.';

CREATE TABLE ${s}.deferred_ddl (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  entity_id smallint NOT NULL REFERENCES ${s}.entity,
  statement text NOT NULL,
  run_id integer NOT NULL
);
COMMENT ON TABLE ${s}.deferred_ddl IS 'Foreign keys and indexes taken off for a first load, to be put back; never empty only while a first load is unfinished.';
`;

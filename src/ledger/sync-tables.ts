/**
 * What `sync` remembers from night to night, as SQL for schema `s` (quoted name). A run writes its own rows while it works; they count once its last transaction
 * moves the watermarks (docs/adr/0008-incremental-sync.md).
 */
export const syncTables = (s: string): readonly string[] => [
  `CREATE TABLE ${s}.sync_watermark (
  entity_id smallint NOT NULL,
  scope text NOT NULL,
  run_id integer NOT NULL,
  strategy text NOT NULL,
  position jsonb NOT NULL,
  settings text NOT NULL,
  keys_at timestamptz,
  full_at timestamptz,
  moved_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (entity_id, scope, run_id)
)`,
  `COMMENT ON TABLE ${s}.sync_watermark IS 'Up to where the changes of each entity are in the target, after each sync; the newest row of an entity and scope counts. position: the mark of every table the entity depends on. Deleting the rows of a run sets the watermark back.'`,
  `CREATE TABLE ${s}.sync_entity (
  run_id integer NOT NULL,
  entity_id smallint NOT NULL,
  mode text NOT NULL CHECK (mode IN ('full', 'keys')),
  reason text NOT NULL,
  strategy text NOT NULL,
  position jsonb NOT NULL,
  settings text NOT NULL,
  keys_at timestamptz,
  full_at timestamptz,
  mirrors jsonb NOT NULL DEFAULT '[]',
  changed bigint NOT NULL DEFAULT 0,
  reject_mark bigint NOT NULL DEFAULT 0,
  removed bigint NOT NULL DEFAULT 0,
  PRIMARY KEY (run_id, entity_id)
)`,
  `COMMENT ON TABLE ${s}.sync_entity IS 'How a sync read each entity (everything or the keys in sync_todo) and why; position becomes the watermark when the run ends.'`,
  `CREATE TABLE ${s}.sync_mark (
  run_id integer NOT NULL,
  table_name text NOT NULL,
  strategy text NOT NULL,
  mark jsonb NOT NULL,
  PRIMARY KEY (run_id, table_name)
)`,
  `COMMENT ON TABLE ${s}.sync_mark IS 'Where each legacy table stood when a sync first looked at it; one mark a run and table, whatever number of entities use it.'`,
  `CREATE TABLE ${s}.sync_todo (
  run_id integer NOT NULL,
  entity_id smallint NOT NULL,
  seq integer NOT NULL,
  source_key text NOT NULL,
  PRIMARY KEY (run_id, entity_id, seq)
)`,
  `COMMENT ON TABLE ${s}.sync_todo IS 'Legacy keys that a sync reads again. The checkpoint of the entity says how far it is; emptied when the run ends.'`,
  `CREATE TABLE ${s}.sync_gone (
  entity_id smallint NOT NULL,
  target_id uuid NOT NULL,
  run_id integer NOT NULL,
  reason text NOT NULL CHECK (reason IN ('gone', 'rejected')),
  PRIMARY KEY (entity_id, target_id)
)`,
  `COMMENT ON TABLE ${s}.sync_gone IS 'Records that leave the target in the last transaction of the sync that is working; empty between runs.'`,
  `CREATE TABLE ${s}.sync_waiting (
  entity_id smallint NOT NULL,
  target_id uuid NOT NULL,
  legacy_key text NOT NULL,
  parent_entity_id smallint NOT NULL,
  parent_id uuid NOT NULL,
  PRIMARY KEY (entity_id, target_id, parent_entity_id, parent_id)
)`,
  `COMMENT ON TABLE ${s}.sync_waiting IS 'Records kept out because a required parent is not in the target: read again when it is. A record that waits for itself was left in the target as no fresh load would have it: read again by every sync.'`,
  `CREATE INDEX sync_waiting_parent ON ${s}.sync_waiting (parent_entity_id, parent_id)`,
  `CREATE TABLE ${s}.sync_mirror (
  entity_id smallint NOT NULL,
  name text NOT NULL,
  row_key text NOT NULL,
  run_id integer NOT NULL,
  gone boolean NOT NULL DEFAULT false,
  cells jsonb,
  PRIMARY KEY (entity_id, name, row_key, run_id)
)`,
  `COMMENT ON TABLE ${s}.sync_mirror IS 'Columns of legacy tables on which records of other tables depend, as they were at the last sync: lineages (name fold) and joined rows (name of the join). run_id 0: what counts; else what a working sync found.'`,
  `CREATE TABLE ${s}.sync_mirror_state (
  entity_id smallint NOT NULL,
  name text NOT NULL,
  run_id integer NOT NULL,
  mark jsonb,
  PRIMARY KEY (entity_id, name)
)`,
  `COMMENT ON TABLE ${s}.sync_mirror_state IS 'Run that brought a mirror to what it holds; a watermark of another run cannot use it.'`,
  `CREATE TABLE ${s}.sync_frozen (
  entity_id smallint NOT NULL,
  target_id uuid NOT NULL,
  held boolean NOT NULL,
  run_id integer NOT NULL,
  PRIMARY KEY (entity_id, target_id)
)`,
  `COMMENT ON TABLE ${s}.sync_frozen IS 'Records of units of waves whose day has come. held: the last sync for them has been, nothing changes them any more.'`,
];

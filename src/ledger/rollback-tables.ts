/** What taking a run back needs beyond what it wrote, as SQL for schema `s` (quoted name). */
export const rollbackTables = (s: string): readonly string[] => [
  `ALTER TABLE ${s}.entity ADD COLUMN IF NOT EXISTS target_schema text, ADD COLUMN IF NOT EXISTS target_table text, ADD COLUMN IF NOT EXISTS id_column text`,
  `COMMENT ON COLUMN ${s}.entity.target_table IS 'Where the records of the entity were written last, so that the ledger can find them without mappings.'`,
  `ALTER TABLE ${s}.undo ADD COLUMN IF NOT EXISTS legacy_key text, ADD COLUMN IF NOT EXISTS old_pending jsonb, ADD COLUMN IF NOT EXISTS undone_by integer`,
  `COMMENT ON COLUMN ${s}.undo.old_pending IS 'References of the record that waited for their parent before: rows of pending_ref.'`,
  `COMMENT ON COLUMN ${s}.undo.undone_by IS 'Run that took this change back, or made it void by taking an earlier one back.'`,
  `CREATE INDEX undo_record ON ${s}.undo (entity_id, target_id)`,
  `CREATE INDEX undo_old_run ON ${s}.undo (old_run, entity_id) WHERE undone_by IS NULL`,
  `CREATE INDEX undo_deleted ON ${s}.undo (entity_id) WHERE action = 'delete'`,
  `CREATE INDEX reject_record ON ${s}.reject (entity_id, legacy_key)`,
  `CREATE TABLE ${s}.content_undo (
  run_id integer NOT NULL,
  office text NOT NULL,
  content_id text NOT NULL,
  old_content jsonb NOT NULL,
  old_target jsonb,
  undone_by integer,
  PRIMARY KEY (run_id, office, content_id)
)`,
  `COMMENT ON TABLE ${s}.content_undo IS 'What a copy of contents replaced: the previous row of content, and what the store said of its bytes. Contents that a run brought first need none.'`,
  `CREATE TABLE ${s}.content_removal (
  office text NOT NULL,
  sha256 text NOT NULL,
  run_id integer NOT NULL,
  PRIMARY KEY (office, sha256)
)`,
  `COMMENT ON TABLE ${s}.content_removal IS 'Files of the content store that a rollback left without a record; removed after its transaction, then their row goes.'`,
  `CREATE INDEX content_run ON ${s}.content (run_id)`,
];

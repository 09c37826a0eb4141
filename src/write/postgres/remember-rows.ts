import type { EntityPlan } from '../../core/plan.ts';
import { type LedgerNames, quoted } from './ledger-names.ts';

export interface RememberedRows {
  readonly names: LedgerNames;
  readonly run: number;
  readonly entity: Pick<EntityPlan, 'name' | 'fields'>;
  readonly action: 'update' | 'delete';
  /**
   * FROM and WHERE of the rows that are about to change: `x` must be their rows of the crosswalk, `t` those of the target (all columns NULL where the target
   * has lost the row).
   */
  readonly from: string;
}

/**
 * The statement that remembers rows before a run changes or deletes them, in the transaction that does so: everything that `rollback` needs to put them back as
 * they were. Only the first change that a run makes to a row counts, so it may be repeated.
 */
export const rememberRows = ({ names, run, entity, action, from }: RememberedRows): string =>
  `INSERT INTO ${names.schema}.undo (run_id, entity_id, target_id, action, old_row, old_hash, old_run, legacy_key, old_pending)
     SELECT ${run}, ${names.id(entity.name)}, x.target_id, '${action}', ${rowImage(entity.fields)}, x.row_hash, x.run_id, x.legacy_key,
       (SELECT jsonb_agg(to_jsonb(w) - 'entity_id' - 'target_id') FROM ${names.schema}.pending_ref w WHERE w.entity_id = ${names.id(entity.name)} AND w.target_id = x.target_id)
     FROM ${from}
     ON CONFLICT DO NOTHING`;

/** Ending of the keys under which a row image keeps values as text that JSON cannot hold. */
export const TEXT_KEY = '::text';

/**
 * A row `t` as JSON. JSON takes a jsonb `null` for SQL NULL, and loses the sign of a floating-point zero: such values stand a second time, as text, under
 * `<column>::text`.
 */
function rowImage(fields: EntityPlan['fields']): string {
  const exact = fields.flatMap(({ column, type }) => {
    if (type !== 'jsonb' && type !== 'float8') return [];
    const lost = type === 'jsonb' ? 'null' : '-0';
    return [
      `'${`${column}${TEXT_KEY}`.replaceAll("'", "''")}', CASE WHEN t.${quoted(column)}::text = '${lost}' THEN '${lost}' END`,
    ];
  });
  return exact.length === 0
    ? 'to_jsonb(t)'
    : `to_jsonb(t) || jsonb_strip_nulls(jsonb_build_object(${exact.join(', ')}))`;
}

import type { EntityPlan, FieldPlan, Plan } from '../core/plan.ts';
import type { LegacyKey, SourceRow } from '../core/record.ts';
import { compileCondition } from './compile-condition.ts';
import { compileField } from './compile-field.ts';
import { compileValue, type ValueContext } from './compile-value.ts';
import type { FieldContext } from './field-context.ts';
import { joinKeys, keyOf } from './legacy-key.ts';
import { type FindingSink, reporter } from './report.ts';
import { sourceColumn } from './source-columns.ts';
import { zoneTable } from './time/zone-table.ts';
import {
  type FoldIndex,
  SKIP_REASONS,
  type TransformEnvironment,
  type Transformer,
  type TransformResult,
} from './transformer.ts';

const YEARS_AHEAD = 50;

const fieldContext = (
  field: FieldPlan,
  entity: EntityPlan,
  plan: Plan,
  env: TransformEnvironment,
  sink: FindingSink,
): ValueContext & FieldContext => {
  const report = reporter(sink, field.column);
  const effect = field.required ? 'reject' : 'change';
  return {
    entity,
    env,
    report,
    column: field.column,
    required: field.required,
    invalid: (expected) => {
      report('TYPE_INVALID', 'error', effect, { expected });
      return null;
    },
    zone: () => zoneTable(plan.timezone),
    lastYear: new Date(env.now).getUTCFullYear() + YEARS_AHEAD,
  };
};

/** Reads the legacy key of a row; null when a part of it is missing. */
export const keyReader = (entity: EntityPlan): ((row: SourceRow) => LegacyKey | null) => {
  const readers = entity.from.key.map((name) => {
    const read = sourceColumn(entity, name);
    if (read === null) throw new Error(`entity ${entity.name} does not read its key column ${name}`);
    return read;
  });
  if (readers.length === 1) {
    const read = readers[0]!;
    return (row) => keyOf(read(row));
  }
  return (row) => joinKeys(readers.map((read) => keyOf(read(row))));
};

type SkipTest = (row: SourceRow) => string | null;

/** Whether `--unit` leaves the row out; the entity without a unit is always in. */
const unitTest = (entity: EntityPlan, env: TransformEnvironment, context: ValueContext): SkipTest | null => {
  const { scope } = env;
  if (scope === null || entity.from.unit === null) return null;
  const read = compileValue(entity.from.unit, context);
  return (row) => {
    const unit = keyOf(read(row));
    if (unit === null || unit === 0) return SKIP_REASONS.noUnit;
    return scope.includes(unit) ? null : SKIP_REASONS.unit;
  };
};

/** Whether the record's unit works in the new system already. */
const frozenTest = (
  entity: EntityPlan,
  env: TransformEnvironment,
  context: ValueContext,
): ((row: SourceRow) => 0 | 1 | 2) | null => {
  const { frozen, leaving } = env;
  if ((frozen === undefined && leaving === undefined) || entity.from.unit === null) return null;
  const read = compileValue(entity.from.unit, context);
  return (row) => {
    const unit = keyOf(read(row));
    if (unit === null) return 0;
    if (frozen?.includes(unit) === true) return 1;
    return leaving?.includes(unit) === true ? 2 : 0;
  };
};

const whereTest = (entity: EntityPlan): SkipTest | null => {
  const { where, whereReason } = entity.from;
  if (where === null) return null;
  const holds = compileCondition(where);
  return (row) => (holds(row) ? null : whereReason);
};

const foldTest = (fold: FoldIndex | undefined, readKey: (row: SourceRow) => LegacyKey | null): SkipTest | null => {
  if (fold === undefined) return null;
  return (row) => {
    const key = readKey(row);
    return key === null || fold.isWinner(key) ? null : SKIP_REASONS.fold;
  };
};

/** Sets the record's key; false when there is none. */
const keySetter = (
  entity: EntityPlan,
  fold: FoldIndex | undefined,
  result: TransformResult,
): ((row: SourceRow) => void) => {
  const readKey = keyReader(entity);
  const field = entity.from.key.join(', ');
  return (row) => {
    const key = readKey(row);
    result.key = key === null || fold === undefined ? key : fold.head(key);
    if (key === null) result.findings.push({ code: 'KEY_MISSING', severity: 'error', effect: 'reject', field });
    else if (fold?.isCyclic(key))
      result.findings.push({ code: 'LINEAGE_CYCLE', severity: 'error', effect: 'load', field });
  };
};

/**
 * Compiles an entity of the plan into one function from source row to target values. Everything is decided here, once; a row costs what its values need.
 * Throws only for a plan that contradicts itself (a defect of the compiler), never for data.
 */
export const createTransformer = (entity: EntityPlan, plan: Plan, env: TransformEnvironment): Transformer => {
  const result: TransformResult = { skip: null, key: null, values: entity.fields.map(() => null), findings: [] };
  const sink: FindingSink = { findings: result.findings, raw: null, rejected: false };
  const unitContext: ValueContext = { entity, env, report: reporter(sink, 'unit') };
  const fold = entity.from.fold === null ? undefined : env.folds.get(entity.name);
  const skips = [whereTest(entity), unitTest(entity, env, unitContext), foldTest(fold, keyReader(entity))].filter(
    (test) => test !== null,
  );
  const setKey = keySetter(entity, fold, result);
  const isFrozen = frozenTest(entity, env, unitContext);
  const fields = entity.fields.map((field) =>
    compileField(field, plan, fieldContext(field, entity, plan, env, sink), sink),
  );
  const { values, findings } = result;
  return (row) => {
    if (findings.length > 0) findings.length = 0;
    result.skip = null;
    for (let i = 0; i < skips.length; i++) {
      const reason = skips[i]!(row);
      if (reason === null) continue;
      result.skip = reason;
      result.key = null;
      if (reason === SKIP_REASONS.unit || reason === SKIP_REASONS.noUnit) setKey(row);
      return result;
    }
    if (isFrozen !== null) result.frozen = isFrozen(row);
    setKey(row);
    for (let i = 0; i < fields.length; i++) values[i] = fields[i]!(row);
    return result;
  };
};

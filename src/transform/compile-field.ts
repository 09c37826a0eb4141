import type { FieldPlan, Plan } from '../core/plan.ts';
import type { SourceRow, TargetValue } from '../core/record.ts';
import { type Coercion, coercion } from './coerce/coerce.ts';
import { compileLookup } from './compile-lookup.ts';
import { compileId, compileRef } from './compile-reference.ts';
import { compileSteps, type Steps } from './compile-steps.ts';
import { compileValue, type RowReader, type ValueContext } from './compile-value.ts';
import type { FieldContext } from './field-context.ts';
import type { FindingSink } from './report.ts';

/** One target column, compiled: source row → target value. */
export type Field = (row: SourceRow) => TargetValue;

type ValueField = FieldPlan & { kind: 'value' };

/** The most common field by far: a column, nothing but normalising, into text. */
const tidyText = (read: RowReader, tidy: (text: string) => string, coerce: Coercion, sink: FindingSink): Field => {
  return (row) => {
    const value = read(row);
    if (typeof value !== 'string') return value === null ? null : coerce(value);
    sink.raw = value;
    return tidy(value) || null;
  };
};

const plainField = (read: RowReader, coerce: Coercion, sink: FindingSink): Field => {
  return (row) => {
    const value = read(row);
    sink.raw = value;
    return coerce(value);
  };
};

const longField = (
  read: RowReader,
  steps: Steps | null,
  lookup: ReturnType<typeof compileLookup> | null,
  coerce: Coercion,
  sink: FindingSink,
): Field => {
  return (row) => {
    let value = read(row);
    sink.raw = value;
    if (steps !== null) value = steps.run(value);
    if (lookup !== null) value = lookup(value);
    return coerce(value);
  };
};

const compileValueField = (
  field: ValueField,
  plan: Plan,
  context: ValueContext & FieldContext,
  sink: FindingSink,
): Field => {
  const read = compileValue(field.value, context);
  const steps = compileSteps(field.transforms, context);
  const clean = steps?.clean === true || field.lookup !== null;
  const converted = field.lookup === null ? (steps?.converted ?? null) : null;
  const coerce = coercion(field.type, context, { clean, converted });
  if (field.lookup !== null) {
    const lookupPlan = plan.lookups[field.lookup.lookup];
    if (lookupPlan === undefined) throw new Error(`the plan has no look-up "${field.lookup.lookup}"`);
    return longField(read, steps, compileLookup(lookupPlan, field.lookup, context.report), coerce, sink);
  }
  if (steps === null) return plainField(read, coerce, sink);
  if (steps.tidy !== null && field.type === 'text') return tidyText(read, steps.tidy, coerce, sink);
  return longField(read, steps, null, coerce, sink);
};

/** A required column that stays empty rejects the record, unless something else about it did already. */
const requiredField = (field: Field, context: FieldContext, sink: FindingSink): Field => {
  return (row) => {
    sink.rejected = false;
    sink.raw = null;
    const value = field(row);
    if (value === null && !sink.rejected) context.report('FIELD_REQUIRED', 'error', 'reject');
    return value;
  };
};

/** Compiles one field of an entity. */
export const compileField = (
  field: FieldPlan,
  plan: Plan,
  context: ValueContext & FieldContext,
  sink: FindingSink,
): Field => {
  if (field.kind === 'id' && field.entity === context.entity.name) return compileId(field, context, sink);
  let compiled: Field;
  if (field.kind === 'id') compiled = compileId(field, context, sink);
  else if (field.kind === 'ref') compiled = compileRef(field, context, sink);
  else compiled = compileValueField(field, plan, context, sink);
  return field.required ? requiredField(compiled, context, sink) : compiled;
};

import type { FieldPlan } from '../core/plan.ts';
import type { LegacyKey, SourceRow } from '../core/record.ts';
import { compileSteps } from './compile-steps.ts';
import { compileValue, type ValueContext } from './compile-value.ts';
import type { FieldContext } from './field-context.ts';
import { joinKeys, keyOf } from './legacy-key.ts';
import type { FindingSink } from './report.ts';
import type { FoldIndex } from './transformer.ts';

type KeyReader = (row: SourceRow) => LegacyKey | null;

/** Head of the lineage when the entity is folded. */
const folded = (read: KeyReader, fold: FoldIndex | undefined): KeyReader => {
  if (fold === undefined) return read;
  return (row) => {
    const key = read(row);
    return key === null ? null : fold.head(key);
  };
};

/** Legacy key of a record of another entity: of the record itself or of a part split off it (`id`). */
export const compileId = (plan: FieldPlan & { kind: 'id' }, context: ValueContext, sink: FindingSink): KeyReader => {
  const parts = plan.of.map((part) => compileValue(part, context));
  const fold = context.env.folds.get(plan.entity);
  if (parts.length === 1) {
    const read = parts[0]!;
    return folded((row) => {
      const value = read(row);
      sink.raw = value;
      return keyOf(value);
    }, fold);
  }
  return folded((row) => joinKeys(parts.map((read) => keyOf(read(row)))), fold);
};

/** Legacy key of a parent (`ref`); 0 counts as NULL, a parent that was folded is named by the head of its lineage. */
export const compileRef = (
  plan: FieldPlan & { kind: 'ref' },
  context: ValueContext & FieldContext,
  sink: FindingSink,
): KeyReader => {
  const steps = compileSteps(plan.transforms, context);
  const parts = plan.of.map((part): KeyReader => {
    const read = compileValue(part, context);
    return (row) => {
      const value = read(row);
      sink.raw = value;
      return keyOf(steps === null ? value : steps.run(value));
    };
  });
  const fold = context.env.folds.get(plan.entity);
  if (parts.length === 1) {
    const read = parts[0]!;
    return folded((row) => {
      const key = read(row);
      return key === 0 ? null : key;
    }, fold);
  }
  return folded((row) => joinKeys(parts.map((read) => read(row))), fold);
};

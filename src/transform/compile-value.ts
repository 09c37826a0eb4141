import type { EntityPlan, ValuePlan } from '../core/plan.ts';
import type { SourceRow, SourceValue } from '../core/record.ts';
import { compileCelCondition, compileCelValue } from './compile-cel.ts';
import type { Report } from './report.ts';
import { joinedColumn } from './source-columns.ts';
import { trimText } from './text/normalise.ts';
import { textOf } from './text/text-of.ts';
import type { TransformEnvironment } from './transformer.ts';

export type RowReader = (row: SourceRow) => SourceValue;

/** What value plans are compiled with. */
export interface ValueContext {
  readonly entity: EntityPlan;
  readonly env: TransformEnvironment;
  readonly report: Report;
}

/** NULL, '' and nothing but spaces: no value for `coalesce` and `template`. */
const isBlank = (value: SourceValue): boolean =>
  value === null || (typeof value === 'string' && trimText(value) === '');

const compileCoalesce = (options: readonly ValuePlan[], context: ValueContext): RowReader => {
  const readers = options.map((option) => compileValue(option, context));
  return (row) => {
    for (const read of readers) {
      const value = read(row);
      if (!isBlank(value)) return value;
    }
    return null;
  };
};

type Part = string | RowReader;

/** All parts or nothing. */
const wholeTemplate = (parts: readonly Part[], separator: string): RowReader => {
  return (row) => {
    let text = '';
    for (let i = 0; i < parts.length; i++) {
      const part = parts[i]!;
      if (i > 0) text += separator;
      if (typeof part === 'string') {
        text += part;
        continue;
      }
      const value = part(row);
      if (isBlank(value)) return null;
      text += textOf(value);
    }
    return text;
  };
};

/** The parts that are there; nothing when only fixed text is left. */
const partialTemplate = (parts: readonly Part[], separator: string): RowReader => {
  return (row) => {
    const there: string[] = [];
    let values = 0;
    for (const part of parts) {
      if (typeof part === 'string') {
        there.push(part);
        continue;
      }
      const value = part(row);
      if (isBlank(value)) continue;
      there.push(textOf(value));
      values++;
    }
    return values === 0 ? null : there.join(separator);
  };
};

const compileWhen = (plan: ValuePlan & { kind: 'when' }, context: ValueContext): RowReader => {
  const branches = plan.branches.map((branch) => ({
    holds: compileCelCondition(branch.if, context),
    read: compileValue(branch.then, context),
  }));
  const otherwise = compileValue(plan.otherwise, context);
  return (row) => {
    for (const branch of branches) if (branch.holds(row)) return branch.read(row);
    return otherwise(row);
  };
};

/** How a value comes about, as a function of the row. */
export const compileValue = (plan: ValuePlan, context: ValueContext): RowReader => {
  switch (plan.kind) {
    case 'column': {
      const { column } = plan;
      return (row) => row[column] ?? null;
    }
    case 'joined': {
      const join = context.entity.from.joins.find((candidate) => candidate.as === plan.join);
      if (join === undefined) throw new Error(`entity ${context.entity.name} has no join "${plan.join}"`);
      return joinedColumn(context, join, plan.column);
    }
    case 'const': {
      const { value } = plan;
      return () => value;
    }
    case 'coalesce':
      return compileCoalesce(plan.options, context);
    case 'template': {
      const parts = plan.parts.map((part) => (typeof part === 'string' ? part : compileValue(part, context)));
      return plan.skipNull ? partialTemplate(parts, plan.separator) : wholeTemplate(parts, plan.separator);
    }
    case 'when':
      return compileWhen(plan, context);
    case 'cel':
      return compileCelValue(plan.cel, context);
  }
};

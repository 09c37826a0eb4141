import type { TransformCall } from '../core/plan.ts';
import type { SourceValue } from '../core/record.ts';
import type { Converted } from './coerce/coerce.ts';
import type { FieldContext } from './field-context.ts';
import { NO_NORMALISING, type Normalising, normaliser } from './text/normalise.ts';
import { textOf } from './text/text-of.ts';
import type { TransformDefinition, TransformStep } from './transforms/definition.ts';
import { TRANSFORMS } from './transforms/registry.ts';

/** The transforms of one field as one function. */
export interface Steps {
  readonly run: TransformStep;
  /** All text that comes out was cleaned of what the target cannot hold. */
  readonly clean: boolean;
  /** Numbers that come out are days (`date`) or microseconds (`instant`). */
  readonly converted: Converted;
  /** Set when the transforms are nothing but normalising: one function from text to text. */
  readonly tidy: ((text: string) => string) | null;
}

const definitionOf = (call: TransformCall): TransformDefinition => {
  const definition = Object.hasOwn(TRANSFORMS, call.name) ? TRANSFORMS[call.name] : undefined;
  if (definition === undefined) throw new Error(`the plan names a transform that does not exist: ${call.name}`);
  return definition;
};

const normalisingStep =
  (tidy: (text: string) => string): TransformStep =>
  (value) => {
    if (typeof value === 'string') return tidy(value) || null;
    return value === null ? null : textOf(value);
  };

const inOrder = (steps: readonly TransformStep[]): TransformStep => {
  const [first, second, third] = steps;
  if (steps.length === 1) return first!;
  if (steps.length === 2) return (value) => second!(first!(value));
  if (steps.length === 3) return (value) => third!(second!(first!(value)));
  return (value: SourceValue) => {
    let current = value;
    for (const step of steps) current = step(current);
    return current;
  };
};

/** Normalisers that follow each other are done in one pass over the text. */
const compileParts = (calls: readonly TransformCall[], context: FieldContext) => {
  const steps: TransformStep[] = [];
  let pending: Normalising | null = null;
  let tidy: ((text: string) => string) | null = null;
  const flush = () => {
    if (pending === null) return;
    tidy = normaliser(pending, context.report);
    steps.push(normalisingStep(tidy));
    pending = null;
  };
  let clean = false;
  for (const call of calls) {
    const definition = definitionOf(call);
    if (definition.normalises) {
      pending = { ...(pending ?? NO_NORMALISING), ...definition.normalises };
      clean = true;
      continue;
    }
    // Text is made fit once, before the first transform that looks at its characters.
    if (!clean && !definition.raw) pending ??= NO_NORMALISING;
    clean ||= !definition.raw;
    flush();
    steps.push(definition.make(call.arg, context));
  }
  flush();
  return {
    steps,
    clean,
    tidy: steps.length === 1 && calls.every((call) => definitionOf(call).normalises) ? tidy : null,
  };
};

/** Compiles the transforms of a field; null when there are none. */
export const compileSteps = (calls: readonly TransformCall[], context: FieldContext): Steps | null => {
  const last = calls.at(-1);
  if (last === undefined) return null;
  const { steps, clean, tidy } = compileParts(calls, context);
  const { gives } = definitionOf(last);
  return { run: inOrder(steps), clean, converted: gives === 'instant' || gives === 'date' ? gives : null, tidy };
};

import type { TransformCall } from '../../core/plan.ts';
import type { SourceValue } from '../../core/record.ts';
import type { TransformSignature } from '../../core/signatures.ts';
import type { FieldContext } from '../field-context.ts';
import type { Normalising } from '../text/normalise.ts';
import { textOf } from '../text/text-of.ts';

export type TransformArgument = TransformCall['arg'];

/** One compiled transform of one field. */
export type TransformStep = (value: SourceValue) => SourceValue;

/** A transform: how it looks from outside (checked by the mapping compiler, printed in the reference) and how it is made for one field. */
export interface TransformDefinition extends TransformSignature {
  readonly make: (arg: TransformArgument, context: FieldContext) => TransformStep;
  /** Only normalises text; consecutive ones are done in one pass. */
  readonly normalises?: Partial<Normalising>;
  /** Wants the value as the source gave it, before text is cleaned. */
  readonly raw?: true;
}

/** A step that works on text: NULL stays NULL, other types are made text first, '' becomes NULL. */
export const onText =
  (work: (text: string) => SourceValue): TransformStep =>
  (value) => {
    if (value === null) return null;
    const text = typeof value === 'string' ? value : textOf(value);
    if (text === '') return null;
    const result = work(text);
    return result === '' ? null : result;
  };

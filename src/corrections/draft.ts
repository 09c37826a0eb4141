import type { FilePosition } from '../core/errors.ts';

/** A text of a correction file and where it stands. */
export interface Placed {
  readonly text: string;
  readonly at: FilePosition;
}

interface DraftOrigin {
  readonly entity: Placed;
  readonly reason: string;
  readonly author: string;
  /** As written. */
  readonly date: Placed;
  /** Where the correction begins. */
  readonly at: FilePosition;
}

/** A correction as it is written, before it is compared with the plan. */
export type Draft = DraftOrigin &
  (
    | {
        readonly kind: 'record';
        readonly key: Placed;
        readonly field: Placed;
        readonly old: Placed;
        readonly new: PlacedValue;
      }
    | {
        readonly kind: 'lookup';
        readonly field: Placed;
        readonly values: readonly (readonly [string, PlacedValue])[];
        readonly when: PlacedExpression | null;
      }
    | {
        readonly kind: 'rule';
        readonly set: readonly (readonly [Placed, PlacedValue])[];
        readonly when: PlacedExpression;
      }
  );

/** null: the value is to be nothing. */
export interface PlacedValue {
  readonly text: string | null;
  readonly at: FilePosition;
}

export interface PlacedExpression {
  readonly text: string;
  /** Where a character of it stands. */
  inside(offset: number, length: number): FilePosition;
}

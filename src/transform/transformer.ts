import type { RecordFinding } from '../core/finding.ts';
import type { LegacyKey, SourceRow, TargetValue } from '../core/record.ts';

/**
 * What the transform makes of one source row. Reused from row to row for speed: take what you need before the next call.
 */
export interface TransformResult {
  /** Why the row is out of scope (`where` reason, `unit`, `fold: older version`), or null. Then nothing else is set. */
  skip: string | null;
  /** Legacy key of the record; null when it is missing or unreadable (then there is a finding with effect reject). */
  key: LegacyKey | null;
  /** Values in the order of `EntityPlan.fields`; for `id` and `ref` fields the legacy key from which the id is computed. */
  readonly values: TargetValue[];
  /** Findings of this row, in field order; empty most of the time. */
  readonly findings: RecordFinding[];
}

/** A compiled entity: pure, no I/O; one a thread. */
export type Transformer = (row: SourceRow) => TransformResult;

/** Keeps version → lineage head for a folded entity, compactly; shared between threads. */
export interface FoldIndex {
  /** Head of the lineage the version belongs to; the key itself when unknown. */
  head(key: LegacyKey): LegacyKey;
  /** True when this row is the one that represents its lineage. */
  isWinner(key: LegacyKey): boolean;
  /** True when the lineage of this row closes on itself. */
  isCyclic(key: LegacyKey): boolean;
}

/** Rows of a joined table by key; shared between threads. */
export interface JoinIndex {
  /** Value of a column (position in `JoinPlan.columns`) of the row with that key; undefined when there is no such row. */
  get(key: LegacyKey, column: number): string | number | null | undefined;
}

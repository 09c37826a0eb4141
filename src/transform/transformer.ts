import type { RecordFinding } from '../core/finding.ts';
import type { LegacyKey, SourceRow, SourceValue, TargetValue } from '../core/record.ts';

/**
 * What the transform makes of one source row. Reused from row to row for speed: take what you need before the next call.
 */
export interface TransformResult {
  /** Why the row is out of scope (`where` reason, or one of `SKIP_REASONS`), or null. Then nothing else is set but the key of a row of another unit. */
  skip: string | null;
  /** Legacy key of the record; null when it is missing or unreadable (then there is a finding with effect reject). */
  key: LegacyKey | null;
  /** 1: the record belongs to a unit that works in the new system already; 2: to one whose last sync this is; absent where no unit is. */
  frozen?: 0 | 1 | 2;
  /** Values in the order of `EntityPlan.fields`; for `id` and `ref` fields the legacy key from which the id is computed. */
  readonly values: TargetValue[];
  /** Findings of this row, in field order; empty most of the time. */
  readonly findings: RecordFinding[];
}

/** Reasons for skipping a row besides the mapping's own `where`. */
export const SKIP_REASONS = {
  /** The record belongs to a unit outside `--unit`. */
  unit: 'unit',
  /** `--unit` was asked for and the record names no unit. */
  noUnit: 'unit: none',
  /** A later version of the same lineage stands for the record. */
  fold: 'fold: older version',
} as const;

/** A compiled entity: pure, no I/O; one a thread. */
export type Transformer = (row: SourceRow) => TransformResult;

/** What a transformer needs besides plan and rows. Everything is plain data or read-only, so each thread opens its own. */
export interface TransformEnvironment {
  /** Lineages of folded entities, by entity name. An entity that is not here is not folded. */
  readonly folds: ReadonlyMap<string, FoldIndex>;
  /** Joined tables of this entity, by `JoinPlan.as`. */
  readonly joins: ReadonlyMap<string, JoinIndex>;
  /** Units of `--unit`; null: all. */
  readonly scope: ScopeFilter | null;
  /** Units that work in the new system already; absent: none. */
  readonly frozen?: ScopeFilter;
  /** Units whose last sync this is; absent: none. */
  readonly leaving?: ScopeFilter;
  /** Time of the run in milliseconds since 1970 (dates more than 50 years later are sentinels). The same for every thread and for a resumed run. */
  readonly now: number;
}

/** The units of `--unit`, as legacy keys of every version of them. */
export interface ScopeFilter {
  includes(unit: LegacyKey): boolean;
}

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
  get(key: LegacyKey, column: number): SourceValue | undefined;
}

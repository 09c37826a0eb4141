/** Kinds of differences. `moved`: a value too, but of a reference that says where the record belongs. */
export const DIFFERENCE_KINDS = ['missing', 'extra', 'value', 'moved', 'content'] as const;
export type DifferenceKind = (typeof DIFFERENCE_KINDS)[number];

/**
 * Where a difference comes from, as far as the ledger tells:
 * - `target`: the ledger wrote what the source says; the target was changed, or lost the record, since.
 * - `source`: the target has what the ledger wrote; the source (or the mapping) changed since.
 * - `both`: neither has what the ledger wrote.
 * - `rejected`: the source record is kept out today, the target holds an earlier state of it.
 * - `unknown`: the ledger knows nothing of it: put there by other hands, or in the source since the last run.
 */
export const CAUSES = ['target', 'source', 'both', 'rejected', 'unknown'] as const;
export type Cause = (typeof CAUSES)[number];

/** One record that differs. Values are masked. */
export interface Difference {
  readonly kind: DifferenceKind;
  readonly cause: Cause;
  readonly entity: string;
  /** Legacy key; null: unknown (a row of other hands). */
  readonly key: string | null;
  readonly id: string | null;
  /** The run that wrote the record last; null: none. */
  readonly run: number | null;
  readonly fields: readonly FieldDifference[];
  /** Codes of a reject or finding that belong to it. */
  readonly codes: readonly string[];
}

export interface FieldDifference {
  readonly field: string;
  readonly source: string | null;
  readonly target: string | null;
}

/** Differences of one entity by kind. */
export type DifferenceCounts = Readonly<Record<DifferenceKind, number>>;

export const countKinds = (differences: readonly Difference[]): DifferenceCounts => {
  const counts = { missing: 0, extra: 0, value: 0, moved: 0, content: 0 };
  for (const { kind } of differences) counts[kind] += 1;
  return counts;
};

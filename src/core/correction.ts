import type { CelPlan } from './plan.ts';
import type { LegacyKey } from './record.ts';

/** Who asked for a correction, why, and where it stands. */
export interface CorrectionOrigin {
  readonly reason: string;
  readonly author: string;
  /** `YYYY-MM-DD`; null: none was given. */
  readonly date: string | null;
  /** Relative to the project file, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
}

/** One value of one record. */
export interface RecordCorrection extends CorrectionOrigin {
  readonly kind: 'record';
  readonly entity: string;
  readonly key: LegacyKey;
  /** Source column as the plan spells it. */
  readonly column: string;
  /** What the source must hold for the correction to be applied; null: nothing. A masked value stands for every value that is masked so. */
  readonly old: string | null;
  /** What takes its place; null: nothing. */
  readonly new: string | null;
}

/** Every record of an entity whose column holds one of the old values. */
export interface LookupCorrection extends CorrectionOrigin {
  readonly kind: 'lookup';
  readonly entity: string;
  readonly column: string;
  /** Old value → new value. */
  readonly values: Readonly<Record<string, string | null>>;
  /** Only where this holds of the source row; null: everywhere. */
  readonly when: CelPlan | null;
}

/** Every record of an entity of which a condition holds. */
export interface RuleCorrection extends CorrectionOrigin {
  readonly kind: 'rule';
  readonly entity: string;
  readonly when: CelPlan;
  /** Column → new value. */
  readonly set: Readonly<Record<string, string | null>>;
}

export type BulkCorrection = LookupCorrection | RuleCorrection;

/** A correction as an office wrote it, checked against the plan. Plain data. Values are those of the source, before any transform. */
export type Correction = RecordCorrection | BulkCorrection;

/** All corrections of a project. The number of a correction is its place in the list. */
export interface CorrectionSet {
  readonly corrections: readonly Correction[];
  /** SHA-256 over the canonical JSON of the list: a run goes on only with the corrections it began with. */
  readonly hash: string;
}

/**
 * `applied`: the new value went on; `stale`: the source holds something else than was expected; `needless`: the source holds the new value already; `skipped`: the
 * record is out of scope.
 */
export const CORRECTION_OUTCOMES = ['applied', 'stale', 'needless', 'skipped'] as const;
export type CorrectionOutcome = (typeof CORRECTION_OUTCOMES)[number];

/** What became of a correction on one record. */
export interface CorrectionUse {
  /** Place of the correction in its set. */
  readonly number: number;
  readonly key: LegacyKey;
  readonly column: string;
  /** The value in the source. */
  readonly old: string | null;
  readonly new: string | null;
  readonly outcome: CorrectionOutcome;
}

export const NO_CORRECTIONS: CorrectionSet = { corrections: [], hash: '' };

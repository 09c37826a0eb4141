import type { LegacyKey } from './record.ts';

export const SEVERITIES = ['error', 'warning', 'info'] as const;
/** How bad it is: `error` cannot be right, `warning` is legal but unusual, `info` was normalised. */
export type Severity = (typeof SEVERITIES)[number];

export const EFFECTS = ['load', 'change', 'reject'] as const;
/** What it does to the record: loaded as it is, loaded with a repaired or cleared value (raw one kept in the finding), kept out. */
export type Effect = (typeof EFFECTS)[number];

/**
 * What a rule, a transform or the write path has to say about one record. Data, not prose: the text is made from `code` and `params`
 * by `src/i18n` when it is shown, so that one finding reads in Polish and in English and can be masked.
 */
export interface Finding {
  /** Stable code, `SCREAMING_SNAKE`, e.g. `SIGN_YEAR_MISMATCH`; documented in docs/rules.md. */
  readonly code: string;
  readonly severity: Severity;
  readonly effect: Effect;
  readonly entity: string;
  /** Legacy key; null for findings on a file or a table as a whole. */
  readonly key: LegacyKey | null;
  /** Target column, or source column where no target column exists. */
  readonly field?: string;
  /** The raw value found, as text; cut to 1,000 characters. Personal data: mask before showing. */
  readonly value?: string;
  /** Named values for the message template (expected value, parent entity, line number …). */
  readonly params?: Readonly<Record<string, string | number>>;
}

/** A finding inside a stage, before entity and key are attached to it. */
export type RecordFinding = Omit<Finding, 'entity' | 'key'>;

/** Longest raw value a finding keeps; the whole row is in the reject or in the source. */
export const VALUE_LIMIT = 1000;

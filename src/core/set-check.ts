import type { Effect, Severity } from './finding.ts';

/**
 * A rule across records, ready to run: one SELECT over the store that answers `id uuid`, `value text`, `params jsonb` of the records found. Plain data, so
 * that whoever writes findings needs to know nothing of the rule book.
 */
export interface SetCheck {
  readonly code: string;
  readonly severity: Severity;
  readonly effect: Effect;
  /** Table of the store whose records it judges. */
  readonly table: string;
  /** Column that findings name. */
  readonly field: string;
  readonly sql: string;
}

import type { Report } from './report.ts';
import type { ZoneTable } from './time/zone-table.ts';

/** What a field's closures are compiled with. */
export interface FieldContext {
  /** Target column. */
  readonly column: string;
  readonly required: boolean;
  readonly report: Report;
  /**
   * Says that a value cannot be read as what it should be (TYPE_INVALID) and returns null: an optional column is cleared (the raw value stays in the finding),
   * a required one rejects the record.
   */
  readonly invalid: (expected: string) => null;
  /** The office's zone; made when first asked for, since that takes a few milliseconds. */
  readonly zone: () => ZoneTable;
  /** Dates after this year are sentinels (year of the run + 50). */
  readonly lastYear: number;
}

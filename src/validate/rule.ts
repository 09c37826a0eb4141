import type { CodeEntry } from '../core/code-entry.ts';
import type { TargetValue } from '../core/record.ts';
import type { Bilingual, RuleColumn, Scalar, ScalarSignature } from '../core/signatures.ts';

/** What a rule expects in a column; `instant`: `timestamptz` (microseconds), `key`: a reference (legacy key of the parent). */
export type ColumnNeed = 'text' | 'integer' | 'boolean' | 'instant' | 'key';

export interface RuleColumnSpec extends RuleColumn {
  readonly takes: ColumnNeed;
}

/**
 * Says a finding on the field at `index` of the record. `repaired` is written into the record when the office's policy leaves the effect at `change`;
 * `params` fill the message. Costs nothing until it is called.
 */
export type Report = (
  code: string,
  index: number,
  params?: Readonly<Record<string, string | number>>,
  repaired?: TargetValue,
) => void;

/** A rule bound to the columns of one entity. Allocates nothing while the record is fine. */
export type Check = (values: TargetValue[], report: Report) => void;

/** What a rule gets to bind itself. */
export interface RuleUse {
  /** Index of the column in the record; -1 when the mapping leaves an optional one out. */
  at(column: string): number;
  /** Option of the mapping, or its default, or null. */
  option(name: string): Scalar;
  /** Threshold of a code: the office's, else the default. */
  threshold(code: string): number;
  /** The moment of the run, microseconds since 1970; the same for all records and for a resumed run. */
  readonly now: number;
  /** Zone of the office, e.g. `Europe/Warsaw`. */
  readonly timezone: string;
}

/**
 * An example, and a test of the rule at once. Instants are written as local time of Warsaw (`2023-03-15 10:15`); columns left out are not mapped.
 */
export interface RuleExample {
  readonly record: Readonly<Record<string, string | number | boolean | null>>;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
  /** Local date of the run; default 2026-01-15. */
  readonly now?: string;
  /** Codes in the order they are said; empty: the record is fine. */
  readonly says: readonly string[];
  /** Values after repair, by column. */
  readonly becomes?: Readonly<Record<string, string | number | boolean | null>>;
}

/** A rule on one record. Pure: the same record, options and moment give the same findings. */
export interface Rule {
  /** Name in mapping files. */
  readonly name: string;
  readonly doc: Bilingual;
  readonly columns: Readonly<Record<string, RuleColumnSpec>>;
  readonly options?: Readonly<Record<string, ScalarSignature>>;
  readonly codes: readonly CodeEntry[];
  readonly examples: readonly RuleExample[];
  readonly bind: (use: RuleUse) => Check;
}

/** Text of a value for checks on text columns; null stays null. */
export const textOf = (value: TargetValue | undefined): string | null =>
  typeof value === 'string' ? value : value === null || value === undefined ? null : String(value);

/** A rule on the text of one column; `fault` says the code or null. Empty and NULL are never wrong here. */
export const textCheck =
  (column: string, fault: (text: string) => string | null) =>
  (use: RuleUse): Check => {
    const index = use.at(column);
    return (values, report) => {
      const text = textOf(values[index]);
      if (text === null || text === '') return;
      const code = fault(text);
      if (code !== null) report(code, index);
    };
  };

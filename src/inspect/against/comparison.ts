import type { MeasuredType } from '../picture.ts';

/** What `inspect --against` says: the picture beside the mappings. Part of `inspect.json` as `against`. */
export interface Comparison {
  /** Folder of mappings as it was named. */
  readonly mappings: string;
  readonly counts: {
    readonly mappedTables: number;
    readonly mappedColumns: number;
    readonly missing: number;
    readonly new: number;
    readonly clashes: number;
    readonly unknownCodes: number;
  };
  readonly mapped: readonly MappedTable[];
  /** In the mappings, not in the source. */
  readonly missing: readonly MissingName[];
  /** In the source, neither mapped nor listed as not mapped. */
  readonly new: readonly NewName[];
  readonly clashes: readonly TypeClash[];
  readonly codes: readonly CodesAgainst[];
}

export interface MappedTable {
  readonly table: string;
  readonly entities: readonly string[];
  /** Columns that are read, and columns listed as not mapped. */
  readonly columns: number;
  readonly listed: number;
}

export interface MissingName {
  readonly table: string;
  /** null: the whole table. */
  readonly column: string | null;
  readonly entities: readonly string[];
  /** The mapping says that a database may lack it. */
  readonly optional: boolean;
  /** New name that it may have now; null: none is near. */
  readonly near: string | null;
}

export interface NewName {
  readonly table: string;
  /** null: the whole table. */
  readonly column: string | null;
  /** Rows of the table, or rows read that have a value in the column; null: unknown. */
  readonly rows: number | null;
}

export interface TypeClash {
  readonly entity: string;
  readonly table: string;
  readonly column: string;
  /** Target column and its type. */
  readonly to: string;
  readonly wants: string;
  /** What the values are, and the declared type. */
  readonly found: MeasuredType;
  readonly declared: string | null;
}

/** A column whose codes a look-up translates. */
export interface CodesAgainst {
  readonly table: string;
  readonly column: string;
  readonly lookup: string;
  /** Codes of the source that the look-up does not have. */
  readonly unknown: readonly { readonly value: string; readonly rows: number }[];
  /** Rows with a code that the look-up has, but whose meaning nobody has confirmed. */
  readonly unconfirmed: readonly string[];
}

import type { DatabaseFacts, SourceColumn, TableDesign } from '../core/catalogue.ts';
import type { PersonalKind } from '../core/mask.ts';
import type { Look, ValueKind } from './column/value-looks.ts';

/**
 * The picture of a source: what `inspect.json` holds (docs/inspect.md documents it member by member) and every page and table of `inspect` shows. Plain data without
 * any personal value: values stand in it only where `personal.ts` allows.
 */
export interface Picture {
  /** Grows when a member changes its meaning. */
  readonly format: 1;
  readonly drawn: { readonly at: string; readonly by: string; readonly milliseconds: number };
  readonly source: { readonly kind: string; readonly database: DatabaseFacts | null };
  /** Rows read of one table at most; null: all. */
  readonly sample: number | null;
  readonly tables: readonly TablePicture[];
  readonly references: readonly ReferencePicture[];
}

export interface TablePicture {
  /** `schema.table`. */
  readonly name: string;
  readonly kind: 'table' | 'view';
  /** Rows of the table: counted, or as the source estimates them; null: nobody knows. */
  readonly rows: { readonly count: number; readonly exact: boolean } | null;
  readonly bytes: number | null;
  readonly read: ReadPicture;
  readonly primaryKey: readonly string[];
  /** Columns that tell the rows read apart. */
  readonly keys: readonly KeyPicture[];
  readonly columns: readonly ColumnPicture[];
  readonly design: TableDesign | null;
}

/**
 * How much of a table was read. `all`: every row; `ranges`: the first rows of each of many ranges of the key; `stride`: some hundred rows in turn, evenly over the
 * file; `head`: the first rows in the order of the key; `nothing`: see `why`.
 */
export interface ReadPicture {
  readonly how: 'all' | 'ranges' | 'stride' | 'head' | 'nothing';
  readonly rows: number;
  /** Lines of a dump that are no rows. */
  readonly broken: number;
  /** `view`: views are read when they are named; `noKey`: no index gives an order, and the table is too big to sort; `noColumns`: none that may be read. */
  readonly why: 'view' | 'noKey' | 'noColumns' | null;
}

export interface KeyPicture {
  readonly columns: readonly string[];
  readonly declared: boolean;
  /** Rows read whose value another row had before: a key but for them. */
  readonly repeated: number;
}

export interface ColumnPicture {
  readonly name: string;
  /** In the source's own words; null: a dump does not tell. */
  readonly type: string | null;
  readonly nullable: boolean | null;
  readonly collation: string | null;
  /** Why no value was read: it holds secrets, contents of files, or has a type that cannot be read. */
  readonly notRead: 'secret' | 'contents' | 'type' | null;
  /** What the values are: one kind, but for `odd` rows; `flag`: only 0 and 1; `empty`: there is none. */
  readonly measured: MeasuredType;
  readonly odd: number;
  /** What kind of personal data it seems to hold; `text`: nothing says that it is harmless. */
  readonly personal: PersonalKind;
  readonly nulls: number;
  readonly empty: number;
  readonly filled: number;
  readonly distinct: { readonly count: number; readonly exact: boolean };
  readonly lengths: { readonly min: number; readonly max: number; readonly mean: number } | null;
  /** Smallest and greatest number or moment; null where it is neither, or personal. */
  readonly range: { readonly min: string; readonly max: string } | null;
  /** Rows by year, earliest first. */
  readonly years: readonly { readonly year: string; readonly rows: number }[];
  /** What many values look like, as a share of the filled ones; most first. */
  readonly looks: readonly { readonly look: Look; readonly share: number }[];
  /** Values of a column of codes, most frequent first; null: no such column. */
  readonly codes: CodesPicture | null;
}

export type MeasuredType = ValueKind | 'flag' | 'empty';

export interface CodesPicture {
  readonly values: readonly { readonly value: string; readonly rows: number }[];
  /** Values that are not shown because they may tell of a person. */
  readonly hidden: number;
}

/** A column whose values are (nearly) all found in the key of another table, or of its own. */
export interface ReferencePicture {
  readonly from: { readonly table: string; readonly column: string };
  readonly to: { readonly table: string; readonly column: string };
  /** The database declares it. */
  readonly declared: boolean;
  /** Different values that were looked for; 0 and NULL mean "none" and are not among them. */
  readonly looked: number;
  readonly found: number;
  /** Found, as a share of the rows that have a value where their numbers are known (few values), else of the values; null: not measured. */
  readonly share: number | null;
  /** `high`: name and values agree; `medium`: the name agrees in part; `low`: only the values fit. */
  readonly confidence: 'high' | 'medium' | 'low';
}

/** Why a column of the source is left out of reading; null: it is read. */
export const reasonNotToRead = (
  { name, type, long, unreadable }: SourceColumn,
  isSecret: (column: string) => boolean,
): ColumnPicture['notRead'] => {
  if (isSecret(name)) return 'secret';
  if (unreadable === true) return 'type';
  return long === true && /binary|image/i.test(type ?? '') ? 'contents' : null;
};

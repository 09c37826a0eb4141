import type { ColumnType } from './record.ts';

/** What a source has. Names compare without regard to case. */
export interface SourceCatalogue {
  readonly tables: readonly SourceTable[];
}
export interface SourceTable {
  /** `schema.table`. */
  readonly name: string;
  readonly columns: readonly SourceColumn[];
  /** Primary key columns; empty where the source cannot tell (a CSV dump) or there is none. */
  readonly primaryKey: readonly string[];
  /** Rows, when known cheaply; null otherwise. `exact` says whether it is counted or estimated. */
  readonly rows: { readonly count: number; readonly exact: boolean } | null;
  /** Bytes of the table's data or file, when known. */
  readonly bytes: number | null;
}
export interface SourceColumn {
  readonly name: string;
  /** Type in the source's own words (`nvarchar(500)`); null for a CSV dump without a columns file. */
  readonly type: string | null;
  readonly nullable: boolean | null;
}

/** What a target has, as far as the plan needs it. */
export interface TargetCatalogue {
  readonly tables: readonly TargetTable[];
}
export interface TargetTable {
  readonly schema: string;
  readonly name: string;
  readonly columns: readonly TargetColumn[];
  readonly primaryKey: readonly string[];
  readonly foreignKeys: readonly {
    readonly columns: readonly string[];
    readonly refSchema: string;
    readonly refTable: string;
    readonly refColumns: readonly string[];
  }[];
}
export interface TargetColumn {
  readonly name: string;
  /** null: a type the tool does not write. */
  readonly type: ColumnType | null;
  /** Type in the target's own words, for messages. */
  readonly nativeType: string;
  readonly nullable: boolean;
  readonly hasDefault: boolean;
  /** The only texts that a check of the database lets in (besides NULL); absent: any. */
  readonly allowed?: readonly string[];
}

import type { ColumnType } from './record.ts';

/** What a source has. Names compare without regard to case. */
export interface SourceCatalogue {
  readonly tables: readonly SourceTable[];
  /** What only a living database tells of itself; absent: a dump, packages, memory. */
  readonly database?: DatabaseFacts;
}
export interface DatabaseFacts {
  /** First line of what the server calls itself. */
  readonly version: string;
  readonly name: string;
  readonly collation: string;
  readonly compatibilityLevel: number;
  /** Readers can see one moment without holding locks. */
  readonly snapshotIsolation: boolean;
  readonly readCommittedSnapshot: boolean;
  readonly changeTracking: boolean;
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
  /** What only a database can tell. */
  readonly design?: TableDesign;
}
/** Keys, indexes and the like as the database declares them. */
export interface TableDesign {
  readonly kind: 'table' | 'view';
  /** Unique indexes and constraints besides the primary key, by columns. */
  readonly uniqueKeys: readonly (readonly string[])[];
  readonly indexes: readonly { readonly name: string; readonly columns: readonly string[]; readonly unique: boolean }[];
  readonly foreignKeys: readonly {
    readonly name: string;
    readonly columns: readonly string[];
    /** `schema.table`. */
    readonly refTable: string;
    readonly refColumns: readonly string[];
  }[];
  readonly changeTracking: boolean;
  /** Column that grows with every change of a row; null: there is none. */
  readonly rowVersion: string | null;
}
export interface SourceColumn {
  readonly name: string;
  /** Type in the source's own words (`nvarchar(500)`); null for a CSV dump without a columns file. */
  readonly type: string | null;
  readonly nullable: boolean | null;
  /** Values can be of any length (`max`, text, image, xml). */
  readonly long?: true;
  /** Values of this type cannot be read (hierarchyid, geography). */
  readonly unreadable?: true;
  /** Only for texts whose collation is another than that of the database. */
  readonly collation?: string;
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

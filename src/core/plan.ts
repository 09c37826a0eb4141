import type { Effect, Severity } from './finding.ts';
import type { ColumnType } from './record.ts';

/**
 * The plan: all mapping files compiled, checked and ordered parents first. Frozen, plain data (no functions, no class instances),
 * so that it can be hashed, stored in the ledger and handed to a worker thread by structured clone.
 */
export interface Plan {
  readonly office: string;
  /** IANA zone of legacy local times, e.g. `Europe/Warsaw`. */
  readonly timezone: string;
  /** Parents before children. */
  readonly entities: readonly EntityPlan[];
  readonly lookups: Readonly<Record<string, LookupPlan>>;
  /** Legacy tables and columns deliberately not mapped, with the reason. */
  readonly notMapped: readonly NotMapped[];
  /** SHA-256 over the canonical JSON of everything above; changes when a mapping or a look-up changes. */
  readonly hash: string;
}

export interface NotMapped {
  readonly table: string;
  /** Absent: the whole table. */
  readonly column?: string;
  readonly reason: string;
  /** The column holds secrets (passwords): it is not even kept as part of a line that cannot be read. */
  readonly secret?: true;
}

export interface EntityPlan {
  readonly name: string;
  /** Mapping file, relative to the bundle, for messages. */
  readonly file: string;
  readonly from: SourcePlan;
  readonly to: { readonly schema: string; readonly table: string };
  /** Target columns in write order; the id column comes first. */
  readonly fields: readonly FieldPlan[];
  readonly rules: readonly RulePlan[];
  /** Names of the entities that must be loaded before this one (targets of its required and plain optional refs). */
  readonly parents: readonly string[];
  /** SHA-256 of this entity's compiled mapping and look-ups: when it changes, the entity is read again. */
  readonly hash: string;
}

export interface SourcePlan {
  /** `schema.table` as in the source, e.g. `dbo.SpisSpraw`. */
  readonly table: string;
  /** Legacy key columns in order (one or more). */
  readonly key: readonly string[];
  /** Every source column that is read, in read order. `ColumnIndex` values below point into this list. */
  readonly columns: readonly string[];
  /** Rows that do not satisfy it are skipped (counted with the reason). null: all rows. */
  readonly where: Condition | null;
  /** Reason shown for rows that `where` keeps out, e.g. "soft-deleted". */
  readonly whereReason: string;
  /** What `--unit` filters on; null: the entity belongs to no unit and is always in scope. */
  readonly unit: ValuePlan | null;
  readonly changes: ChangesPlan;
  /** What a sync does with a record whose source row is gone; absent: delete. */
  readonly gone?: GonePlan;
  /** What a sync does with a loaded record that is rejected today; absent: keep. */
  readonly rejected?: 'keep' | 'remove';
  /** Folding of row versions into one record (lineage); null: every row is a record. */
  readonly fold: FoldPlan | null;
  /** Second source tables joined by key (at most one row each; the row with the greatest key wins when there are more). */
  readonly joins: readonly JoinPlan[];
  /** SQL condition added for SQL Server only. */
  readonly sql: string | null;
}

/** How a sync finds what changed. */
export type ChangesPlan =
  | { readonly kind: 'compare' }
  | { readonly kind: 'rowversion'; readonly column: string }
  | { readonly kind: 'changeTracking' }
  | {
      readonly kind: 'updatedAt';
      readonly column: string;
      /** Minutes before the last mark that are read again, for clocks that differ or go back; absent: 180. */
      readonly overlapMinutes?: number;
    };

/** `delete`: the record goes; `ignore`: it stays, with a finding; `mark`: it stays with the time of the sync in a target column. */
export type GonePlan = { readonly kind: 'delete' | 'ignore' } | { readonly kind: 'mark'; readonly column: string };

/**
 * Row versions of one lineage become one record whose legacy key is the lineage head. The head of a row is the first of `head` that is
 * neither NULL nor 0 (and is not the row itself), else following `previous` to the first version, else the row itself. A lineage that closes on itself
 * is cut at the row (finding LINEAGE_CYCLE). Of the versions, the live one wins (`live` true, then greatest key).
 */
export interface FoldPlan {
  readonly head: readonly string[];
  readonly previous: string | null;
  /** Column that is true (or null for date columns such as DataUsuniecia) on the live row; null: greatest key wins. */
  readonly live: string | null;
}

export interface JoinPlan {
  /** Name under which expressions see it. */
  readonly as: string;
  readonly table: string;
  /** Column of the joined table that equals `of`. */
  readonly on: string;
  /** Column of this row that holds the value (index into `SourcePlan.columns`). */
  readonly of: ColumnIndex;
  /** Columns read of the joined table; those of `where` are among them. */
  readonly columns: readonly string[];
  /** Only rows of the joined table that satisfy all of these count (a dictionary table: `IdSlownika` = 8); compared as text. */
  readonly where?: readonly { readonly column: string; readonly value: string | number | boolean | null }[];
}

/** Index into `SourcePlan.columns`. */
export type ColumnIndex = number;

/** Declarative conditions, the same for every source. `and` of all members. */
export interface Condition {
  readonly all: readonly ConditionTest[];
}
export interface ConditionTest {
  readonly column: ColumnIndex;
  /** `in`: equals one of (null in the list matches NULL); `notIn`: the opposite; `null` / `notNull`. Compared as text without regard to number or text. */
  readonly test: 'in' | 'notIn' | 'null' | 'notNull';
  readonly values: readonly (string | number | boolean | null)[];
}

/** How a value comes about, before its transforms. */
export type ValuePlan =
  | { readonly kind: 'column'; readonly column: ColumnIndex }
  | { readonly kind: 'joined'; readonly join: string; readonly column: string }
  | { readonly kind: 'const'; readonly value: string | number | boolean | null }
  | { readonly kind: 'coalesce'; readonly options: readonly ValuePlan[] }
  /** Parts joined; a null part makes the whole null unless `skipNull`, which drops it with its following separator. */
  | {
      readonly kind: 'template';
      readonly parts: readonly (string | ValuePlan)[];
      readonly separator: string;
      readonly skipNull: boolean;
    }
  /** First branch whose CEL condition is true, else `otherwise`. */
  | {
      readonly kind: 'when';
      readonly branches: readonly { readonly if: CelPlan; readonly then: ValuePlan }[];
      readonly otherwise: ValuePlan;
    }
  | { readonly kind: 'cel'; readonly cel: CelPlan };

/** A CEL expression over source columns (by name), joined rows (`alias.Column`) and, in rules, target columns. */
export interface CelPlan {
  readonly text: string;
  /** Names used, so that only these are put into the context. */
  readonly names: readonly string[];
}

/** A transform call: name and its checked argument, e.g. `{ name: 'maxLength', arg: 500 }`. */
export interface TransformCall {
  readonly name: string;
  readonly arg:
    | string
    | number
    | boolean
    | null
    | readonly (string | number | boolean | null)[]
    | Readonly<Record<string, string | number | boolean | null>>;
}

export type FieldPlan = {
  /** Target column. */
  readonly column: string;
  readonly type: ColumnType;
  /** True when the target cannot hold NULL here (or the mapping says `required`): null after the transforms rejects the record (FIELD_REQUIRED). */
  readonly required: boolean;
  /** Position of the field in its mapping file, for messages. */
  readonly line: number;
} & (
  | {
      readonly kind: 'value';
      readonly value: ValuePlan;
      readonly transforms: readonly TransformCall[];
      readonly lookup: LookupUse | null;
    }
  /** Computed id of a record of `entity`, from a legacy key: the record's own id, or a splitted part's. */
  | { readonly kind: 'id'; readonly entity: string; readonly of: readonly ValuePlan[] }
  /**
   * Computed id of a parent. `required`: a missing or rejected parent rejects the record (PARENT_MISSING / PARENT_REJECTED).
   * Not required: loaded with NULL and completed once the parent is there (so self-references and cycles are possible with `late: true`);
   * still missing at the end of the run: finding REF_MISSING, effect change.
   * A legacy value 0 counts as NULL for integer references.
   */
  | {
      readonly kind: 'ref';
      readonly entity: string;
      readonly of: readonly ValuePlan[];
      readonly transforms: readonly TransformCall[];
      readonly late: boolean;
    }
);

export interface LookupUse {
  readonly lookup: string;
  /** What an unknown code does: `reject`, `null` (finding, value cleared), `keep` (finding, raw code kept), or a default value (finding). */
  readonly unknown:
    | { readonly kind: 'reject' }
    | { readonly kind: 'null' }
    | { readonly kind: 'keep' }
    | { readonly kind: 'default'; readonly value: string | number | boolean };
}

/** A look-up table from `lookups/<name>.csv`: code → value. Codes are compared as trimmed text. */
export interface LookupPlan {
  readonly name: string;
  readonly file: string;
  readonly entries: Readonly<Record<string, string | null>>;
  /** Codes whose meaning is unknown in public material; an office fills them in. A record that uses one gets CODE_UNCONFIRMED (warning). */
  readonly unconfirmed: readonly string[];
  /** Codes whose meaning is an assumption of the bundle: used without a finding, told once when the plan is compiled. */
  readonly assumed?: readonly string[];
}

/** A rule as used by one entity: a rule of the rule book by name with the columns it looks at, or a CEL expression. */
export type RulePlan =
  | {
      readonly kind: 'named';
      readonly rule: string;
      /** Parameter name → target column. */
      readonly columns: Readonly<Record<string, string>>;
      readonly options: Readonly<Record<string, string | number | boolean>>;
      readonly line: number;
    }
  | {
      readonly kind: 'cel';
      readonly cel: CelPlan;
      readonly code: string;
      readonly severity: Severity;
      readonly effect: Effect;
      readonly message: { readonly pl: string; readonly en: string } | null;
      readonly line: number;
    };

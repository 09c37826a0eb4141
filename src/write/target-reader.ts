import type { EntityPlan } from '../core/plan.ts';
import type { LegacyKey } from '../core/record.ts';

/** Rows of the target as they are now, in the encoding that a stage gives rows: what is equal has equal bytes. */
export interface ImageSlice {
  readonly count: number;
  readonly bytes: Uint8Array;
  /** Row `i` is `bytes[offsets[i] … offsets[i + 1])`. */
  readonly offsets: Uint32Array;
}

/** Ids of one entity from `from` to `to`, both included; 16 bytes each. */
export interface IdRange {
  readonly from: Uint8Array;
  readonly to: Uint8Array;
}

/** Every `of`-th stripe of keys, beginning with number `turn`; see `stripe` of the pipeline. */
export interface KeySample {
  readonly of: number;
  readonly turn: number;
}

/** Reads the target back, and what the ledger knows about why a record is not there. Implementation: `postgres/` (server and embedded). Changes nothing. */
export interface TargetReader {
  /** How rows of the entity are taken apart. */
  images(entity: EntityPlan): RowImages;
  /** Lowest and highest id of the entity among those with an integer key (`integers`), or null when it has none. */
  bounds(entity: EntityPlan): Promise<IdRange | null>;
  /** All rows of the entity, in any order. */
  rows(entity: EntityPlan, sample: KeySample | null): AsyncIterable<ImageSlice>;
  /** Rows in any of these ranges. Ranges do not overlap. */
  rowsIn(entity: EntityPlan, ranges: readonly IdRange[], sample: KeySample | null): AsyncIterable<ImageSlice>;
  /**
   * Ids of records that the write path kept out and that were never loaded since, by why: the database refused the row, or a required parent was not there. What
   * transform or rules keep out is not among them: they say so again. Pieces of 16 bytes an id.
   */
  rejected(entity: EntityPlan, why: 'database' | 'parent'): AsyncIterable<Uint8Array>;
  /**
   * References that stay empty because their parent is not in the target. `arrived`: also those whose parent is there by now, since no run has had the time to fill
   * them in.
   */
  pending(entity: EntityPlan, entities: readonly EntityPlan[], arrived: boolean): AsyncIterable<PendingReference>;
  /** Ids that the crosswalk holds; pieces of 16 bytes an id. */
  known(entity: EntityPlan): AsyncIterable<Uint8Array>;
  /** What the ledger says about these ids, by id text. */
  history(entity: EntityPlan, ids: readonly string[]): Promise<ReadonlyMap<string, RecordHistory>>;
  /** Which of these parents the crosswalk does not hold. */
  missingParents(parent: string, keys: readonly LegacyKey[]): Promise<readonly LegacyKey[]>;
  /** Rows of the entity's table that the crosswalk does not hold, at most `limit`. */
  unknownRows(entity: EntityPlan, limit: number): Promise<readonly string[]>;
  /** Rows of the entities' tables whose id is of none of `all` and of no entity of another office: put there by other hands. At most `limit` a table. */
  foreignRows(
    entities: readonly EntityPlan[],
    all: readonly EntityPlan[],
    limit: number,
  ): Promise<readonly ForeignRow[]>;
}

export interface PendingReference {
  /** 16 bytes each. */
  readonly child: Uint8Array;
  readonly parent: Uint8Array;
  readonly column: string;
}

export interface RecordHistory {
  /** The crosswalk's hash and the run that wrote it; null: not in the crosswalk. */
  readonly written: { readonly hash: bigint; readonly run: number } | null;
  /** The newest reject; null: none. */
  readonly rejected: { readonly run: number; readonly codes: readonly string[] } | null;
  /** Key as the ledger has it; null: in the id, or unknown. */
  readonly key: string | null;
  /**
   * Code of the finding with which a sync left the record as it is: UNIT_LIVE whatever differs; SOURCE_GONE, RECORD_STALE, TARGET_CONFLICT or GONE_REFUSED because
   * its source row is gone or rejected. null: none since it was written last.
   */
  readonly left: string | null;
}

export interface ForeignRow {
  readonly table: string;
  readonly id: string;
}

/** Row images of one entity. Pure. */
export interface RowImages {
  /** Bytes from the start of an image to the 16 bytes of the id. */
  readonly idOffset: number;
  /** The hashes of a stage can be compared as they are; false: some type has several spellings of one value (numeric, jsonb), so `hash` must be asked. */
  readonly exact: boolean;
  /** 64-bit hash of the image, the same for equal values. */
  hash(image: Uint8Array): bigint;
  /** Hash of the image as the crosswalk has it, spelling and all. */
  writtenHash(image: Uint8Array): bigint;
  /** A copy with some columns (by position among the fields) set to NULL. */
  withNulls(image: Uint8Array, columns: ReadonlySet<number>): Uint8Array;
  /** Offset of a field's value in `bytes` for the image that begins at `at`; -1: NULL. */
  fieldAt(bytes: Uint8Array, at: number, field: number): number;
  /** Every field as text for people (references as the id's text), null for NULL; equal values give equal texts. */
  texts(image: Uint8Array): readonly (string | null)[];
  /** Reads the measures of the image that begins at `at` into `meter`. */
  measure(bytes: Uint8Array, at: number): void;
  readonly meter: RowMeter;
}

/** What sets of records are compared by. Filled by `measure`. */
export interface RowMeter {
  /** Measured columns: whole and decimal numbers, dates, times. */
  readonly columns: readonly { readonly column: string; readonly kind: 'number' | 'decimal' | 'date' | 'time' }[];
  /** Values in the order of `columns`, NaN for NULL: numbers; decimals in ten-thousandths; days and microseconds since 2000. */
  readonly values: Float64Array;
  /** Legacy key of the unit, its id when it has no integer key, or null. */
  unit: LegacyKey | null;
  /** Calendar year, or null. */
  year: number | null;
}

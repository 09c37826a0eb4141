import type { ChangesPlan } from '../core/plan.ts';
import type { SourceRow } from '../core/record.ts';
import type { SourcePosition, SourceSlice } from '../core/slice.ts';
import type { ReadRequest } from './source.ts';

/** Why the changes of a table cannot be followed as the mapping wishes; then everything is compared. */
export type ChangeObstacle =
  | 'key-not-primary' // the legacy key is not the primary key of the table
  | 'key-type' // the key is neither whole numbers nor GUIDs, so single rows cannot be asked for exactly
  | 'no-column' // the table has no such column
  | 'not-rowversion' // the column is of another type
  | 'not-tracked'; // change tracking is off for the table or not permitted

/** Where a source stands; JSON, understood by the source only. */
export type ChangeMark = Exclude<SourcePosition, null>;

export interface ChangedRequest {
  readonly table: string;
  readonly key: readonly string[];
  readonly wish: ChangesPlan;
  /** Mark of the last sync. */
  readonly since: ChangeMark;
  /** Mark of this one. */
  readonly until: ChangeMark;
  readonly signal: AbortSignal;
}

/**
 * What some sources can do besides reading from beginning to end: tell which rows changed since a mark, and read rows by key. Everything here only reads.
 */
export interface SourceChanges {
  /** null: the changes of this table can be followed so. Called once a table and run. */
  obstacle(table: string, key: readonly string[], wish: ChangesPlan): Promise<ChangeObstacle | null>;

  /** The best way to follow a table that no mapping speaks of, or null. */
  suggest(table: string): Promise<{ readonly key: readonly string[]; readonly wish: ChangesPlan } | null>;

  /** Where the table stands now. Called before anything of it is read; whatever is committed later is behind the mark. `last`: the mark before, or null. */
  mark(table: string, wish: ChangesPlan, last: ChangeMark | null): Promise<ChangeMark>;

  /** True when the source no longer knows what happened since that mark (retention of change tracking has passed, table was emptied). */
  expired(table: string, wish: ChangesPlan, since: ChangeMark): Promise<boolean>;

  /**
   * Key values of rows that changed between two marks, a few hundred at a time; some may be named that did not change, none that changed is left out. Change
   * tracking names deleted rows too, the others cannot.
   */
  changed(request: ChangedRequest): AsyncIterable<readonly SourceRow[]>;

  /** True when rows can be asked for by values of these columns. */
  canAskBy(table: string, columns: readonly string[]): Promise<boolean>;

  /**
   * Rows whose columns `by` have one of these values (texts of legacy keys; several columns: parts joined by `|`). At most `ASKED_AT_ONCE` values a call. Values that
   * the column cannot hold are passed over. The order is that of `request.key`.
   */
  rowsWith(request: ReadRequest, by: readonly string[], values: readonly string[]): AsyncIterable<SourceSlice>;
}

/** Values in one question. */
export const ASKED_AT_ONCE = 500;

/** Ways that see rows which were deleted; the others need the keys compared now and then. */
export const seesDeletes = (wish: ChangesPlan): boolean => wish.kind === 'changeTracking' || wish.kind === 'compare';

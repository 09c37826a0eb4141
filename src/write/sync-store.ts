import type { EntityPlan } from '../core/plan.ts';
import type { SourcePosition } from '../core/slice.ts';
import type { RunRef } from './target.ts';

/** What a sync remembers and does in the target's database besides writing batches. One implementation: `postgres/sync/`. */
export interface SyncStore {
  /** Where the last sync of this scope left an entity; null: there was none, or it was taken back. */
  watermark(entity: string, scope: string): Promise<Watermark | null>;
  /** Number of the newest run that was taken back, or that took one back; 0 when there is none. */
  lastRollback(): Promise<number>;
  /** Runs of the office that read everything and finished, not before this moment (milliseconds). */
  finishedSince(milliseconds: number): Promise<boolean>;
  /** Records of an entity that are in the target. */
  countRecords(entity: EntityPlan): Promise<number>;

  /** Begins a sync: what other runs left half done is forgotten, what this one left stays. */
  begin(run: RunRef, entities: readonly EntityPlan[]): Promise<void>;
  /** Makes the numbers of entities in the ledger. */
  prepare(entities: readonly EntityPlan[]): Promise<void>;
  /** Takes away what was kept for a run that is none. */
  forgetRun(run: number): Promise<void>;
  /** How this run reads an entity, once it was planned. */
  planned(run: number, entity: string): Promise<PlannedEntity | null>;
  /** Keeps how this run reads an entity, with the keys it reads again, in one transaction. Called once a run and entity. */
  plan(run: number, entity: string, planned: PlannedEntity, todo: readonly string[]): Promise<void>;
  /** More keys for an entity that was read already; opens it again. */
  readAgain(run: number, entity: EntityPlan, todo: readonly string[]): Promise<void>;
  /** Keys to read, in order, behind a number. */
  todo(run: number, entity: string, after: number, limit: number): Promise<readonly TodoKey[]>;
  /** The mark of a table in this run: the one that was kept first. `take` gets the mark of the run before, of the same strategy. */
  mark(
    run: number,
    table: string,
    strategy: string,
    take: (last: SourcePosition) => Promise<SourcePosition>,
  ): Promise<SourcePosition>;

  /** Whether `mark` was called for it in this run. */
  marked(run: number, table: string): Promise<boolean>;

  readonly mirror: MirrorStore;

  /** Legacy keys of an entity's records in the target, in pages; those that leave it in this run are not among them. */
  recordKeys(entity: EntityPlan): AsyncIterable<readonly string[]>;
  /** Of these legacy keys, those that neither the target nor the rejects know. */
  unknownKeys(entity: EntityPlan, keys: readonly string[]): Promise<readonly string[]>;
  /**
   * Legacy keys of records that an earlier sync left in the target as no fresh load would have them (gone or rejected in the source and kept, not let go by the
   * target, changed there by hand): asked for by every sync, until that is over.
   */
  standing(entity: EntityPlan): Promise<readonly string[]>;
  /**
   * Legacy keys of an entity that must be read again because of other entities: records in the target whose required parent leaves it, and records
   * kept out whose required parents are there now.
   */
  affected(run: RunRef, entity: EntityPlan): Promise<readonly string[]>;
  /** Before a pass over an entity: rejects up to here belong to earlier passes. */
  beginPass(run: number, entity: string): Promise<void>;
  /** After a pass: what of the entity leaves the target. */
  endPass(run: RunRef, entity: EntityPlan, pass: Pass, rules: GoneRules): Promise<PassOutcome>;
  /** Records that leave the target, by entity. */
  leaving(): Promise<readonly { readonly entity: string; readonly count: number }[]>;
  /** The last transaction of a sync: records leave, references to them are cleared, mirrors and watermarks move. May be repeated. */
  finish(run: RunRef, entities: readonly EntityPlan[], scope: string): Promise<readonly RemovedCount[]>;
  /** Entities of which this run changed or removed records. */
  touched(run: number, entities: readonly EntityPlan[]): Promise<readonly string[]>;
}

export interface Watermark {
  readonly run: number;
  readonly strategy: string;
  readonly position: Readonly<Record<string, SourcePosition>>;
  readonly settings: string;
  /** Milliseconds; when keys were last compared, and when everything was. */
  readonly keysAt: number | null;
  readonly fullAt: number | null;
}

export interface PlannedEntity {
  readonly mode: 'full' | 'keys';
  /** Why: a code of `SYNC_REASONS`, then its parameter after a colon. */
  readonly reason: string;
  readonly strategy: string;
  readonly position: Readonly<Record<string, SourcePosition>>;
  readonly settings: string;
  readonly keysAt: number | null;
  readonly fullAt: number | null;
  /** Mirrors that were brought up to date for this entity, as `entity/name/table`. */
  readonly mirrors: readonly string[];
  /** Keys that changed in the source, before those that depend on them. */
  readonly changed: number;
}

export interface TodoKey {
  readonly seq: number;
  readonly key: string;
}

/** What a pass over an entity saw. */
export interface Pass {
  /** Everything was read; else only `asked`. */
  readonly full: boolean;
  /** True for a record that was read, whatever became of it. */
  readonly saw: (key: string) => boolean;
  /** Legacy keys of the records that were looked for (not of their row versions). */
  readonly asked: readonly string[];
}

export interface GoneRules {
  readonly gone: EntityPlan['from']['gone'];
  readonly rejected: 'keep' | 'remove';
  /** Leave alone what was changed in the target by hand. */
  readonly keepConflicts: boolean;
  /** Time that a mark gets, milliseconds. */
  readonly now: number;
}

export interface PassOutcome {
  /** Records that leave the target. */
  readonly leaving: number;
  /** Records that stay although their source row is gone or rejected, with a finding. */
  readonly kept: number;
}

export interface RemovedCount {
  readonly entity: string;
  readonly removed: number;
  /** Not removed, because something that the ledger does not know refers to them. */
  readonly refused: number;
}

/** Rows of other tables that records depend on, as they were at the last sync. */
export interface MirrorStore {
  /** Run whose state the mirror holds, and the mark of its table then; null: there is none. */
  state(entity: string, name: string): Promise<{ readonly run: number; readonly mark: SourcePosition } | null>;
  /** Whether this run found anything for a mirror. */
  touched(run: number, entity: string, name: string): Promise<boolean>;
  /** Forgets what this run kept for a mirror. */
  reset(run: number, entity: string, name: string): Promise<void>;
  /** Keeps rows of this run; `cells` null: the row is gone. */
  put(run: number, entity: string, name: string, rows: readonly MirrorRow[]): Promise<void>;
  /** Cells of some rows as of the last sync. */
  before(entity: string, name: string, keys: readonly string[]): Promise<readonly MirrorRow[]>;
  /** All rows, in pages: as of the last sync, or (`run`) with what that run kept over it. */
  rows(entity: string, name: string, run: number | null): AsyncIterable<readonly MirrorRow[]>;
}

export interface MirrorRow {
  readonly key: string;
  readonly cells: readonly (string | null)[] | null;
}

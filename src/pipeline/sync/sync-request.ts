import type { ChangesPlan } from '../../core/plan.ts';
import type { SyncStore } from '../../write/sync-store.ts';
import type { RunPorts, RunRequest, RunSummary } from '../run-plan.ts';

/** What to bring over. */
export interface SyncRequest extends RunRequest {
  readonly sync: SyncOptions;
}

export interface SyncOptions {
  /** Compare everything, whatever the mapping says. */
  readonly full: boolean;
  /** Let records go however many they are. */
  readonly allowDeletes: boolean;
  /** Most records of an entity that may leave without being allowed to: this share (0–1) of it, but never fewer than `goneAtLeast`. */
  readonly goneShare: number;
  readonly goneAtLeast: number;
  /** Days after which keys are compared again to find deleted rows, where the strategy does not see them; 0: each time. */
  readonly deletesEvery: number;
  /** Days after which everything is compared again; null: never by itself. */
  readonly fullEvery: number | null;
  /** Strategy of entities whose mapping names none. */
  readonly changes: ChangesPlan;
  /** What becomes of a loaded record that is rejected today, where the mapping says nothing. */
  readonly rejected: 'keep' | 'remove';
  readonly keepConflicts: boolean;
  /** Everything outside the mapping that decides what a record looks like (policy, corrections, waves), as a hash. */
  readonly settings: string;
}

export interface SyncPorts extends RunPorts {
  readonly store: SyncStore;
}

export interface SyncSummary extends RunSummary {
  readonly entities: readonly SyncedEntity[];
}

export interface SyncedEntity {
  readonly entity: string;
  readonly mode: 'full' | 'keys';
  /** Code of the reason, and what it is about. */
  readonly reason: string;
  readonly strategy: string;
  /** Keys that changed in the source; null: not asked, everything was read. */
  readonly changed: number | null;
  readonly removed: number;
  /** Stayed although their source row is gone or rejected; there is a finding for each. */
  readonly kept: number;
}

/** What a sync would do with an entity. */
export interface ForeseenEntity {
  readonly entity: string;
  readonly mode: 'full' | 'keys';
  readonly reason: string;
  readonly strategy: string;
  /** Keys that changed in the source; null: not asked. */
  readonly changed: number | null;
  /** Rows that would be read: the changed ones and those that depend on them, or all; null: the source does not know. */
  readonly toRead: number | null;
  /** Records in the target. */
  readonly inTarget: number;
}

/** Share of a table's rows above which reading everything is cheaper than asking for rows one by one. */
export const WORTH_ASKING = 0.2;

/** Why an entity is read whole; the parameter stands after a colon. Texts: `sync.reason.<code>`. */
export const SYNC_REASONS = [
  'asked', // --full
  'first', // no sync of this scope yet
  'rolled-back', // a run was taken back since
  'settings', // mapping, look-ups, policy, corrections or waves changed
  'strategy', // the mapping names another strategy than last time
  'compare', // the strategy is compare
  'no-changes', // the source can only be read whole
  'obstacle', // :code of ChangeObstacle
  'expired', // :table whose changes the source no longer knows
  'due', // so many days since everything was compared
  'mirror', // :name of a mirror that another run left
  'joined', // :alias that cannot be followed
  'corrected', // :column of a join that corrections change
  'reference', // :field whose lineage cannot be followed
  'many', // :number of changed keys
  'changes', // keys mode: only what changed
] as const;

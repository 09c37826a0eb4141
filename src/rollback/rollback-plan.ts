import type { RunState } from '../ledger/ledger.ts';

/** What taking a run back would do, and what speaks against it. Nothing was changed yet. */
export interface RollbackPlan {
  readonly run: RunState;
  /** Entities that the run changed, in the order of the run (parents first). */
  readonly entities: readonly EntityRollback[];
  readonly contents: ContentRollback;
  /** Empty: nobody touched since what the run wrote. */
  readonly conflicts: readonly RollbackConflict[];
  /** False: the run was killed, so the ledger does not know when it wrote last, and changes by hand cannot be told from its own. */
  readonly handsChecked: boolean;
}

export interface EntityRollback {
  readonly entity: string;
  /** Records that the run brought and that go. */
  readonly removed: number;
  /** Records that the run changed and that return to their previous values. */
  readonly restored: number;
  /** Records that the run deleted and that come back. */
  readonly returned: number;
  /** Everything in the table came with this run: it is emptied at once. */
  readonly whole: boolean;
}

export interface ContentRollback {
  /** Contents whose record goes or returns to what it was. */
  readonly contents: number;
  /** Files of the content store that no record uses then, and their bytes. */
  readonly files: number;
  readonly bytes: number;
}

/**
 * - `run`: a later run changed or deleted the same records; take that one back first.
 * - `hand`: somebody changed or deleted them since, not this program.
 * - `reference`: other records, of a later run (`run`) or made by hand (`run` null), refer to records that would go. `--force` does not help.
 */
export interface RollbackConflict {
  readonly kind: 'run' | 'hand' | 'reference';
  /** Whose records were touched, or refer. */
  readonly entity: string;
  readonly run: number | null;
  readonly count: number;
  /** Legacy keys of the first of them. */
  readonly keys: readonly string[];
}

/** Whether `--force` may go over it. */
export const isForcible = ({ kind }: RollbackConflict): boolean => kind !== 'reference';

import type { TargetCatalogue } from '../core/catalogue.ts';
import type { EntityCounts } from '../core/events.ts';
import type { KeyBitmap } from '../core/key-bitmap.ts';
import type { EntityPlan } from '../core/plan.ts';
import type { SourceValue } from '../core/record.ts';
import type { SetCheck } from '../core/set-check.ts';
import type { EncodedSlice, SourcePosition } from '../core/slice.ts';

/** Where records go. Implementations: `postgres/` (a server or the embedded database), `memory/` (tests). */
export interface Target {
  readonly kind: 'postgres' | 'embedded' | 'memory';
  /** Most writers that make sense side by side. */
  readonly maxWriters: number;

  /** Tables, columns, keys of the schema. Called once or twice a run. */
  catalogue(schema: string): Promise<TargetCatalogue>;

  /** Opens one writer a partition. Called for each partition of an entity; several may be open side by side. */
  openWriter(request: WriterRequest): Promise<EntityWriter>;

  /** Before the first writer of an entity opens: makes its crosswalk partition and, when nothing of it is there yet, takes the fast path. */
  beginEntity(run: RunRef, entity: EntityPlan): Promise<void>;

  /** After the last batch of an entity: puts indexes and foreign keys back, completes its references to itself. May be repeated. */
  endEntity(run: RunRef, entity: EntityPlan): Promise<void>;

  /** At the end of a run: completes references that could not be known before, reports those still missing. May be repeated. Returns the number of findings. */
  settle(run: RunRef, entities: readonly EntityPlan[]): Promise<number>;

  /**
   * Runs the rules across records over the loaded store, set by set, and writes what they find. After `settle`; may be repeated: what the same run found
   * before is replaced. Returns the number of findings.
   */
  judge(run: RunRef, entities: readonly EntityPlan[], checks: readonly SetCheck[]): Promise<number>;

  close(): Promise<void>;
}

/** The run on whose behalf something is written. */
export interface RunRef {
  readonly id: number;
  readonly office: string;
  /** True when only some units are in scope: a missing parent then means out of scope, not lost. */
  readonly scoped: boolean;
  /** Set for a sync: a target that others may have changed meanwhile, and records that leave it. */
  readonly sync?: SyncRules;
}

export interface SyncRules {
  /** A record that was changed in the target by hand is left alone (finding TARGET_CONFLICT); else it is overwritten, with the same finding. */
  readonly keepConflicts: boolean;
  /** Some units work in the new system already: their records are left as they are (finding UNIT_LIVE). */
  readonly frozen: boolean;
}

export interface WriterRequest {
  readonly run: RunRef;
  readonly entity: EntityPlan;
  readonly partition: number;
  /** Keys seen in this run, shared by all writers of the entity; null when the source itself guarantees that keys are unique. */
  readonly seen: KeyBitmap | null;
  /** Records may be in the target already, written by this very run. */
  readonly again?: boolean;
}

export interface EntityWriter {
  /**
   * Writes one batch: looks parents and hashes up, then rows, crosswalk, findings, rejects, counts and checkpoint in one transaction.
   * Called in order, one at a time. On a transient fault throws a retryable error and has written nothing: the same batch may be given again.
   */
  write(batch: Batch): Promise<BatchOutcome>;
  close(): Promise<void>;
}

/** Slices that are committed together. */
export interface Batch {
  readonly slices: readonly BatchSlice[];
  /** Where the source goes on after the last slice: the checkpoint. */
  readonly next: SourcePosition;
  /** True for the last batch of the partition. */
  readonly last: boolean;
  /** Number of the batch within its partition, from 1; tells after a lost connection whether a commit arrived. */
  readonly number: number;
}

export interface BatchSlice {
  readonly encoded: EncodedSlice;
  /** Source rows whole, by column name, at these positions of the slice; called only for rejects. */
  explain(positions: readonly number[]): Promise<readonly Readonly<Record<string, SourceValue>>[]>;
}

export interface BatchOutcome {
  readonly counts: EntityCounts;
  /** Findings and rejects by severity, for the summary. */
  readonly findings: number;
}

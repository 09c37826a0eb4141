import type { CorrectionOutcome, CorrectionSet } from '../core/correction.ts';
import type { EntityCounts, RunStatus } from '../core/events.ts';
import type { Finding } from '../core/finding.ts';
import type { SourcePosition } from '../core/slice.ts';

/** What the ledger remembers of runs. Implementations: `postgres-ledger.ts` (server and embedded), `memory-ledger.ts` (tests). */
export interface Ledger {
  /** Takes the office's lock, so that one run works at a time; throws EzdError LOCKED with who holds it. The result gives it back. Called once a run. */
  lock(office: string): Promise<() => Promise<void>>;

  /** The office's newest unfinished run of this command with the same scope, or null. */
  findUnfinished(office: string, command: string, options: RunOptions): Promise<RunState | null>;

  /** Begins a run and notes its entities in order. */
  createRun(request: NewRun): Promise<RunState>;

  /** Begins an entity: keeps its partitions. Called once an entity and run; after that the partitions never change. */
  startEntity(
    run: number,
    entity: string,
    partitions: readonly SourcePosition[],
    expectedRows: number | null,
  ): Promise<void>;

  /** Ends an entity. */
  finishEntity(run: number, entity: string): Promise<void>;

  /** Ends a run. `finished` closes it for good; the others can be resumed. Chains its record to the run before it. */
  finishRun(run: number, status: RunStatus, failure?: string): Promise<void>;

  /** A run as it stands, or null. */
  getRun(office: string, id: number): Promise<RunState | null>;

  /** The office's runs, newest first. */
  listRuns(office: string, limit: number): Promise<readonly RunState[]>;

  /** Findings of a run by entity and code. */
  countFindings(run: number): Promise<readonly FindingCount[]>;

  /** Rejects of a run, in order; streams in pages of at most 1,000. With `standing` those of earlier runs come first. */
  rejects(run: number, filter: RejectFilter): AsyncIterable<StoredReject>;

  /** How many rejects stand after a run, those of earlier runs included. */
  countStandingRejects(run: number): Promise<number>;

  /** Findings of a run; streams in pages. */
  findings(run: number, filter: FindingFilter): AsyncIterable<Finding>;

  /**
   * Once the entities are read to their end: corrections of single records that no row stood for become findings CORRECTION_NO_RECORD. May be repeated: what the
   * same run said before is replaced. Returns the number of findings.
   */
  closeCorrections(run: number, entities: readonly string[]): Promise<number>;

  /** What became of the run's corrections, in their order; streams in pages. */
  corrections(run: number, filter: CorrectionFilter): AsyncIterable<UsedCorrection>;

  /** Corrections of a run by entity and outcome. */
  countCorrections(run: number): Promise<readonly CorrectionCount[]>;
}

export interface CorrectionFilter {
  readonly entity?: string;
  readonly outcome?: CorrectionOutcome;
}

/** A correction as it met one record. Values are raw: mask before showing. */
export interface UsedCorrection {
  readonly entity: string;
  readonly key: string;
  /** Source column. */
  readonly field: string;
  /** The value in the source. */
  readonly old: string | null;
  readonly new: string | null;
  readonly outcome: CorrectionOutcome;
  readonly kind: 'record' | 'lookup' | 'rule';
  readonly reason: string;
  readonly author: string;
  /** `YYYY-MM-DD`. */
  readonly date: string | null;
  readonly file: string;
  readonly line: number;
}

export interface CorrectionCount {
  readonly entity: string;
  readonly outcome: CorrectionOutcome;
  readonly count: number;
}

/** What a run was asked to do; two runs with different options never resume each other. */
export interface RunOptions {
  readonly entities: readonly string[] | null;
  readonly units: readonly string[] | null;
  /** Most rows read of each entity; null: all. */
  readonly limit: number | null;
  /** Kind of source (`csv`, `mssql`, `package`): a run is resumed with its own kind, and packages leave alone what a database gave. Absent: not noted. */
  readonly source?: string;
  /** Of a rollback: the run that is taken back, whether over later changes, and why. */
  readonly rollback?: { readonly run: number; readonly force: boolean; readonly reason: string | null };
}

export interface NewRun {
  readonly office: string;
  readonly command: string;
  readonly options: RunOptions;
  readonly planHash: string;
  readonly toolVersion: string;
  readonly host: string;
  readonly user: string;
  readonly entities: readonly { readonly name: string; readonly hash: string }[];
  /** Absent: none. */
  readonly corrections?: CorrectionSet;
}

export interface RunState {
  readonly id: number;
  readonly office: string;
  readonly command: string;
  readonly status: RunStatus | 'rolled-back';
  readonly startedAt: Date;
  readonly finishedAt: Date | null;
  readonly planHash: string;
  /** Hash of the corrections; null or absent: none. */
  readonly correctionsHash?: string | null;
  readonly toolVersion: string;
  readonly options: RunOptions;
  readonly failure: string | null;
  readonly entities: readonly EntityState[];
}

export interface EntityState {
  readonly entity: string;
  readonly status: 'pending' | 'running' | 'finished';
  readonly expectedRows: number | null;
  readonly counts: EntityCounts;
  readonly skipReasons: Readonly<Record<string, number>>;
  readonly partitions: readonly PartitionState[];
}

export interface PartitionState {
  readonly index: number;
  readonly range: SourcePosition;
  /** Where reading goes on. */
  readonly position: SourcePosition;
  readonly batches: number;
  readonly done: boolean;
}

export interface FindingCount {
  readonly entity: string;
  readonly code: string;
  readonly severity: Finding['severity'];
  readonly effect: Finding['effect'];
  readonly count: number;
}

export interface RejectFilter {
  /** With the rejects of earlier runs that still stand after this one: a sync reads only what changed, and says nothing about the others. */
  readonly standing?: boolean;
  readonly entity?: string;
  readonly key?: string;
  readonly code?: string;
}

export interface FindingFilter {
  readonly entity?: string;
  readonly key?: string;
  readonly code?: string;
}

export interface StoredReject {
  readonly id: number;
  /** Run that rejected it. */
  readonly run: number;
  readonly entity: string;
  readonly key: string | null;
  readonly source: Readonly<Record<string, unknown>>;
  readonly reasons: readonly Finding[];
}

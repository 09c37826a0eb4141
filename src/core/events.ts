/** Numbers of one entity in one run. Invariant 1: read = loaded + unchanged + rejected + skipped. */
export interface EntityCounts {
  readonly read: number;
  readonly loaded: number;
  readonly unchanged: number;
  readonly rejected: number;
  readonly skipped: number;
}

/** What the pipeline tells while it works. Progress, journal and report are folds over these. */
export type RunEvent =
  | {
      readonly kind: 'run-started';
      readonly run: number;
      readonly resumed: boolean;
      readonly entities: readonly string[];
    }
  | {
      readonly kind: 'entity-started';
      readonly entity: string;
      readonly expectedRows: number | null;
      readonly counts: EntityCounts;
    }
  | { readonly kind: 'batch-committed'; readonly entity: string; readonly counts: EntityCounts }
  | {
      readonly kind: 'entity-finished';
      readonly entity: string;
      readonly counts: EntityCounts;
      readonly milliseconds: number;
    }
  | {
      readonly kind: 'retry';
      readonly what: string;
      readonly attempt: number;
      readonly waitMilliseconds: number;
      readonly reason: string;
    }
  | { readonly kind: 'note'; readonly code: string; readonly params: Readonly<Record<string, string | number>> }
  | { readonly kind: 'run-finished'; readonly run: number; readonly status: RunStatus };

/** State of a run. `interrupted` and `failed` runs are resumed by `run`. */
export const RUN_STATUSES = ['running', 'finished', 'interrupted', 'failed'] as const;
export type RunStatus = (typeof RUN_STATUSES)[number];

export type Emit = (event: RunEvent) => void;

export const NO_COUNTS: EntityCounts = { read: 0, loaded: 0, unchanged: 0, rejected: 0, skipped: 0 };

export const addCounts = (a: EntityCounts, b: EntityCounts): EntityCounts => ({
  read: a.read + b.read,
  loaded: a.loaded + b.loaded,
  unchanged: a.unchanged + b.unchanged,
  rejected: a.rejected + b.rejected,
  skipped: a.skipped + b.skipped,
});

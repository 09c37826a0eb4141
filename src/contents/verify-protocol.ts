import type { WorkerPool } from './worker-pool.ts';

export interface VerifySetup {
  readonly storeRoot: string;
  readonly shared: SharedArrayBuffer;
  /** Bytes a second over all workers; null: no limit. */
  readonly bandwidth: number | null;
}

/** One file of the store to read back. */
export interface VerifyTask {
  readonly sha256: string;
  readonly size: number;
}

export type VerifyState =
  | { readonly kind: 'good' }
  | { readonly kind: 'missing' }
  /** Other bytes than its name says. */
  | { readonly kind: 'altered'; readonly size: number }
  | { readonly kind: 'unreadable'; readonly reason: string };

/** States in the order of the tasks; shorter when stopped. */
export type VerifyReply = readonly VerifyState[];
export type VerifyPool = WorkerPool<readonly VerifyTask[], VerifyReply>;

import type { HashAlgorithm, PlaceProblem, ReadBytes } from './content.ts';
import type { WorkerPool } from './worker-pool.ts';

/** What a copy worker is started with. */
export interface CopySetup {
  readonly worker: number;
  /** Distinguishes the temporary names of this run from those an earlier one left behind. */
  readonly session: string;
  readonly roots: readonly string[];
  readonly storeRoot: string;
  /** fsync every file before it is closed; false where one call flushes the whole file system later. */
  readonly syncEachFile: boolean;
  readonly shared: SharedArrayBuffer;
  /** Bytes a second over all workers; null: no limit. */
  readonly bandwidth: number | null;
}

/** One file to read. `id` is the sender's and comes back. */
export interface CopyTask {
  readonly id: number;
  readonly segments: readonly string[];
  /** Algorithm of the legacy hash; null: none. */
  readonly algorithm: HashAlgorithm | null;
}

export type CopyPool = WorkerPool<readonly CopyTask[], CopyReply>;

export type CopyOutcome = { readonly id: number } & (
  | {
      readonly kind: 'read';
      readonly read: ReadBytes;
      /** Written here and not yet under its final name; null: these bytes are in the store already, or an earlier outcome of the same worker brings them. */
      readonly temp: string | null;
    }
  | { readonly kind: 'problem'; readonly problem: PlaceProblem }
);

export type CopyReply =
  | { readonly kind: 'done'; readonly outcomes: readonly CopyOutcome[] }
  /** The store cannot be written (`ENOSPC`, `EDQUOT`, `EROFS`, `EIO` …): outcomes before it count, the run stops. */
  | { readonly kind: 'store-failed'; readonly code: string; readonly outcomes: readonly CopyOutcome[] }
  | { readonly kind: 'root-gone'; readonly outcomes: readonly CopyOutcome[] }
  | { readonly kind: 'stopped'; readonly outcomes: readonly CopyOutcome[] };

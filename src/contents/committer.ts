import { mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import type { EzdError } from '../core/errors.ts';
import type { Durability } from './durability.ts';
import type { ContentJournal } from './journal.ts';
import { storeError } from './prepare-store.ts';
import type { SettledContent } from './settle.ts';
import { storeFolder, storePath } from './store-path.ts';

/**
 * Gives contents their final names and records them, many at a time, in this order, each step after the one before is on disk:
 * bytes under temporary names → final names → journal. So a file under its final name is whole, and what the journal calls stored is there, whenever the
 * process is killed or the power fails; at most the contents since the last commit are read again.
 */
export interface Committer {
  /** Adds a content; resolves at once, or when the commits have caught up if too much waits. */
  add(content: SettledContent): Promise<void>;
  /**
   * Adds bytes of a content that is not recorded now. They must get their final names all the same: a later file with equal bytes was not written because
   * these were.
   */
  addBytes(writes: SettledContent['writes']): void;
  /** Commits what waits. Called once, at the end. */
  finish(): Promise<void>;
}

/** When a commit is due: whichever comes first. More a commit is faster, less is less to read again after a crash. */
export interface CommitLimits {
  readonly contents: number;
  readonly bytes: number;
  readonly milliseconds: number;
}
export const COMMIT_LIMITS: CommitLimits = { contents: 1000, bytes: 256 << 20, milliseconds: 2000 };
/** Contents that may wait while a commit is under way. */
const WAITING_LIMIT = 4000;

export function openCommitter(
  storeRoot: string,
  durability: Durability,
  journal: ContentJournal,
  onCommitted: (contents: readonly SettledContent[]) => void,
  limits: CommitLimits = COMMIT_LIMITS,
): Committer {
  const folders = new Set<string>();
  let waiting: SettledContent[] = [];
  let bare: SettledContent['writes'][number][] = [];
  let bytes = 0;
  let since = Date.now();
  let running: Promise<void> | null = null;
  // A commit that failed in the background stops whoever comes next.
  let failure: { readonly error: unknown } | null = null;

  const commitWaiting = async (): Promise<void> => {
    const first = bare;
    const { ready, changed, fault } = prepareFolders(storeRoot, first, waiting, folders);
    waiting = [];
    bare = [];
    bytes = 0;
    since = Date.now();
    await commit(ready, [...first, ...ready.flatMap((content) => content.writes)], changed);
    onCommitted(ready);
    if (fault !== null) throw fault;
  };

  const commit = async (
    contents: readonly SettledContent[],
    writes: SettledContent['writes'],
    made: ReadonlySet<string>,
  ): Promise<void> => {
    if (writes.length > 0) {
      await durability.flushBytes();
      intoStore(() => {
        for (const { temp, sha256 } of writes) renameSync(temp, storePath(storeRoot, sha256));
      });
      await durability.flushNames(made);
    }
    if (contents.length === 0) return;
    await journal.record(
      contents.map((content) => content.record),
      contents.flatMap((content) => content.findings),
    );
  };

  const start = (): Promise<void> => {
    running ??= commitWaiting()
      .catch((error: unknown) => {
        failure = { error };
        throw error;
      })
      .finally(() => {
        running = null;
      });
    return running;
  };

  return {
    add: async (content) => {
      if (failure !== null) throw failure.error;
      waiting.push(content);
      if (content.writes.length > 0) bytes += content.record.size ?? 0;
      const due =
        waiting.length >= limits.contents || bytes >= limits.bytes || Date.now() - since > limits.milliseconds;
      if (!due) return;
      const commitment = start();
      if (waiting.length >= WAITING_LIMIT) await commitment;
      else commitment.catch(() => {});
    },
    addBytes: (writes) => {
      bare.push(...writes);
    },
    finish: async () => {
      if (running !== null) await running;
      if (failure !== null) throw failure.error;
      await start();
    },
  };
}

interface PreparedCommit {
  /** Contents that can be committed: all, or those before the first whose folder could not be made. */
  readonly ready: readonly SettledContent[];
  /** Every folder whose names change, parents of new ones included. */
  readonly changed: ReadonlySet<string>;
  readonly fault: EzdError | null;
}

/**
 * Makes the folders that the names go to. On a full disk the contents whose folders are still to be made give their bytes back and are read again next time; those
 * before are kept. All after the first go, since their bytes may be those of an earlier one.
 */
function prepareFolders(
  storeRoot: string,
  bare: SettledContent['writes'],
  contents: readonly SettledContent[],
  known: Set<string>,
): PreparedCommit {
  const changed = new Set<string>();
  intoStore(() => makeFolders(storeRoot, bare, known, changed));
  for (const [index, { writes }] of contents.entries()) {
    try {
      intoStore(() => makeFolders(storeRoot, writes, known, changed));
    } catch (error) {
      for (const { temp } of contents.slice(index).flatMap((content) => content.writes)) rmSync(temp, { force: true });
      return { ready: contents.slice(0, index), changed, fault: error as EzdError };
    }
  }
  return { ready: contents, changed, fault: null };
}

function makeFolders(
  storeRoot: string,
  writes: SettledContent['writes'],
  known: Set<string>,
  changed: Set<string>,
): void {
  for (const { sha256 } of writes) {
    const folder = storeFolder(storeRoot, sha256);
    if (!known.has(folder)) {
      const made = mkdirSync(folder, { recursive: true, mode: 0o700 });
      if (made !== undefined) changed.add(dirname(folder)).add(storeRoot);
      known.add(folder);
    }
    changed.add(folder);
  }
}

function intoStore<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw storeError((error as NodeJS.ErrnoException).code ?? 'UNKNOWN', error);
  }
}

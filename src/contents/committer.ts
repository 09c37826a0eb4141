import { mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
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
    const contents = waiting;
    const writes = [...bare, ...contents.flatMap((content) => content.writes)];
    waiting = [];
    bare = [];
    bytes = 0;
    since = Date.now();
    await commit(contents, writes);
    onCommitted(contents);
  };

  const commit = async (contents: readonly SettledContent[], writes: SettledContent['writes']): Promise<void> => {
    if (writes.length > 0) {
      const made = intoStore(() => prepareFolders(storeRoot, writes, folders));
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

/** Makes the folders that these names go to; returns every folder whose names change, parents of new ones included. */
function prepareFolders(
  storeRoot: string,
  writes: readonly { readonly sha256: string }[],
  known: Set<string>,
): ReadonlySet<string> {
  const changed = new Set<string>();
  for (const { sha256 } of writes) {
    const folder = storeFolder(storeRoot, sha256);
    changed.add(folder);
    if (known.has(folder)) continue;
    if (mkdirSync(folder, { recursive: true, mode: 0o700 }) !== undefined) changed.add(dirname(folder)).add(storeRoot);
    known.add(folder);
  }
  return changed;
}

function intoStore<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw storeError((error as NodeJS.ErrnoException).code ?? 'UNKNOWN', error);
  }
}

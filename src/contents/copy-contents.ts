import { EzdError } from '../core/errors.ts';
import { openColumnReader } from './column-reader.ts';
import { type CommitLimits, type Committer, openCommitter } from './committer.ts';
import type { ContentItem, ContentPlace, ContentRecord } from './content.ts';
import { type CopyCounter, type CopyCounts, openCopyCounts } from './copy-counts.ts';
import type { CopyPool, CopySetup } from './copy-protocol.ts';
import { defaultJobs } from './default-jobs.ts';
import { openDurability } from './durability.ts';
import { groupsOf, type ItemReader, openItemReader, rootGoneError } from './item-reader.ts';
import type { ContentJournal } from './journal.ts';
import { type Judge, openJudge } from './judge.ts';
import { KRI_EXTENSIONS } from './kri-formats.ts';
import type { ContentLayout } from './layout.ts';
import { isFolder } from './open-place.ts';
import { freeBytes, type PreparedStore, prepareStore, storeError } from './prepare-store.ts';
import type { SettleRules } from './settle.ts';
import { openSharedState, type SharedState } from './shared-state.ts';
import { openWorkerPool } from './worker-pool.ts';

export interface CopyOptions {
  /** What to copy, in any order; read once, a few hundred ahead. */
  readonly items: AsyncIterable<ContentItem>;
  readonly journal: ContentJournal;
  /** Folders of the repository, tried in order; UNC paths too. */
  readonly roots: readonly string[];
  readonly layout: ContentLayout;
  readonly storeRoot: string;
  /** Workers that read side by side; default: one a processor, 2 to 8. */
  readonly jobs?: number;
  /** Bytes a second over all workers; null: no limit. */
  readonly bandwidth?: number | null;
  /** Bytes that must stay free on the store's disk; default 1 GiB. */
  readonly minFree?: number;
  /** Extensions that raise no CONTENT_FORMAT_NOT_KRI; default `KRI_EXTENSIONS`. */
  readonly formats?: readonly string[];
  /** Bytes above which a file gets CONTENT_TOO_LARGE; default 500,000,000. */
  readonly maxSize?: number;
  /** When a commit is due; default `COMMIT_LIMITS`. */
  readonly commit?: CommitLimits;
  /** Opens a value of a binary column as a stream of chunks; needed when items have column places. */
  readonly openColumn?: (place: Extract<ContentPlace, { kind: 'column' }>) => AsyncIterable<Uint8Array>;
  /** Called after every commit and at most twice a second in between. */
  readonly onProgress?: (counts: CopyCounts) => void;
  /** Stops at the next chunk; what is read is committed first, then EzdError INTERRUPTED. */
  readonly signal?: AbortSignal;
}

export const DEFAULT_MAX_SIZE = 500_000_000;
export const DEFAULT_MIN_FREE = 1 << 30;

/**
 * Copies contents into the store and records them. Calling it again goes on: stored contents are not opened. Data problems are findings in the
 * journal; thrown are EzdError TARGET_FULL, TARGET_RIGHTS (the store cannot be written), SOURCE_UNREACHABLE (a root is not there), INTERRUPTED, and the journal's own faults. Whatever is thrown,
 * everything read until then has been committed if that was still possible.
 */
export async function copyContents(options: CopyOptions): Promise<CopyCounts> {
  const copy = await openCopy(options);
  const { shared } = copy;
  const stop = (): void => shared.stop();
  options.signal?.addEventListener('abort', stop, { once: true });
  if (options.signal?.aborted === true) stop();
  try {
    // Each step is taken whatever became of the one before: what was read is committed if that is still possible.
    const faults = [await faultOf(() => readAll(options, copy)), await faultOf(() => copy.reader.drain())];
    const complete = faults.every((each) => each === null) && !shared.stopped();
    faults.push(await faultOf(() => copy.judge.finish(complete)), await faultOf(() => copy.committer.finish()));
    const first = faults.find((each) => each !== null);
    if (first !== undefined) throw first?.error;
    if (shared.stopped()) throw interrupted();
    return copy.counts.current();
  } finally {
    options.signal?.removeEventListener('abort', stop);
    await copy.pool.close();
  }
}

/** The stations a content passes: workers read it, the judge says what is right about it, the committer makes it last. */
interface Copy {
  readonly store: PreparedStore;
  readonly shared: SharedState;
  readonly counts: CopyCounter;
  readonly committer: Committer;
  readonly judge: Judge;
  readonly pool: CopyPool;
  readonly reader: ItemReader;
}

async function openCopy(options: CopyOptions): Promise<Copy> {
  if (!options.roots.every(isFolder)) throw rootGoneError();
  const store = prepareStore(options.storeRoot);
  const durability = await openDurability(store.root);
  const shared = openSharedState();
  const counts = openCopyCounts(shared, options.onProgress);
  const committer = openCommitter(store.root, durability, options.journal, counts.committed, options.commit);
  const judge = openJudge(rulesOf(options), committer);
  const jobs = options.jobs ?? defaultJobs();
  const setup = {
    roots: options.roots,
    storeRoot: store.root,
    session: store.session,
    syncEachFile: durability.kind === 'files',
    shared: shared.buffer,
    bandwidth: options.bandwidth ?? null,
  };
  const pool: CopyPool = openWorkerPool('copy-worker', jobs, (worker): CopySetup => ({ ...setup, worker }));
  const columns = openColumnReader(store, options.openColumn ?? null, shared, setup.syncEachFile);
  const reader = openItemReader({ layout: options.layout, pool, jobs, columns, judge });
  return { store, shared, counts, committer, judge, pool, reader };
}

async function readAll(options: CopyOptions, { store, shared, counts, judge, reader }: Copy): Promise<void> {
  for await (const group of groupsOf(options.items)) {
    if (shared.stopped()) return;
    const known = await options.journal.known(group.map((item) => item.contentId));
    const wanted = group.filter((item) => !isKnown(item, known.get(item.contentId), judge, counts));
    const lost = group.filter((item) => item.noted === null && !wanted.includes(item));
    if (lost.length > 0) await options.journal.noteAgain(lost.map((item) => item.contentId));
    assertRoom(store.root, options.minFree ?? DEFAULT_MIN_FREE, wanted);
    await reader.read(wanted, known);
  }
}

const rulesOf = (options: CopyOptions): SettleRules => ({
  formats: new Set(options.formats ?? KRI_EXTENSIONS),
  maxSize: options.maxSize ?? DEFAULT_MAX_SIZE,
});

async function faultOf(work: () => Promise<void>): Promise<{ readonly error: unknown } | null> {
  try {
    await work();
    return null;
  } catch (error) {
    return { error };
  }
}

/** Stored under the same expectations: nothing to do. A row whose size or hash has changed since is read again. */
function isKnown(item: ContentItem, record: ContentRecord | undefined, judge: Judge, counts: CopyCounter): boolean {
  if (record === undefined || record.status !== 'stored') return false;
  if (record.expectedSize !== item.expectedSize || record.legacyHash !== item.legacyHash) return false;
  judge.remember(record);
  counts.known(record);
  return true;
}

function assertRoom(root: string, minFree: number, items: readonly ContentItem[]): void {
  if (items.length === 0) return;
  const wanted = items.reduce((sum, item) => sum + (item.expectedSize ?? 0), 0);
  if (freeBytes(root) - wanted < minFree) throw storeError('ENOSPC');
}

const interrupted = (): EzdError =>
  new EzdError('INTERRUPTED', 'Copying of contents was interrupted.', {
    hint: 'Run the command again: it goes on where it stopped.',
  });

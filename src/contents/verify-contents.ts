import { mkdirSync, renameSync } from 'node:fs';
import { join, resolve, toNamespacedPath } from 'node:path';
import type { ContentFindingCode } from '../core/content-codes.ts';
import { EzdError } from '../core/errors.ts';
import type { Finding } from '../core/finding.ts';
import type { ContentRecord } from './content.ts';
import { contentFinding } from './content-finding.ts';
import { defaultJobs } from './default-jobs.ts';
import type { ContentJournal, VerifiedDigest } from './journal.ts';
import { storeError } from './prepare-store.ts';
import { openSharedState, type SharedState } from './shared-state.ts';
import { storePath } from './store-path.ts';
import type { VerifyPool, VerifyReply, VerifySetup, VerifyState, VerifyTask } from './verify-protocol.ts';
import { openWorkerPool } from './worker-pool.ts';

export interface VerifyOptions {
  readonly journal: ContentJournal;
  readonly storeRoot: string;
  /** Share of the digests to read, 0 < share ≤ 1; default 1: all. */
  readonly share?: number;
  /** Chooses another sample of the same share; default: the current day's number. */
  readonly seed?: number;
  readonly jobs?: number;
  /** Bytes a second over all workers; null: no limit. */
  readonly bandwidth?: number | null;
  readonly onProgress?: (counts: VerifyCounts) => void;
  /** Stops; what is read is recorded first, then EzdError INTERRUPTED. */
  readonly signal?: AbortSignal;
}

/** Numbers of one verification, in files of the store; checked = good + missing + altered + unreadable. */
export interface VerifyCounts {
  readonly checked: number;
  readonly good: number;
  readonly missing: number;
  readonly altered: number;
  readonly unreadable: number;
  /** Left out by the sample. */
  readonly notSampled: number;
  readonly bytesRead: number;
  /** Contents that have lost their bytes. */
  readonly contentsLost: number;
}

/** All contents with the same bytes. */
interface StoredBytes {
  readonly task: VerifyTask;
  readonly records: ContentRecord[];
}

/**
 * Reads the store back and compares every file with its digest. Contents whose bytes are gone or altered get a finding each and become `failed` in the journal,
 * so that the next copy reads them from the source again; an altered or unreadable file is moved to `<store>/damaged/`, never deleted.
 */
export async function verifyContents(options: VerifyOptions): Promise<VerifyCounts> {
  const root = toNamespacedPath(resolve(options.storeRoot));
  const shared = openSharedState();
  const pool = openVerifyPool(root, shared, options);
  const counts = { checked: 0, good: 0, missing: 0, altered: 0, unreadable: 0, notSampled: 0, contentsLost: 0 };
  const current = (): VerifyCounts => ({ ...counts, bytesRead: shared.bytesRead() });
  const sampled = sampler(options.share ?? 1, options.seed ?? Math.floor(Date.now() / 86_400_000));
  const stop = (): void => shared.stop();
  options.signal?.addEventListener('abort', stop, { once: true });
  try {
    for await (const group of distinctBytes(options.journal.stored())) {
      const wanted = group.filter(({ task }) => sampled(task.sha256));
      counts.notSampled += group.length - wanted.length;
      const states = await readBack(pool, wanted);
      await record(root, options.journal, wanted, states, counts);
      options.onProgress?.(current());
      if (shared.stopped() || options.signal?.aborted === true) throw interrupted();
    }
    return current();
  } finally {
    options.signal?.removeEventListener('abort', stop);
    await pool.close();
  }
}

const openVerifyPool = (root: string, shared: SharedState, { jobs, bandwidth }: VerifyOptions): VerifyPool =>
  openWorkerPool<readonly VerifyTask[], VerifyReply>(
    'verify-worker',
    jobs ?? defaultJobs(),
    (): VerifySetup => ({ storeRoot: root, shared: shared.buffer, bandwidth: bandwidth ?? null }),
  );

/** Records come in order of their digest; equal ones are gathered, also over page borders. */
async function* distinctBytes(pages: AsyncIterable<readonly ContentRecord[]>): AsyncGenerator<readonly StoredBytes[]> {
  let last = null as StoredBytes | null;
  for await (const page of pages) {
    const group: StoredBytes[] = [];
    for (const record of page) {
      if (record.sha256 === null || record.size === null) continue;
      if (last?.task.sha256 === record.sha256) {
        last.records.push(record);
        continue;
      }
      if (last !== null) group.push(last);
      last = { task: { sha256: record.sha256, size: record.size }, records: [record] };
    }
    if (group.length > 0) yield group;
  }
  if (last !== null) yield [last];
}

/** A sample by digest: the same share of small and big, old and new; another seed takes others. */
function sampler(share: number, seed: number): (sha256: string) => boolean {
  if (share >= 1) return () => true;
  const turn = (seed * 0x9e3779b1) >>> 0;
  return (sha256) => ((Number.parseInt(sha256.slice(0, 8), 16) + turn) >>> 0) / 2 ** 32 < share;
}

const LIST_FILES = 64;
const LIST_BYTES = 64 << 20;

/** States in the order of the files; a file without one was not read any more. */
async function readBack(
  pool: VerifyPool,
  files: readonly StoredBytes[],
): Promise<readonly (VerifyState | undefined)[]> {
  const lists: VerifyTask[][] = [];
  let bytes = Number.POSITIVE_INFINITY;
  for (const { task } of files) {
    const last = lists.at(-1);
    if (last === undefined || last.length >= LIST_FILES || bytes + task.size > LIST_BYTES) {
      lists.push([task]);
      bytes = task.size;
    } else {
      last.push(task);
      bytes += task.size;
    }
  }
  const replies = await Promise.all(lists.map(async (list) => ({ list, states: await pool.ask(list) })));
  return replies.flatMap(({ list, states }) => list.map((_, index) => states[index]));
}

const CODES = {
  missing: 'CONTENT_STORE_MISSING',
  altered: 'CONTENT_STORE_ALTERED',
  unreadable: 'CONTENT_STORE_UNREADABLE',
} as const satisfies Record<string, ContentFindingCode>;

async function record(
  root: string,
  journal: ContentJournal,
  files: readonly StoredBytes[],
  states: readonly (VerifyState | undefined)[],
  counts: { -readonly [Name in keyof Omit<VerifyCounts, 'bytesRead'>]: number },
): Promise<void> {
  const results: VerifiedDigest[] = [];
  const findings: Finding[] = [];
  for (const [index, { task, records }] of files.entries()) {
    const state = states[index];
    if (state === undefined) continue;
    counts.checked++;
    counts[state.kind]++;
    const problem = state.kind === 'good' ? null : CODES[state.kind];
    results.push({ sha256: task.sha256, problem });
    if (state.kind === 'good' || problem === null) continue;
    counts.contentsLost += records.length;
    if (state.kind !== 'missing') setAside(root, task.sha256);
    const params = {
      sha256: task.sha256,
      ...(state.kind === 'altered' ? { expected: task.size, found: state.size } : {}),
      ...(state.kind === 'unreadable' ? { reason: state.reason } : {}),
    };
    findings.push(...records.map((content) => contentFinding(problem, content, { params })));
  }
  if (results.length > 0) await journal.recordVerified(results, findings);
}

/** Out of the way of the right bytes, which the next copy brings. */
function setAside(root: string, sha256: string): void {
  const damaged = join(root, 'damaged');
  try {
    mkdirSync(damaged, { recursive: true, mode: 0o700 });
    renameSync(storePath(root, sha256), join(damaged, sha256));
  } catch (cause) {
    throw storeError((cause as NodeJS.ErrnoException).code ?? 'UNKNOWN', cause);
  }
}

const interrupted = (): EzdError =>
  new EzdError('INTERRUPTED', 'Verification of contents was interrupted.', {
    hint: 'What was read is noted; run the command again for the rest.',
  });

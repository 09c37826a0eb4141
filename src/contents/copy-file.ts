import { createHash, type Hash, hash } from 'node:crypto';
import {
  closeSync,
  fdatasync,
  fstatSync,
  fsyncSync,
  openSync,
  readSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { HashAlgorithm, PlaceProblem, ReadBytes } from './content.ts';
import type { CopySetup, CopyTask } from './copy-protocol.ts';
import { type FileView, VIEW_BYTES } from './file-view.ts';
import { sniffMediaType } from './media-type.ts';
import type { PlaceOpener } from './open-place.ts';
import type { SharedState } from './shared-state.ts';
import { recogniseSignature } from './signature.ts';
import { storePath, tempFolder } from './store-path.ts';

/** What a copier keeps between files: one read buffer, and the digests written since the list in work began. */
export interface Copier {
  readonly setup: CopySetup;
  readonly source: PlaceOpener;
  readonly shared: SharedState;
  readonly buffer: Buffer;
  readonly written: Set<string>;
  nextTemp: number;
}

export type CopyResult =
  | { readonly kind: 'read'; readonly read: ReadBytes; readonly temp: string | null }
  | { readonly kind: 'problem'; readonly problem: PlaceProblem };

/** The store refused bytes; `code` is the system's. */
export class StoreFailure extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}
export class CopyStopped extends Error {}

/** A file that fits is read whole, hashed in one call and not written at all when the store has it. */
const flushData = promisify(fdatasync);

export const BUFFER_BYTES = 2 * VIEW_BYTES;

/**
 * Reads one file once: hashes it, looks at it, writes it under a temporary name. Synchronous calls on purpose: in a worker they cost a tenth of the
 * asynchronous ones, which is what small files are made of.
 */
export async function copyFile(copier: Copier, task: CopyTask): Promise<CopyResult> {
  const first = await copyOnce(copier, task);
  // Somebody may have been writing it just now: once more, then it is a finding.
  return first.kind === 'problem' && first.problem.kind === 'changing' ? copyOnce(copier, task) : first;
}

async function copyOnce(copier: Copier, task: CopyTask): Promise<CopyResult> {
  const opened = copier.source.open(task.segments);
  if ('problem' in opened) return { kind: 'problem', problem: opened.problem };
  try {
    const small = opened.stats.size < copier.buffer.length;
    const copy = small
      ? copyWhole(copier, opened.fd, task.algorithm)
      : await copyStreamed(copier, opened.fd, task.algorithm);
    const now = fstatSync(opened.fd);
    if (copy.size !== now.size || now.size !== opened.stats.size || now.mtimeMs !== opened.stats.mtimeMs) {
      discard(copier, copy);
      return { kind: 'problem', problem: { kind: 'changing' } };
    }
    const { temp, view, ...digests } = copy;
    const seen = { mediaType: await sniffMediaType(view), signature: recogniseSignature(view) };
    return { kind: 'read', temp, read: { ...digests, ...seen } };
  } catch (error) {
    if (!(error instanceof ReadFailure)) throw error;
    return { kind: 'problem', problem: { kind: 'unreadable', reason: error.code } };
  } finally {
    closeSync(opened.fd);
  }
}

interface Copy {
  readonly sha256: string;
  readonly size: number;
  readonly legacyDigest: string | null;
  readonly temp: string | null;
  readonly view: FileView;
}

function copyWhole(copier: Copier, fd: number, algorithm: HashAlgorithm | null): Copy {
  let size = 0;
  for (let count = -1; count !== 0; size += count) {
    count = read(fd, copier.buffer, size, copier.buffer.length - size);
  }
  const bytes = copier.buffer.subarray(0, size);
  copier.shared.spend(size, copier.setup.bandwidth);
  const sha256 = hash('sha256', bytes, 'hex');
  const legacyDigest = algorithm === null ? null : algorithm === 'sha256' ? sha256 : hash(algorithm, bytes, 'hex');
  const temp = hasStored(copier, sha256, size) ? null : writeWhole(copier, bytes);
  copier.written.add(sha256);
  return { sha256, size, legacyDigest, temp, view: { head: bytes, tail: bytes, whole: true, size } };
}

async function copyStreamed(copier: Copier, fd: number, algorithm: HashAlgorithm | null): Promise<Copy> {
  const ours = createHash('sha256');
  const theirs = algorithm === null || algorithm === 'sha256' ? null : createHash(algorithm);
  const temp = nextTemp(copier);
  const out = intoStore(() => openSync(temp, 'wx', 0o600));
  let parts: StreamedParts;
  try {
    parts = await pump(copier, fd, out, theirs === null ? [ours] : [ours, theirs]);
    if (copier.setup.syncEachFile) intoStore(() => fsyncSync(out));
  } catch (error) {
    closeSync(out);
    unlinkSync(temp);
    throw error;
  }
  closeSync(out);
  const sha256 = ours.digest('hex');
  const legacyDigest = algorithm === 'sha256' ? sha256 : (theirs?.digest('hex') ?? null);
  const stored = hasStored(copier, sha256, parts.size);
  if (stored) unlinkSync(temp);
  copier.written.add(sha256);
  const view = { head: parts.head, tail: parts.tail, whole: false, size: parts.size };
  return { sha256, size: parts.size, legacyDigest, temp: stored ? null : temp, view };
}

/**
 * A big file is sent to the disk while it is still being written: the disk works from the beginning, and the flush at the end finds little to do. At most two
 * stretches are dirty at a time.
 */
const FLUSH_BYTES = 64 << 20;

function startFlush(fd: number): Promise<void> {
  const flush = flushData(fd).catch((error: unknown) => {
    throw new StoreFailure((error as NodeJS.ErrnoException).code ?? 'UNKNOWN');
  });
  // Awaited one stretch later; a failure until then is not an unhandled one.
  flush.catch(() => {});
  return flush;
}

interface StreamedParts {
  readonly size: number;
  readonly head: Buffer;
  readonly tail: Buffer;
}

/** Chunks alternate between the two halves of the buffer, so that the last two, and with them the end of the file, are still there at the end. */
async function pump(copier: Copier, from: number, to: number, hashes: readonly Hash[]): Promise<StreamedParts> {
  const { buffer, shared, setup } = copier;
  let size = 0;
  let head: Buffer = Buffer.alloc(0);
  let previous: Buffer = Buffer.alloc(0);
  let last: Buffer = Buffer.alloc(0);
  let flushing: Promise<void> = Promise.resolve();
  try {
    for (let half = 0; ; half = VIEW_BYTES - half) {
      if (shared.stopped()) throw new CopyStopped();
      const count = read(from, buffer, half, VIEW_BYTES);
      if (count === 0) break;
      const bytes = buffer.subarray(half, half + count);
      for (const each of hashes) each.update(bytes);
      intoStore(() => writeAll(to, bytes));
      if (size === 0) head = Buffer.from(bytes);
      size += count;
      shared.spend(count, setup.bandwidth);
      previous = last;
      last = bytes;
      if (size % FLUSH_BYTES >= count) continue;
      await flushing;
      flushing = startFlush(to);
    }
    await flushing;
    return { size, head, tail: Buffer.concat([previous.subarray(last.length), last]) };
  } finally {
    // The descriptor is closed next: nothing may still be using it.
    await flushing.catch(() => {});
  }
}

function writeWhole(copier: Copier, bytes: Buffer): string {
  const temp = nextTemp(copier);
  return intoStore(() => {
    const out = openSync(temp, 'wx', 0o600);
    try {
      writeAll(out, bytes);
      if (copier.setup.syncEachFile) fsyncSync(out);
    } catch (error) {
      // Half a file only takes room that the commit of the whole ones may need.
      unlinkSync(temp);
      throw error;
    } finally {
      closeSync(out);
    }
    return temp;
  });
}

function writeAll(fd: number, bytes: Buffer): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
}

/** A file under its final name is whole and on disk (see `committer.ts`), so that its presence and size are enough. */
function hasStored(copier: Copier, sha256: string, size: number): boolean {
  if (copier.written.has(sha256)) return true;
  return statSync(storePath(copier.setup.storeRoot, sha256), { throwIfNoEntry: false })?.size === size;
}

const nextTemp = (copier: Copier): string =>
  join(tempFolder(copier.setup.storeRoot), `${copier.setup.session}-${copier.setup.worker}-${copier.nextTemp++}`);

function discard(copier: Copier, copy: Copy): void {
  copier.written.delete(copy.sha256);
  if (copy.temp !== null) unlinkSync(copy.temp);
}

class ReadFailure extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

function read(fd: number, into: Buffer, at: number, length: number): number {
  try {
    return readSync(fd, into, at, length, null);
  } catch (error) {
    throw new ReadFailure((error as NodeJS.ErrnoException).code ?? 'UNKNOWN');
  }
}

/** Runs a write; what goes wrong is the store's fault, not the file's. */
function intoStore<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw new StoreFailure((error as NodeJS.ErrnoException).code ?? 'UNKNOWN');
  }
}

import { createHash, hash } from 'node:crypto';
import { closeSync, fsync, openSync, statSync, unlinkSync, writeSync } from 'node:fs';
import { type FileHandle, open, unlink } from 'node:fs/promises';
import { promisify } from 'node:util';
import type { ReadBytes } from './content.ts';
import { type FileView, VIEW_BYTES } from './file-view.ts';
import { guessLegacyHash } from './legacy-hash.ts';
import { sniffMediaType } from './media-type.ts';
import type { ReadOutcome } from './place-outcome.ts';
import type { SharedState } from './shared-state.ts';
import { recogniseSignature } from './signature.ts';
import { storePath } from './store-path.ts';

/** Where the bytes of one value go. */
export interface Destination {
  readonly temp: string;
  readonly root: string;
  readonly shared: SharedState;
  /** What is written is flushed at once, since nothing flushes the whole file system later. */
  readonly syncEachFile: boolean;
}

/** What was read, and the temporary file that has it; null: the store had it already. */
export type CopiedValue = Pick<ReadOutcome, 'temp' | 'read'>;

/** Copies a value that comes in chunks: a small one whole, a big one as a stream. Throws StoreFault, and what the chunks throw. */
export async function copyValue(
  chunks: AsyncIterable<Uint8Array>,
  legacyHash: string | null,
  to: Destination,
): Promise<CopiedValue> {
  const { first, rest } = await beginningOf(chunks);
  return rest === null ? copyWhole(first, legacyHash, to) : copyStreamed(rest, legacyHash, to);
}

/** The whole value when it fits into a view, else a stream of all of it. */
async function beginningOf(
  chunks: AsyncIterable<Uint8Array>,
): Promise<{ readonly first: Buffer; readonly rest: AsyncIterable<Uint8Array> | null }> {
  const iterator = chunks[Symbol.asyncIterator]();
  const taken: Uint8Array[] = [];
  for (let size = 0; size <= VIEW_BYTES; ) {
    const next = await iterator.next();
    if (next.done === true) return { first: wholeOf(taken), rest: null };
    // A driver may fill the same memory again.
    taken.push(Uint8Array.from(next.value));
    size += next.value.byteLength;
  }
  return { first: Buffer.alloc(0), rest: joined(taken, iterator) };
}

/** One chunk is the whole value as it is; most values of packages come so. */
function wholeOf([only, ...more]: readonly Uint8Array[]): Buffer {
  if (only === undefined) return Buffer.alloc(0);
  if (more.length > 0) return Buffer.concat([only, ...more]);
  return Buffer.from(only.buffer, only.byteOffset, only.byteLength);
}

async function* joined(taken: readonly Uint8Array[], iterator: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* taken;
    yield* { [Symbol.asyncIterator]: () => iterator };
  } finally {
    await iterator.return?.();
  }
}

const flush = promisify(fsync);

/** A small value is hashed in one call and not written at all when the store has it. */
async function copyWhole(bytes: Buffer, legacyHash: string | null, to: Destination): Promise<CopiedValue> {
  const size = bytes.length;
  to.shared.spend(size, null);
  const sha256 = hash('sha256', bytes, 'hex');
  const algorithm = guessLegacyHash(legacyHash)?.algorithm;
  const legacyDigest = algorithm === undefined ? null : hash(algorithm, bytes, 'hex');
  const stored = isStored(to.root, sha256, size);
  if (!stored) await writeWhole(to, bytes);
  return {
    temp: stored ? null : to.temp,
    read: await lookAt({ head: bytes, tail: bytes, whole: true, size }, { sha256, legacyDigest }),
  };
}

async function writeWhole({ temp, syncEachFile }: Destination, bytes: Buffer): Promise<void> {
  await intoStore(async () => {
    const out = openSync(temp, 'wx', 0o600);
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(out, bytes, at);
      if (syncEachFile) await flush(out);
    } catch (error) {
      // Half a file only takes room that the commit of the whole ones may need.
      unlinkSync(temp);
      throw error;
    } finally {
      closeSync(out);
    }
  });
}

async function copyStreamed(
  chunks: AsyncIterable<Uint8Array>,
  legacyHash: string | null,
  { temp, root, shared, syncEachFile }: Destination,
): Promise<CopiedValue> {
  const out = await intoStore(() => open(temp, 'wx', 0o600));
  const legacy = guessLegacyHash(legacyHash);
  const digests = { ours: createHash('sha256'), theirs: legacy === null ? null : createHash(legacy.algorithm) };
  const view = openViewBuilder();
  try {
    for await (const chunk of chunks) {
      digests.ours.update(chunk);
      digests.theirs?.update(chunk);
      view.add(chunk);
      shared.spend(chunk.byteLength, null);
      await intoStore(() => writeAll(out, chunk));
    }
    if (syncEachFile) await intoStore(() => out.sync());
  } catch (error) {
    await out.close();
    await unlink(temp);
    throw error;
  }
  await out.close();
  const seen = view.build();
  const sha256 = digests.ours.digest('hex');
  const stored = isStored(root, sha256, seen.size);
  if (stored) await unlink(temp);
  const legacyDigest = digests.theirs?.digest('hex') ?? null;
  return { temp: stored ? null : temp, read: await lookAt(seen, { sha256, legacyDigest }) };
}

async function lookAt(view: FileView, digests: Pick<ReadBytes, 'sha256' | 'legacyDigest'>): Promise<ReadBytes> {
  return {
    ...digests,
    size: view.size,
    mediaType: await sniffMediaType(view),
    signature: recogniseSignature(view),
  };
}

/** Keeps beginning and end of what passes by. */
function openViewBuilder(): { add(chunk: Uint8Array): void; build(): FileView } {
  let size = 0;
  let head: Buffer = Buffer.alloc(0);
  let ends: Uint8Array[] = [];
  let kept = 0;
  return {
    add: (chunk) => {
      size += chunk.byteLength;
      if (head.length < VIEW_BYTES) head = Buffer.concat([head, chunk.subarray(0, VIEW_BYTES - head.length)]);
      ends.push(Uint8Array.from(chunk));
      kept += chunk.byteLength;
      for (let first = ends[0]; first !== undefined && kept - first.byteLength >= VIEW_BYTES; first = ends[0]) {
        kept -= first.byteLength;
        ends.shift();
      }
    },
    build: () => {
      if (size <= VIEW_BYTES) return { head, tail: head, whole: true, size };
      const tail = Buffer.concat(ends).subarray(-VIEW_BYTES);
      ends = [];
      return { head, tail, whole: false, size };
    },
  };
}

async function writeAll(out: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let at = 0; at < chunk.byteLength; ) at += (await out.write(chunk, at)).bytesWritten;
}

function isStored(root: string, sha256: string, size: number): boolean {
  try {
    return statSync(storePath(root, sha256), { throwIfNoEntry: false })?.size === size;
  } catch {
    return false;
  }
}

/** The store refused bytes; `code` is the system's. */
export class StoreFault extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

async function intoStore<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    throw new StoreFault((error as NodeJS.ErrnoException).code ?? 'UNKNOWN');
  }
}

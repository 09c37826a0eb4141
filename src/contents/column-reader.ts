import { createHash } from 'node:crypto';
import { type FileHandle, open, stat, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { EzdError } from '../core/errors.ts';
import type { ContentPlace } from './content.ts';
import { type FileView, VIEW_BYTES } from './file-view.ts';
import { guessLegacyHash } from './legacy-hash.ts';
import { sniffMediaType } from './media-type.ts';
import type { PlaceOutcome } from './place-outcome.ts';
import { type PreparedStore, storeError } from './prepare-store.ts';
import type { SharedState } from './shared-state.ts';
import { recogniseSignature } from './signature.ts';
import { storePath, tempFolder } from './store-path.ts';

export type ColumnPlace = Extract<ContentPlace, { kind: 'column' }>;

/** Reads values of binary columns chunk by chunk: a value of 2 GiB is never whole in memory. */
export interface ColumnReader {
  read(place: ColumnPlace, legacyHash: string | null): Promise<PlaceOutcome>;
}

export type OpenColumn = (place: ColumnPlace) => AsyncIterable<Uint8Array>;

export function openColumnReader(
  store: PreparedStore,
  openColumn: OpenColumn | null,
  shared: SharedState,
): ColumnReader {
  let next = 0;
  return {
    read: async (place, legacyHash) => {
      if (openColumn === null) return { place, kind: 'problem', problem: { kind: 'no-path', reason: 'database' } };
      const temp = join(tempFolder(store.root), `${store.session}-column-${next++}`);
      return copyColumn(place, openColumn(place), legacyHash, { temp, root: store.root, shared });
    },
  };
}

interface Destination {
  readonly temp: string;
  readonly root: string;
  readonly shared: SharedState;
}

async function copyColumn(
  place: ColumnPlace,
  chunks: AsyncIterable<Uint8Array>,
  legacyHash: string | null,
  destination: Destination,
): Promise<PlaceOutcome> {
  const { temp, root, shared } = destination;
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
    await intoStore(() => out.sync());
  } catch (error) {
    await out.close();
    await unlink(temp);
    if (error instanceof StoreFault) throw storeError(error.code);
    return problem(place, error);
  }
  await out.close();
  const seen = view.build();
  const sha256 = digests.ours.digest('hex');
  const stored = await isStored(root, sha256, seen.size);
  if (stored) await unlink(temp);
  return {
    place,
    kind: 'read',
    temp: stored ? null : temp,
    read: {
      sha256,
      size: seen.size,
      legacyDigest: digests.theirs?.digest('hex') ?? null,
      mediaType: await sniffMediaType(seen),
      signature: recogniseSignature(seen),
    },
  };
}

/** A lost connection stops the copy, to be resumed; a value that is not there is the content's own problem. */
function problem(place: ColumnPlace, error: unknown): PlaceOutcome {
  if (error instanceof EzdError && error.code !== 'SOURCE_MISSING') throw error;
  if (error instanceof EzdError) return { place, kind: 'problem', problem: { kind: 'missing' } };
  const reason = (error as { code?: unknown }).code;
  return {
    place,
    kind: 'problem',
    problem: { kind: 'unreadable', reason: typeof reason === 'string' ? reason : 'UNKNOWN' },
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

const isStored = (root: string, sha256: string, size: number): Promise<boolean> =>
  stat(storePath(root, sha256)).then(
    (stats) => stats.size === size,
    () => false,
  );

class StoreFault extends Error {
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

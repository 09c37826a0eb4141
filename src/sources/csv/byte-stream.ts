import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { EzdError } from '../../core/errors.ts';

/** Bytes asked from the disk at a time. */
export const CHUNK_BYTES = 1024 * 1024;

/** A dump file: plain or gzip. */
export interface DumpFile {
  readonly path: string;
  readonly gzip: boolean;
}

/**
 * Bytes of a dump file from an offset of its unpacked content: a plain file is read from there, a gzip file is unpacked and skipped up to it.
 * Throws SOURCE_UNREADABLE when the disk or the gzip data fail.
 */
export async function* readBytes(file: DumpFile, offset: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  try {
    if (file.gzip) yield* readGzip(file.path, offset, signal);
    else yield* readPlain(file.path, offset, signal);
  } catch (error) {
    if (signal.aborted) throw error;
    throw unreadable(file, error);
  }
}

/** The first bytes of the unpacked content, at most `limit`. */
export async function readStart(file: DumpFile, limit: number): Promise<Buffer> {
  const stop = new AbortController();
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of readBytes(file, 0, stop.signal)) {
    parts.push(chunk);
    length += chunk.length;
    if (length >= limit) break;
  }
  return Buffer.concat(parts).subarray(0, limit);
}

async function* readPlain(path: string, offset: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const handle = await open(path, 'r');
  try {
    for (let at = offset; ; ) {
      signal.throwIfAborted();
      const chunk = new Uint8Array(CHUNK_BYTES);
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, at);
      if (bytesRead === 0) return;
      at += bytesRead;
      yield bytesRead === CHUNK_BYTES ? chunk : chunk.subarray(0, bytesRead);
    }
  } finally {
    await handle.close();
  }
}

async function* readGzip(path: string, offset: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: CHUNK_BYTES });
  const unpacked = createGunzip({ chunkSize: CHUNK_BYTES });
  file.on('error', (error) => unpacked.destroy(error));
  file.pipe(unpacked);
  try {
    let at = 0;
    for await (const piece of unpacked) {
      signal.throwIfAborted();
      const chunk: Uint8Array = piece;
      const skip = Math.min(chunk.length, Math.max(0, offset - at));
      at += chunk.length;
      if (skip < chunk.length) yield chunk.subarray(skip);
    }
  } finally {
    file.destroy();
    unpacked.destroy();
  }
}

function unreadable(file: DumpFile, cause: unknown): EzdError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new EzdError('SOURCE_UNREADABLE', `Cannot read ${file.path}: ${reason}`, {
    subject: file.path,
    hint: file.gzip
      ? 'Check that the file was copied whole (gzip -t) and that this account may read it.'
      : 'Check that the file was copied whole and that this account may read it.',
    cause,
  });
}

import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { decode, decodeLongPath, decodePax, type TarHeader } from 'tar-stream/headers.js';
import { ARCHIVE_LIMITS, type Archive, type ArchiveLimits } from './archive.ts';
import { type ArchiveList, listOnce } from './archive-lists.ts';
import { type FileBook, openFileBook } from './file-book.ts';
import { bombFault, brokenArchive } from './package-fault.ts';
import { safeName } from './safe-name.ts';

const BLOCK = 512;
const CHUNK = 1 << 20;
/** A long name or a PAX header over this is no name any more. */
const LONG_HEADER = 1 << 20;

/**
 * Reads an uncompressed TAR by its headers alone, skipping the contents, so that a package of many gigabytes is listed in seconds. GNU and PAX long names;
 * modes and owners are not looked at; links, devices and pipes are never followed.
 */
export function openTar(path: string, limits: ArchiveLimits = ARCHIVE_LIMITS): Archive {
  const fd = openSync(path, 'r');
  try {
    const stats = fstatSync(fd);
    const list = listOnce(path, stats, limits, () => listTar(path, fd, stats.size, limits));
    return {
      kind: 'tar',
      files: list.files,
      remarks: list.remarks,
      open: (file) => readRange(path, fd, file.at, file.size),
      close: async () => closeSync(fd),
    };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

interface Long {
  name: string | null;
  size: number | null;
}

function listTar(path: string, fd: number, end: number, limits: ArchiveLimits): ArchiveList {
  const book = openFileBook();
  const { files, remarks } = book;
  const block = Buffer.alloc(BLOCK);
  let long: Long = { name: null, size: null };
  let total = 0;
  let at = 0;
  for (;;) {
    if (at + BLOCK > end) {
      // Behind a whole file the mark may just be missing; a part of a block is what a broken transfer leaves.
      remarks.push({ code: at === end ? 'PACKAGE_NO_END' : 'PACKAGE_TRUNCATED' });
      return { files, remarks };
    }
    const header = readHeader(path, fd, at, block);
    if (header === null) return { files, remarks };
    const size = long.size ?? header.size;
    const content = at + BLOCK;
    if (content + size > end) {
      remarks.push({ code: 'PACKAGE_TRUNCATED', path: long.name ?? header.name });
      return { files, remarks };
    }
    at = content + Math.ceil(size / BLOCK) * BLOCK;
    if (isLongHeader(header)) {
      long = readLong(path, fd, header, content, long);
      continue;
    }
    const added = addFile(book, long.name ?? header.name, header, size, content);
    long = { name: null, size: null };
    if (!added) continue;
    total += size;
    if (total > limits.totalBytes || files.length > limits.files) throw bombFault(path, `${total} bytes`);
  }
}

function addFile(book: FileBook, raw: string, header: TarHeader, size: number, at: number): boolean {
  if (header.type === 'directory' || raw.endsWith('/')) return false;
  if (header.type !== 'file' && header.type !== 'contiguous-file') {
    book.remarks.push({ code: 'PACKAGE_NOT_A_FILE', path: raw, params: { type: header.type ?? 'unknown' } });
    return false;
  }
  const name = safeName(raw);
  if ('refused' in name) {
    book.remarks.push(name.refused);
    return false;
  }
  book.remarks.push(...name.remarks);
  return book.add({ path: name.path, size, at });
}

const isLongHeader = ({ type }: TarHeader): boolean =>
  type === 'gnu-long-path' || type === 'gnu-long-link-path' || type === 'pax-header' || type === 'pax-global-header';

function readLong(path: string, fd: number, header: TarHeader, at: number, long: Long): Long {
  if (header.size > LONG_HEADER) throw brokenArchive(path, 'a name of more than a mebibyte');
  const content = Buffer.alloc(header.size);
  readSync(fd, content, 0, header.size, at);
  if (header.type === 'gnu-long-path') return { ...long, name: decodeLongPath(content, 'utf-8') };
  if (header.type !== 'pax-header') return long;
  const pax = decodePax(content);
  const size = pax['size'] === undefined ? Number.NaN : Number(pax['size']);
  return { name: pax['path'] ?? long.name, size: Number.isSafeInteger(size) && size >= 0 ? size : long.size };
}

/** `block` is filled anew: a buffer for each of hundreds of thousands of headers would leave more memory behind than all names take. */
function readHeader(path: string, fd: number, at: number, block: Buffer): TarHeader | null {
  if (readSync(fd, block, 0, BLOCK, at) < BLOCK)
    throw brokenArchive(path, `no TAR header where one should be (byte ${at})`);
  try {
    return decode(block, 'utf-8', true);
  } catch (cause) {
    throw brokenArchive(path, `no TAR header where one should be (byte ${at})`, cause);
  }
}

/** Bytes of a file inside another, without holding more than a chunk. */
export async function* readRange(path: string, fd: number, start: number, size: number): AsyncGenerator<Uint8Array> {
  for (let done = 0; done < size; ) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size - done));
    const count = readSync(fd, chunk, 0, chunk.length, start + done);
    if (count === 0) throw brokenArchive(path, 'it ends in the middle of a file');
    done += count;
    yield chunk.subarray(0, count);
  }
}

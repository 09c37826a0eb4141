import { crc32 } from 'node:zlib';
import { Entry, fromBuffer, open, type ZipFile } from 'yauzl';
import { openNumberList } from '../../core/number-list.ts';
import { ARCHIVE_LIMITS, type Archive, type ArchiveLimits, type FileList, type Remark } from './archive.ts';
import { type FileBook, openFileBook } from './file-book.ts';
import { bombFault, brokenArchive } from './package-fault.ts';
import { safeName } from './safe-name.ts';

const BOMB_BYTES = 10_000_000;
const LIMITED = { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true } as const;

/** Opens a ZIP by its central directory. Sizes are checked while reading: no file gives more bytes than the directory says. */
export async function openZip(
  path: string,
  from: Buffer | null = null,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<Archive> {
  const zip = await openFile(path, from);
  try {
    const { entries, files, remarks } = await listZip(path, zip, limits);
    return {
      kind: 'zip',
      files,
      remarks,
      open: (file) => readEntry(path, zip, entries.at(file.at)),
      close: async () => zip.close(),
    };
  } catch (error) {
    zip.close();
    throw error;
  }
}

function openFile(path: string, from: Buffer | null): Promise<ZipFile> {
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, zip: ZipFile | undefined): void =>
      zip === undefined ? reject(brokenArchive(path, 'it is no readable ZIP', error)) : resolve(zip);
    if (from === null) open(path, LIMITED, done);
    else fromBuffer(from, LIMITED, done);
  });
}

interface Listed {
  readonly entries: EntryList;
  readonly files: FileList;
  readonly remarks: readonly Remark[];
}

function listZip(path: string, zip: ZipFile, limits: ArchiveLimits): Promise<Listed> {
  const entries = openEntryList();
  const book = openFileBook();
  let total = 0;
  return new Promise((resolve, reject) => {
    zip.on('error', (error: unknown) => reject(brokenArchive(path, 'its directory cannot be read', error)));
    zip.on('end', () => {
      if (entries.overlap()) reject(bombFault(path, 'files that lie over each other'));
      else resolve({ entries, files: book.files, remarks: book.remarks });
    });
    zip.on('entry', (entry: Entry) => {
      if (addFile(book, entry, entries.push(entry))) {
        total += entry.uncompressedSize;
        const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
        if (entry.uncompressedSize > BOMB_BYTES && ratio > limits.ratio) {
          reject(bombFault(path, `a file of ${entry.uncompressedSize} bytes packed ${Math.round(ratio)} times`));
          return;
        }
        if (total > limits.totalBytes || book.files.length > limits.files) {
          reject(bombFault(path, `${total} bytes in ${book.files.length} files`));
          return;
        }
      }
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** What of the central directory is needed to read a file later, in 36 bytes an entry. */
interface EntryList {
  push(entry: Entry): number;
  at(index: number): Entry;
  /** Whether packed bytes of two files share a place: small archives that unpack to petabytes are made so. */
  overlap(): boolean;
}

function openEntryList(): EntryList {
  const starts = openNumberList((length) => new Float64Array(length));
  const packed = openNumberList((length) => new Float64Array(length));
  const sizes = openNumberList((length) => new Float64Array(length));
  const sums = openNumberList((length) => new Uint32Array(length));
  const methods = openNumberList((length) => new Uint32Array(length));
  const flags = openNumberList((length) => new Uint32Array(length));
  return {
    push: (entry) => {
      packed.push(entry.compressedSize);
      sizes.push(entry.uncompressedSize);
      sums.push(entry.crc32);
      methods.push(entry.compressionMethod);
      flags.push(entry.generalPurposeBitFlag);
      return starts.push(entry.relativeOffsetOfLocalHeader);
    },
    at: (index) =>
      Object.assign(new Entry(), {
        relativeOffsetOfLocalHeader: starts.at(index),
        compressedSize: packed.at(index),
        uncompressedSize: sizes.at(index),
        crc32: sums.at(index),
        compressionMethod: methods.at(index),
        generalPurposeBitFlag: flags.at(index),
      }),
    overlap: () => {
      const order = Uint32Array.from({ length: starts.length }, (_, index) => index)
        .filter((index) => packed.at(index) > 0)
        .sort((a, b) => starts.at(a) - starts.at(b));
      return order.some((entry, index) => {
        const before = order[index - 1];
        return before !== undefined && starts.at(before) + 30 + packed.at(before) > starts.at(entry);
      });
    },
  };
}

/** Unix file types in the upper half of the external attributes. */
const LINK = 0o120000;
const TYPE = 0o170000;

function addFile(book: FileBook, entry: Entry, at: number): boolean {
  const { name: raw, guessed } = nameOf(entry);
  if (raw.endsWith('/') || raw.endsWith('\\')) return false;
  const type = (entry.externalFileAttributes >>> 16) & TYPE;
  if (type === LINK || (type !== 0 && type !== 0o100000)) {
    book.remarks.push({
      code: 'PACKAGE_NOT_A_FILE',
      path: raw,
      params: { type: type === LINK ? 'symlink' : 'other' },
    });
    return false;
  }
  const name = safeName(raw);
  if ('refused' in name) {
    book.remarks.push(name.refused);
    return false;
  }
  book.remarks.push(...name.remarks);
  if (guessed) book.remarks.push({ code: 'PACKAGE_NAME_ENCODING', path: name.path });
  return book.add({ path: name.path, size: entry.uncompressedSize, at });
}

/** UTF-8, whether the flag says so or not; else code page 852, which Polish Windows writes. */
function nameOf(entry: Entry): { name: string; guessed: boolean } {
  const bytes = entry.fileName as unknown as Buffer;
  try {
    return { name: new TextDecoder('utf-8', { fatal: true }).decode(bytes), guessed: false };
  } catch {
    return {
      name: [...bytes].map((byte) => (byte < 128 ? String.fromCharCode(byte) : (CP852[byte] ?? '_'))).join(''),
      guessed: true,
    };
  }
}

const CP852: Readonly<Record<number, string>> = {
  165: 'ą',
  134: 'ć',
  169: 'ę',
  136: 'ł',
  228: 'ń',
  162: 'ó',
  152: 'ś',
  171: 'ź',
  190: 'ż',
  164: 'Ą',
  143: 'Ć',
  168: 'Ę',
  157: 'Ł',
  227: 'Ń',
  224: 'Ó',
  151: 'Ś',
  141: 'Ź',
  189: 'Ż',
};

async function* readEntry(path: string, zip: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await new Promise<AsyncIterable<Buffer>>((resolve, reject) => {
    zip.openReadStream(entry, (error, opened) =>
      opened === undefined ? reject(brokenArchive(path, 'a file in it cannot be opened', error)) : resolve(opened),
    );
  });
  let sum = 0;
  try {
    for await (const chunk of stream) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch (error) {
    throw brokenArchive(path, 'a file in it is damaged', error);
  }
  if (sum !== entry.crc32) throw brokenArchive(path, 'a file in it is damaged (its checksum differs)');
}

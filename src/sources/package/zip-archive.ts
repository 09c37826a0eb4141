import { crc32 } from 'node:zlib';
import { type Entry, fromBuffer, open, type ZipFile } from 'yauzl';
import { ARCHIVE_LIMITS, type Archive, type ArchiveFile, type ArchiveLimits, type Remark } from './archive.ts';
import { bombFault, brokenArchive } from './package-fault.ts';
import { openNameBook, safeName } from './safe-name.ts';

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
      open: (file) => readEntry(path, zip, entries[file.at]),
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
  readonly entries: readonly Entry[];
  readonly files: readonly ArchiveFile[];
  readonly remarks: readonly Remark[];
}

function listZip(path: string, zip: ZipFile, limits: ArchiveLimits): Promise<Listed> {
  const entries: Entry[] = [];
  const files: ArchiveFile[] = [];
  const names = openNameBook();
  let total = 0;
  return new Promise((resolve, reject) => {
    zip.on('error', (error: unknown) => reject(brokenArchive(path, 'its directory cannot be read', error)));
    zip.on('end', () => {
      if (overlap(entries)) reject(bombFault(path, 'files that lie over each other'));
      else resolve({ entries, files, remarks: names.remarks });
    });
    zip.on('entry', (entry: Entry) => {
      const found = fileOf(entry, names, entries.length);
      entries.push(entry);
      if (found !== null) {
        total += entry.uncompressedSize;
        const ratio = entry.uncompressedSize / Math.max(1, entry.compressedSize);
        if (entry.uncompressedSize > BOMB_BYTES && ratio > limits.ratio) {
          reject(bombFault(path, `a file of ${entry.uncompressedSize} bytes packed ${Math.round(ratio)} times`));
          return;
        }
        if (total > limits.totalBytes || files.length >= limits.files) {
          reject(bombFault(path, `${total} bytes in ${files.length} files`));
          return;
        }
        files.push(found);
      }
      zip.readEntry();
    });
    zip.readEntry();
  });
}

/** Unix file types in the upper half of the external attributes. */
const LINK = 0o120000;
const TYPE = 0o170000;

function fileOf(entry: Entry, names: ReturnType<typeof openNameBook>, at: number): ArchiveFile | null {
  const { name: raw, guessed } = nameOf(entry);
  if (raw.endsWith('/') || raw.endsWith('\\')) return null;
  const type = (entry.externalFileAttributes >>> 16) & TYPE;
  if (type === LINK || (type !== 0 && type !== 0o100000)) {
    names.remarks.push({
      code: 'PACKAGE_NOT_A_FILE',
      path: raw,
      params: { type: type === LINK ? 'symlink' : 'other' },
    });
    return null;
  }
  const name = safeName(raw);
  if ('refused' in name) {
    names.remarks.push(name.refused);
    return null;
  }
  names.remarks.push(...name.remarks);
  if (guessed) names.remarks.push({ code: 'PACKAGE_NAME_ENCODING', path: name.path });
  return names.add(name.path) ? { path: name.path, size: entry.uncompressedSize, at } : null;
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

/** Files whose packed bytes share a place: small archives that unpack to petabytes are made so. */
function overlap(entries: readonly Entry[]): boolean {
  const ranges = entries
    .filter((entry) => entry.compressedSize > 0)
    .map((entry) => [entry.relativeOffsetOfLocalHeader, entry.compressedSize] as const)
    .sort((a, b) => a[0] - b[0]);
  return ranges.some(([start], index) => {
    const before = ranges[index - 1];
    return before !== undefined && before[0] + 30 + before[1] > start;
  });
}

async function* readEntry(path: string, zip: ZipFile, entry: Entry | undefined): AsyncGenerator<Uint8Array> {
  if (entry === undefined) throw brokenArchive(path, 'a file was asked for that is not in it');
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

import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDigestTable } from '../../core/digest-table.ts';
import { EzdError } from '../../core/errors.ts';
import type { SourceRow } from '../../core/record.ts';
import type { SourcePosition, SourceSlice } from '../../core/slice.ts';
import type { ReadRequest, Source } from '../source.ts';
import type { Archive, ArchiveLimits, Remark } from './archive.ts';
import { type KnownRecords, NOTHING_KNOWN } from './known-records.ts';
import { linkObjects, type PackageLinks } from './link-objects.ts';
import { openPackage, PACKAGE_FOLDERS } from './open-package.ts';
import { PACKAGE_CATALOGUE } from './package-catalogue.ts';
import type { PackageTable } from './package-table.ts';
import { PACKAGE_TABLES } from './package-tables.ts';
import { kindOf, openPackageReader, type PackageItem, type PackageReader } from './read-package.ts';

export interface PackageSourceOptions {
  /** A package, or a folder of packages. */
  readonly path: string;
  readonly limits?: ArchiveLimits;
  /** What the store holds already from the office's database; asked for once, when it is first needed. Absent: nothing. */
  readonly known?: () => Promise<KnownRecords>;
  /** Told of every leniency and every refusal, once a run: while `paczka.sprawy` and `paczka.dokumenty` are read. */
  readonly onRemark?: (packageFile: string, remark: Remark) => void;
}

/** Packages as a source of the tables of `package-tables.ts`. */
export interface PackageSource extends Source {
  readonly kind: 'package';
  /** Streams a file of a package from inside its archive. Throws EzdError SOURCE_MISSING when it is not there. */
  openFile(packageFile: string, path: string): Promise<AsyncIterable<Uint8Array>>;
}

/** Reads packages newest first, so that of a case in two packages the newer counts; the older is told and left out. */
export function createPackageSource(options: PackageSourceOptions): PackageSource {
  let readers: Promise<readonly PackageReader[]> | null = null;
  const opened = (): Promise<readonly PackageReader[]> => {
    readers ??= openAll(options);
    return readers;
  };
  let links: Promise<PackageLinks> | null = null;
  const knownRecords = options.known ?? (() => Promise.resolve(NOTHING_KNOWN));
  const linked = async (signal: AbortSignal): Promise<PackageLinks> => {
    const all = await opened();
    links ??= knownRecords()
      .then((known) => linkObjects(all, openFirsts(all.length > 1), known, signal))
      .catch((error: unknown) => {
        links = null;
        throw error;
      });
    return links;
  };
  return {
    kind: 'package',
    catalogue: async () => {
      await opened();
      return PACKAGE_CATALOGUE;
    },
    partitions: async () => [{ index: 0, range: null }],
    read: (request, position) => readTable(opened, linked, options, request, position),
    openFile: async (packageFile, path) => {
      for (const { file, archive } of await opened()) {
        const found = file === packageFile ? archive.files.find(path) : undefined;
        if (found !== undefined) return archive.open(found);
      }
      throw new EzdError('SOURCE_MISSING', 'A file is not in its package any more.', { subject: packageFile });
    },
    close: async () => {
      for (const { archive } of (await readers) ?? []) await archive.close();
      readers = null;
      links = null;
    },
  };
}

async function openAll({ path, limits, onRemark }: PackageSourceOptions): Promise<readonly PackageReader[]> {
  const readers: PackageReader[] = [];
  let objects = 0;
  for (const file of packagesAt(path)) {
    const archive: Archive = await openPackage(file, limits);
    const reader = openPackageReader(file, archive, objects);
    objects += reader.entries.length;
    for (const remark of archive.remarks) onRemark?.(reader.file, remark);
    readers.push(reader);
  }
  return readers;
}

/** The package itself, or the packages of a folder: newest first by the moment in their names, else by the time of the file. */
export function packagesAt(path: string): readonly string[] {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw new EzdError('SOURCE_MISSING', 'The package or folder of packages is not there.', {
      subject: path,
      hint: 'Check source.path in the project file.',
    });
  }
  if (!stats.isDirectory() || isUnpacked(path)) return [path];
  const found = readdirSync(path, { withFileTypes: true })
    .filter(
      (entry) => /\.(?:tar|zip)$/i.test(entry.name) || (entry.isDirectory() && isUnpacked(join(path, entry.name))),
    )
    .map((entry) => ({ file: join(path, entry.name), moment: momentOf(entry.name, join(path, entry.name)) }))
    .sort((a, b) => (a.moment === b.moment ? (a.file < b.file ? -1 : 1) : a.moment < b.moment ? 1 : -1));
  if (found.length > 0) return found.map(({ file }) => file);
  throw new EzdError('SOURCE_MISSING', 'The folder holds no package.', {
    subject: path,
    hint: 'Packages are .tar or .zip files, or folders with dokumenty, metadane and sprawy.',
  });
}

const isUnpacked = (folder: string): boolean => {
  const names = new Set(readdirSync(folder).map((name) => name.toLowerCase()));
  return PACKAGE_FOLDERS.some((name) => names.has(name));
};

/** `…_20211109_090742.tar` → `20211109090742`. */
function momentOf(name: string, file: string): string {
  const [, day, time] = /(\d{8})[_-]?(\d{6})?/.exec(name) ?? [];
  if (day !== undefined) return `${day}${time ?? '000000'}`;
  return statSync(file).mtime.toISOString().replaceAll(/\D/g, '').slice(0, 14);
}

/** Rows of one slice, or so many characters of text. */
const SLICE_CHARACTERS = 1 << 20;

async function* readTable(
  opened: () => Promise<readonly PackageReader[]>,
  linked: (signal: AbortSignal) => Promise<PackageLinks>,
  options: PackageSourceOptions,
  request: ReadRequest,
  position: SourcePosition,
): AsyncGenerator<SourceSlice> {
  const table = tableOf(request.table);
  const readers = await opened();
  const links = await linked(request.signal).catch((error: unknown) => {
    if (request.signal.aborted) return null;
    throw error;
  });
  if (links === null) return;
  const from = { package: Number(position?.['package'] ?? 0), entry: Number(position?.['entry'] ?? 0) };
  let rows: SourceRow[] = [];
  let characters = 0;
  let firstRow = Number(position?.['rows'] ?? 0);
  const telling = table.name === 'paczka.sprawy' || table.name === 'paczka.dokumenty';
  const until = Number(request.until?.['rows'] ?? Number.POSITIVE_INFINITY);
  reading: for (const [number, reader] of readers.entries()) {
    for (let index = 0; index < reader.entries.length; index++) {
      if (request.signal.aborted) return;
      if (table.of !== undefined && table.of !== kindOf(reader.entries, index)) continue;
      if (number < from.package || (number === from.package && index < from.entry)) continue;
      const ordinal = reader.before + index;
      const mayGive = links.isNew(ordinal) && table.reads?.(links, ordinal) !== false;
      if (!mayGive && !telling) continue;
      const item = await readEntry(reader, index, links, telling ? options.onRemark : undefined, table);
      if (item === null) continue;
      for (const row of table.rows(item, links)) {
        const values = request.columns.map((column) => row[column.toLowerCase()] ?? null);
        characters += values.reduce<number>((sum, value) => sum + (typeof value === 'string' ? value.length : 8), 0);
        rows.push(values);
      }
      const missing = until - firstRow - rows.length;
      if (missing <= 0) {
        rows.length = until - firstRow;
        break reading;
      }
      if (rows.length < request.sliceRows && characters < SLICE_CHARACTERS) continue;
      const next = { package: number, entry: index + 1, rows: firstRow + rows.length };
      yield { kind: 'rows', rows, firstRow, next };
      firstRow += rows.length;
      rows = [];
      characters = 0;
    }
  }
  if (rows.length > 0) {
    yield { kind: 'rows', rows, firstRow, next: { package: readers.length, entry: 0, rows: firstRow + rows.length } };
  }
}

/** Reads one metadata file; null when it gives nothing, or nothing new. */
async function readEntry(
  reader: PackageReader,
  index: number,
  links: PackageLinks,
  onRemark: PackageSourceOptions['onRemark'],
  table: PackageTable,
): Promise<PackageItem | null> {
  const read = await reader.read(index);
  if (!('item' in read)) {
    if (table.name === 'paczka.dokumenty') for (const remark of read.remarks) onRemark?.(reader.file, remark);
    return null;
  }
  const { item } = read;
  const mine = table.name === (item.kind === 'case' ? 'paczka.sprawy' : 'paczka.dokumenty');
  if (mine) for (const remark of read.remarks) onRemark?.(reader.file, remark);
  if (links.isNew(item.ordinal)) return item;
  if (mine) onRemark?.(reader.file, { code: 'PACKAGE_OBJECT_REPEATED', path: item.path });
  return null;
}

/** Tells whether an object is met for the first time. Within one package names make that certain. */
function openFirsts(several: boolean): (item: PackageItem) => boolean {
  if (!several) return () => true;
  const seen = openDigestTable();
  return ({ kind, key, ordinal }) => {
    const name = `${kind} ${key}`;
    if (seen.has(name)) return false;
    seen.set(name, ordinal);
    return true;
  };
}

function tableOf(name: string): PackageTable {
  const found = PACKAGE_TABLES.find((table) => table.name === name.toLowerCase());
  if (found !== undefined) return found;
  throw new EzdError('SOURCE_MISSING', `Packages have no table ${name}.`, {
    subject: name,
    hint: `Tables: ${PACKAGE_TABLES.map((table) => table.name).join(', ')}.`,
  });
}

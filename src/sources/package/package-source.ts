import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openDigestTable } from '../../core/digest-table.ts';
import { EzdError } from '../../core/errors.ts';
import type { Source } from '../source.ts';
import type { Archive, ArchiveLimits, Remark } from './archive.ts';
import { type KnownRecords, NOTHING_KNOWN } from './known-records.ts';
import { linkObjects, type PackageLinks } from './link-objects.ts';
import { openPackage, PACKAGE_FOLDERS } from './open-package.ts';
import { PACKAGE_CATALOGUE } from './package-catalogue.ts';
import type { PackageTable } from './package-table.ts';
import { PACKAGE_TABLES } from './package-tables.ts';
import { openPackageReader, type PackageItem, type PackageReader } from './read-package.ts';
import { readTable } from './read-table.ts';

export interface PackageSourceOptions {
  /** A package, or a folder of packages. */
  readonly path: string;
  readonly limits?: ArchiveLimits;
  /** What the store holds already from the office's database; asked for once, when it is first needed. Absent: nothing. */
  readonly known?: () => Promise<KnownRecords>;
  /** Told of the names when a package is opened, and of everything else while `paczka.sprawy` and `paczka.dokumenty` are read, whose slices carry the same. */
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
    async *read(request, position) {
      const table = tableOf(request.table);
      const readers = await opened();
      const links = await linked(request.signal).catch((error: unknown) => {
        if (request.signal.aborted) return null;
        throw error;
      });
      if (links !== null) yield* readTable({ table, readers, links, request, onRemark: options.onRemark }, position);
    },
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
      polish: {
        message: `Nie ma paczki ani folderu paczek ${path}.`,
        hint: 'Sprawdź source.path w pliku projektu.',
      },
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
    polish: {
      message: `W folderze ${path} nie ma żadnej paczki.`,
      hint: 'Paczki to pliki .tar lub .zip albo foldery z dokumenty, metadane i sprawy.',
    },
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

import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { basename, extname } from 'node:path';
import { ARCHIVE_LIMITS, type Archive, type ArchiveFile, type ArchiveLimits, type Remark } from './archive.ts';
import { openFolder } from './folder-archive.ts';
import { packageFault } from './package-fault.ts';
import { openTar } from './tar-archive.ts';
import { openZip } from './zip-archive.ts';

export const PACKAGE_FOLDERS = ['dokumenty', 'metadane', 'sprawy'] as const;

/** Largest package inside an outer ZIP; it is held in memory, since a packed file cannot be read from the middle. */
const NESTED_BYTES = 512 << 20;

/**
 * Opens a package by what it is, not by its name: TAR (also when it is called `.zip`), ZIP, folder, or a ZIP that holds the package and its signature. A folder
 * above the three of the package is taken off.
 */
export async function openPackage(path: string, limits: ArchiveLimits = ARCHIVE_LIMITS): Promise<Archive> {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) {
    throw packageFault(path, 'There is no such package.', 'Check the path in the project file.', {
      message: `Nie ma paczki ${path}.`,
      hint: 'Sprawdź ścieżkę w pliku projektu.',
    });
  }
  const archive = await openByContent(path, stats.isDirectory(), limits);
  const inner = nestedPackage(archive);
  if (inner === null) return withoutTopFolder(archive);
  try {
    return withoutTopFolder(await openNested(path, archive, inner, limits));
  } finally {
    await archive.close();
  }
}

async function openByContent(path: string, folder: boolean, limits: ArchiveLimits): Promise<Archive> {
  if (folder) return openFolder(path);
  const kind = containerOf(path);
  const extension = extname(path).toLowerCase();
  const remarks: Remark[] =
    extension === `.${kind}` ? [] : [{ code: 'PACKAGE_EXTENSION', params: { extension, found: kind } }];
  const archive = kind === 'zip' ? await openZip(path, null, limits) : openTar(path, limits);
  return { ...archive, remarks: [...remarks, ...archive.remarks] };
}

function containerOf(path: string): 'tar' | 'zip' {
  const head = Buffer.alloc(512);
  const fd = openSync(path, 'r');
  try {
    readSync(fd, head, 0, 512, 0);
  } finally {
    closeSync(fd);
  }
  if (head.toString('latin1', 0, 2) === 'PK') return 'zip';
  if (head.toString('latin1', 257, 262) === 'ustar') return 'tar';
  throw packageFault(
    path,
    `${basename(path)} is neither a TAR nor a ZIP.`,
    'A package is a .tar (paczka archiwalna), a .zip (eADM) or a folder with dokumenty, metadane and sprawy.',
    {
      message: `${basename(path)} nie jest ani plikiem TAR, ani ZIP.`,
      hint: 'Paczka to plik .tar (paczka archiwalna), .zip (eADM) albo folder z dokumenty, metadane i sprawy.',
    },
  );
}

/** `<name>.zip` or `.tar` beside nothing but its signature. */
function nestedPackage({ kind, files }: Archive): ArchiveFile | null {
  if (kind !== 'zip' || files.length > 3) return null;
  const inner = [...files].filter(({ path }) => /^[^/]+\.(?:zip|tar)$/i.test(path));
  return inner.length === 1 ? (inner[0] ?? null) : null;
}

async function openNested(path: string, outer: Archive, inner: ArchiveFile, limits: ArchiveLimits): Promise<Archive> {
  if (inner.size > NESTED_BYTES || /\.tar$/i.test(inner.path)) {
    throw packageFault(
      path,
      'The package inside the outer ZIP cannot be read in place.',
      'Unpack the outer ZIP and name the package itself in the project file.',
      {
        message: `Paczki wewnątrz ${basename(path)} nie da się czytać na miejscu.`,
        hint: 'Rozpakuj zewnętrzny ZIP i wskaż w pliku projektu samą paczkę.',
      },
    );
  }
  const chunks: Uint8Array[] = [];
  for await (const chunk of outer.open(inner)) chunks.push(chunk);
  return openZip(path, Buffer.concat(chunks), limits);
}

function withoutTopFolder(archive: Archive): Archive {
  const { files } = archive;
  const top = onlyTopFolder(files);
  if (top === null || isPackageFolder(top)) return archive;
  const shorter = (file: ArchiveFile): ArchiveFile => ({ ...file, path: file.path.slice(top.length + 1) });
  return {
    ...archive,
    files: {
      length: files.length,
      at: (index) => shorter(files.at(index)),
      find: (path) => {
        const found = files.find(`${top}/${path}`);
        return found === undefined ? undefined : shorter(found);
      },
      *[Symbol.iterator]() {
        for (const file of files) yield shorter(file);
      },
    },
    remarks: [...archive.remarks, { code: 'PACKAGE_TOP_FOLDER', path: top }],
  };
}

/** The folder that everything lies in; null: there is none. */
function onlyTopFolder(files: Iterable<ArchiveFile>): string | null {
  let top: string | null = null;
  for (const { path } of files) {
    const folder = path.slice(0, Math.max(0, path.indexOf('/')));
    if (folder === '' || (top !== null && top !== folder)) return null;
    top = folder;
  }
  return top;
}

const isPackageFolder = (name: string): boolean => (PACKAGE_FOLDERS as readonly string[]).includes(name.toLowerCase());

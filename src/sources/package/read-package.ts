import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Archive, ArchiveFile, Remark } from './archive.ts';
import { foldWord, identifierOf, type PackageObject } from './package-object.ts';
import { parseMetadata } from './parse-metadata.ts';

/** A case or a document of a package, with the files it describes. */
export interface PackageItem {
  readonly kind: 'case' | 'document';
  /** Stable when the same package is read again, and equal for the same thing in two packages. */
  readonly key: string;
  /** File name of the package. */
  readonly package: string;
  /** Metadata file, `metadane/a.pdf.xml`. */
  readonly path: string;
  /** Name in `dokumenty/` that the metadata describe; '' for a case. */
  readonly name: string;
  readonly object: PackageObject;
  /** One file, or the files of a folder. */
  readonly files: readonly ArchiveFile[];
}

/** What one metadata file gave. */
export type PackageEntry =
  | { readonly item: PackageItem; readonly remarks: readonly Remark[] }
  | { readonly remarks: readonly Remark[] };

export interface PackageReader {
  readonly file: string;
  readonly archive: Archive;
  /** Metadata files: cases first, so that documents find theirs. */
  readonly entries: readonly ArchiveFile[];
  /** Files of `dokumenty/` by the name that their metadata file has. */
  readonly documents: ReadonlyMap<string, readonly ArchiveFile[]>;
  read(entry: ArchiveFile): Promise<PackageEntry>;
}

/** Metadata files that are read without a pause. */
const BREATHE = 32;

/** Looks at an archive as a package. Nothing is read yet but names. */
export function openPackageReader(path: string, archive: Archive): PackageReader {
  const file = basename(path);
  const { documents, cases, metadata } = sortFiles(archive.files);
  let reads = 0;
  return {
    file,
    archive,
    entries: [...cases, ...metadata],
    documents,
    read: async (entry) => {
      // Reading and parsing never wait: without a pause now and then no signal (Ctrl-C) and no timer would be heard.
      if (++reads % BREATHE === 0) await setImmediate();
      const parsed = parseMetadata(await wholeFile(archive, entry));
      if ('problem' in parsed) {
        const code = parsed.problem === 'broken' ? 'PACKAGE_XML_BROKEN' : 'PACKAGE_XML_REFUSED';
        return { remarks: [{ code, path: entry.path, params: { reason: parsed.reason } }] };
      }
      const { object, lenient } = parsed;
      const remarks = lenient.map(
        (reason): Remark => ({ code: 'PACKAGE_XML_LENIENT', path: entry.path, params: { reason } }),
      );
      const kind = kindOf(entry);
      const name = kind === 'case' ? '' : describedName(entry.path);
      const files = documents.get(name) ?? documents.get(folded(name)) ?? [];
      const key = kind === 'case' ? caseKey(object, entry.path) : documentKey(object, name);
      return { item: { kind, key, package: file, path: entry.path, name, object, files }, remarks };
    },
  };
}

function sortFiles(files: readonly ArchiveFile[]): {
  documents: ReadonlyMap<string, readonly ArchiveFile[]>;
  cases: readonly ArchiveFile[];
  metadata: readonly ArchiveFile[];
} {
  const documents = new Map<string, ArchiveFile[]>();
  const cases: ArchiveFile[] = [];
  const metadata: ArchiveFile[] = [];
  for (const file of files) {
    const folder = folderOf(file.path);
    if (folder === 'sprawy') cases.push(file);
    else if (folder === 'metadane') metadata.push(file);
    else if (folder === 'dokumenty') {
      const name = file.path.split('/')[1] ?? '';
      const key = documents.has(folded(name)) && !documents.has(name) ? folded(name) : name;
      const same = documents.get(key);
      if (same === undefined) documents.set(key, [file]);
      else same.push(file);
    }
  }
  return { documents, cases, metadata };
}

export const kindOf = ({ path }: ArchiveFile): PackageItem['kind'] =>
  folderOf(path) === 'sprawy' ? 'case' : 'document';

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.indexOf('/'))).toLowerCase();

/** `metadane/a.pdf.xml` describes `a.pdf`. */
export const describedName = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.xml$/i, '');

const folded = (name: string): string => name.normalize('NFC').toLowerCase();

async function wholeFile(archive: Archive, file: ArchiveFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.open(file)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The case sign as group or identifier names it. */
export const caseSignOf = (object: PackageObject): string | null =>
  object.groups.find(({ type }) => foldWord(type) === 'znaksprawy')?.code ?? identifierOf(object, 'znak sprawy');

const caseKey = (object: PackageObject, path: string): string =>
  identifierOf(object, 'znak sprawy') ?? describedName(path);

/** Ids of systems, by which the same document is known again. */
const SYSTEM_IDS = [
  'EZD.PUW.IDZalacznika.IdDokumentu',
  'EZD.PUW.IDDekretacji',
  'eKancelariaID',
  'intraDokID',
  'SystemID',
];

function documentKey(object: PackageObject, name: string): string {
  for (const type of SYSTEM_IDS) {
    // EZD PUW calls the incoming number eKancelariaId: it is no id of the document.
    const value =
      type === 'eKancelariaID' && identifierOf(object, 'EZD.PUW.IdDokumentu') !== null
        ? null
        : identifierOf(object, type);
    if (value !== null) return type === SYSTEM_IDS[0] ? value : `${type}:${value}`;
  }
  return `${caseSignOf(object) ?? ''}/${name}`;
}

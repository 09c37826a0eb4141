import { basename } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { openNumberList } from '../../core/number-list.ts';
import type { Archive, ArchiveFile, FileList, Remark } from './archive.ts';
import { foldName } from './file-book.ts';
import { foldWord, identifierOf, type PackageObject } from './package-object.ts';
import { parseMetadata } from './parse-metadata.ts';
import { openTextIndex } from './text-index.ts';

/** A case or a document of a package, with the files it describes. */
export interface PackageItem {
  readonly kind: 'case' | 'document';
  /** Its number among all objects of the packages that are read together. */
  readonly ordinal: number;
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
  /** Objects of packages read earlier: ordinals begin here. */
  readonly before: number;
  readonly entries: MetadataFiles;
  readonly documents: DocumentFiles;
  /** The object of the n-th metadata file. */
  read(index: number): Promise<PackageEntry>;
}

/** Metadata files by number: cases first, so that documents find theirs. */
export interface MetadataFiles {
  readonly length: number;
  /** Those before this one are cases. */
  readonly cases: number;
  at(index: number): ArchiveFile;
}

/** Files of `dokumenty/` by the name that their metadata file has: one file, or the files of a folder. */
export interface DocumentFiles {
  /** How many names there are. */
  readonly size: number;
  /** Each name once. */
  names(): Iterable<string>;
  has(name: string): boolean;
  /** A name that differs only by case or Unicode form is found too, when no other fits. */
  get(name: string): readonly ArchiveFile[];
}

/** Metadata files that are read without a pause. */
const BREATHE = 32;

/** Looks at an archive as a package. Nothing is read yet but names. */
export function openPackageReader(path: string, archive: Archive, before = 0): PackageReader {
  const file = basename(path);
  const entries = metadataFiles(archive.files);
  const documents = documentFiles(archive.files);
  let reads = 0;
  return {
    file,
    archive,
    before,
    entries,
    documents,
    read: async (index) => {
      // Reading and parsing never wait: without a pause now and then no signal (Ctrl-C) and no timer would be heard.
      if (++reads % BREATHE === 0) await setImmediate();
      const entry = entries.at(index);
      const parsed = parseMetadata(await wholeFile(archive, entry));
      if ('problem' in parsed) {
        const code = parsed.problem === 'broken' ? 'PACKAGE_XML_BROKEN' : 'PACKAGE_XML_REFUSED';
        return { remarks: [{ code, path: entry.path, params: { reason: parsed.reason } }] };
      }
      const { object, lenient } = parsed;
      const remarks = lenient.map(
        (reason): Remark => ({ code: 'PACKAGE_XML_LENIENT', path: entry.path, params: { reason } }),
      );
      const kind = kindOf(entries, index);
      const name = kind === 'case' ? '' : describedName(entry.path);
      const files = kind === 'case' ? [] : documents.get(name);
      const key = kind === 'case' ? caseKey(object, entry.path) : documentKey(object, name);
      const ordinal = before + index;
      return { item: { kind, ordinal, key, package: file, path: entry.path, name, object, files }, remarks };
    },
  };
}

function metadataFiles(files: FileList): MetadataFiles {
  const order = openNumberList((length) => new Uint32Array(length));
  const rest = openNumberList((length) => new Uint32Array(length));
  for (let number = 0; number < files.length; number++) {
    const folder = folderOf(files.at(number).path);
    if (folder === 'sprawy') order.push(number);
    else if (folder === 'metadane') rest.push(number);
  }
  const cases = order.length;
  for (let index = 0; index < rest.length; index++) order.push(rest.at(index));
  return { length: order.length, cases, at: (index) => files.at(order.at(index)) };
}

function documentFiles(files: FileList): DocumentFiles {
  const order = openNumberList((length) => new Uint32Array(length));
  const fileAt = (member: number): ArchiveFile => files.at(order.at(member));
  const nameAt = (member: number): string => fileAt(member).path.split('/')[1] ?? '';
  const index = openTextIndex((member) => foldName(nameAt(member)));
  const firstNamed = (name: string): number | null => {
    for (const member of index.members(foldName(name))) if (nameAt(member) === name) return member;
    return null;
  };
  let size = 0;
  for (let number = 0; number < files.length; number++) {
    const { path } = files.at(number);
    if (folderOf(path) !== 'dokumenty') continue;
    const name = path.split('/')[1] ?? '';
    if (firstNamed(name) === null) size += 1;
    order.push(number);
    index.add(foldName(name));
  }
  return {
    size,
    *names() {
      for (let member = 0; member < order.length; member++) {
        const name = nameAt(member);
        if (firstNamed(name) === member) yield name;
      }
    },
    has: (name) => firstNamed(name) !== null,
    get: (name) => {
      const alike = [...index.members(foldName(name))];
      const exact = alike.filter((member) => nameAt(member) === name);
      const first = alike[0];
      if (exact.length > 0 || first === undefined) return exact.map(fileAt);
      return alike.filter((member) => nameAt(member) === nameAt(first)).map(fileAt);
    },
  };
}

export const kindOf = ({ cases }: MetadataFiles, index: number): PackageItem['kind'] =>
  index < cases ? 'case' : 'document';

export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.indexOf('/'))).toLowerCase();

/** `metadane/a.pdf.xml` describes `a.pdf`. */
export const describedName = (path: string): string => (path.split('/').at(-1) ?? '').replace(/\.xml$/i, '');

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

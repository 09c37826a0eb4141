import { folderId } from './item-keys.ts';
import { collectMarks, type KnownMarks } from './known-marks.ts';
import type { KnownRecords } from './known-records.ts';
import { partyNames } from './outside-parties.ts';
import { foldWord, identifierOf, type PackageObject } from './package-object.ts';
import { caseSignOf, type PackageItem, type PackageReader } from './read-package.ts';

/** What only all objects together tell. */
export interface PackageLinks {
  /** Key of the folder (koszulka) of a case: EZD PUW's id, which only its documents carry, else made of the sign. */
  folderOfCase(sign: string): string;
  /** Key of a case: EZD PUW's number when the store knows it, else the sign. */
  keyOfCase(sign: string): string;
  /** Key of a document's folder. */
  folderOf(object: PackageObject): string | null;
  /** Whether the object stands for its document: of several files of one `EZD.PUW.IdDokumentu` the first that is no signature. */
  isMain(item: PackageItem): boolean;
  /** Folders that no case of the packages opens, by key, with the object that names it first. */
  folderWithoutCase(item: PackageItem): string | null;
  /** Whether a case of this sign is in the packages. */
  isCase(sign: string): boolean;
  /** Whether this object is the first that names a person, an address or a participant (`outside-parties.ts`), so that each is one row. */
  isFirst(name: string, item: PackageItem): boolean;
  /** What the store holds already from the office's database. */
  readonly known: KnownMarks;
}

/** Reads every metadata file once. Keeps a few words an object. `records`: what the store holds from the office's database. */
export async function linkObjects(
  readers: readonly PackageReader[],
  first: (item: PackageItem) => boolean,
  records: KnownRecords,
  signal: AbortSignal,
): Promise<PackageLinks> {
  const folders = new Map<string, string>();
  const cases = new Set<string>();
  const mains = new Map<string, { key: string; signature: boolean }>();
  const loose = new Map<string, string>();
  const firsts = new Map<string, string>();
  const marks = collectMarks(records, (item, isKnown) => {
    if (!isKnown) for (const name of partyNames(item)) if (!firsts.has(name)) firsts.set(name, item.key);
  });
  for (const reader of readers) {
    for (const entry of reader.entries) {
      signal.throwIfAborted();
      const read = await reader.read(entry);
      if (!('item' in read) || !first(read.item)) continue;
      const { item } = read;
      await marks.add(item);
      const sign = caseSignOf(item.object);
      if (item.kind === 'case') cases.add(item.key);
      const folder = folderId(item.object);
      if (sign !== null && folder !== null && !folders.has(sign)) folders.set(sign, folder);
      if (item.kind !== 'document') continue;
      const document = identifierOf(item.object, 'EZD.PUW.IdDokumentu');
      const known = document === null ? undefined : mains.get(document);
      const signature = isSignature(item);
      if (document !== null && (known === undefined || (known.signature && !signature))) {
        mains.set(document, { key: item.key, signature });
      }
      const key = folder ?? (sign === null ? null : `znak:${sign}`);
      if (key !== null && (sign === null || !cases.has(sign)) && !loose.has(key)) loose.set(key, item.key);
    }
  }
  const known = await marks.finish();
  const folderOfCase = (sign: string): string => known.case(sign)?.folder ?? folders.get(sign) ?? `znak:${sign}`;
  const caseFolders = new Set([...cases].map(folderOfCase));
  const folderOf = (object: PackageObject): string | null => {
    const sign = caseSignOf(object);
    return folderId(object) ?? (sign === null ? null : folderOfCase(sign));
  };
  return {
    known,
    folderOfCase,
    keyOfCase: (sign) => known.case(sign)?.key ?? sign,
    folderOf,
    isMain: (item) => {
      const document = identifierOf(item.object, 'EZD.PUW.IdDokumentu');
      return document === null || mains.get(document)?.key === item.key;
    },
    folderWithoutCase: (item) => {
      const key = folderOf(item.object);
      return key !== null && !caseFolders.has(key) && loose.get(key) === item.key ? key : null;
    },
    isCase: (sign) => cases.has(sign),
    isFirst: (name, item) => firsts.get(name) === item.key,
  };
}

const isSignature = ({ name, object }: PackageItem): boolean =>
  /\.(?:xades|sig|p7s)$/i.test(name) || object.kinds.some((kind) => /^(?:podpis|upp|upo)/.test(foldWord(kind)));

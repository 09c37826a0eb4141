import { openDigestTable } from '../../core/digest-table.ts';
import { KeyBitmap } from '../../core/key-bitmap.ts';
import { folderId } from './item-keys.ts';
import { collectMarks, type KnownMarks } from './known-marks.ts';
import type { KnownRecords } from './known-records.ts';
import { outsideParties, partyNames } from './outside-parties.ts';
import { foldWord, identifierOf, type PackageObject } from './package-object.ts';
import { caseSignOf, type PackageItem, type PackageReader } from './read-package.ts';
import { openTextList } from './text-list.ts';

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
  /** Whether an object could be read and is the first of its key: of a case in two packages that of the newer one. By its ordinal. */
  isNew(ordinal: number): boolean;
  /** Whether it names people outside the office. */
  namesPeople(ordinal: number): boolean;
  /** Whether it may give a folder: a case, or the first that names a folder. */
  opensFolder(ordinal: number): boolean;
  /** What the store holds already from the office's database. */
  readonly known: KnownMarks;
}

/** Reads every metadata file once. Keeps some twenty bytes for each name that an object tells. `records`: what the store holds from the office's database. */
export async function linkObjects(
  readers: readonly PackageReader[],
  first: (item: PackageItem) => boolean,
  records: KnownRecords,
  signal: AbortSignal,
): Promise<PackageLinks> {
  // Texts of metadata files are cut out of their XML and would keep the whole of it: only numbers and copies stay.
  const folders = openDigestTable();
  const folderIds = openTextList();
  const cases = openDigestTable();
  const signs = openTextList();
  const mains = openMains();
  const loose = openDigestTable();
  const firsts = openDigestTable();
  const [news, withPeople, withFolder] = [new KeyBitmap(), new KeyBitmap(), new KeyBitmap()];
  const marks = collectMarks(records, (item, isKnown) => {
    if (!isKnown) for (const name of partyNames(item)) if (!firsts.has(name)) firsts.set(name, item.ordinal);
  });
  for (const reader of readers) {
    for (let index = 0; index < reader.entries.length; index++) {
      signal.throwIfAborted();
      const read = await reader.read(index);
      if (!('item' in read) || !first(read.item)) continue;
      const { item } = read;
      news.addInteger(item.ordinal);
      if (outsideParties(item).length > 0) withPeople.addInteger(item.ordinal);
      await marks.add(item);
      const sign = caseSignOf(item.object);
      if (item.kind === 'case') withFolder.addInteger(item.ordinal);
      if (item.kind === 'case' && !cases.has(item.key)) cases.set(item.key, signs.push(item.key));
      const folder = folderId(item.object);
      if (sign !== null && folder !== null && !folders.has(sign)) folders.set(sign, folderIds.push(folder));
      if (item.kind !== 'document') continue;
      mains.add(item);
      const key = folder ?? (sign === null ? null : `znak:${sign}`);
      if (key === null || (sign !== null && cases.has(sign)) || loose.has(key)) continue;
      loose.set(key, item.ordinal);
      withFolder.addInteger(item.ordinal);
    }
  }
  const known = await marks.finish();
  const folderOfCase = (sign: string): string => {
    const folder = folders.get(sign);
    return known.case(sign)?.folder ?? (folder === undefined ? `znak:${sign}` : folderIds.at(folder));
  };
  const caseFolders = openDigestTable();
  for (let number = 0; number < signs.length; number++) caseFolders.set(folderOfCase(signs.at(number)), number);
  const folderOf = (object: PackageObject): string | null => {
    const sign = caseSignOf(object);
    return folderId(object) ?? (sign === null ? null : folderOfCase(sign));
  };
  return {
    known,
    folderOfCase,
    keyOfCase: (sign) => known.case(sign)?.key ?? sign,
    folderOf,
    isMain: mains.has,
    folderWithoutCase: (item) => {
      const key = folderOf(item.object);
      return key !== null && !caseFolders.has(key) && loose.get(key) === item.ordinal ? key : null;
    },
    isNew: (ordinal) => news.hasInteger(ordinal),
    namesPeople: (ordinal) => withPeople.hasInteger(ordinal),
    opensFolder: (ordinal) => withFolder.hasInteger(ordinal),
    isCase: (sign) => cases.has(sign),
    isFirst: (name, item) => firsts.get(name) === item.ordinal,
  };
}

/** Which of the objects of one `EZD.PUW.IdDokumentu` stands for the document. */
function openMains(): { add(item: PackageItem): void; has(item: PackageItem): boolean } {
  // Twice the ordinal, and one more for a signature, which gives way to the first object that is none.
  const mains = openDigestTable();
  const documentOf = ({ object }: PackageItem): string | null => identifierOf(object, 'EZD.PUW.IdDokumentu');
  return {
    add: (item) => {
      const document = documentOf(item);
      if (document === null) return;
      const before = mains.get(document);
      const signature = isSignature(item) ? 1 : 0;
      if (before === undefined || before % 2 > signature) mains.set(document, item.ordinal * 2 + signature);
    },
    has: (item) => {
      const document = documentOf(item);
      return document === null || (mains.get(document) ?? -2) >> 1 === item.ordinal;
    },
  };
}

const isSignature = ({ name, object }: PackageItem): boolean =>
  /\.(?:xades|sig|p7s)$/i.test(name) || object.kinds.some((kind) => /^(?:podpis|upp|upo)/.test(foldWord(kind)));

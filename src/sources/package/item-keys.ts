import type { ArchiveFile } from './archive.ts';
import { foldWord, identifierOf, type PackageObject } from './package-object.ts';
import type { PackageItem } from './read-package.ts';

/** EZD PUW's number of the folder (koszulka) that a document names; null: it names none. */
export const folderId = (object: PackageObject): string | null =>
  object.groups.find(({ type }) => foldWord(type) === 'ezd.puw.idpisma')?.code ?? null;

/** Key of the document: EZD PUW's number, which a file and its signature share, else the key of the item. */
export const documentKeyOf = ({ object, key }: PackageItem): string =>
  identifierOf(object, 'EZD.PUW.IdDokumentu') ?? key;

/** A file that is a document by itself has EZD PUW's own number; files of a folder share it and need their names. */
export const contentKey = (item: PackageItem, file: ArchiveFile): string => {
  const parts = file.path.split('/');
  return parts.length === 2
    ? (identifierOf(item.object, 'EZD.PUW.IDZalacznika') ?? item.key)
    : `${item.key}|${parts.at(-1) ?? ''}`;
};

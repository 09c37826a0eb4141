import { openNumberList } from '../../core/number-list.ts';
import type { ArchiveFile, FileList, Remark } from './archive.ts';
import { openTextIndex } from './text-index.ts';
import { openTextList } from './text-list.ts';

/** Gathers the files of a container: the first of equal names counts; names that differ only by case or Unicode form are told. */
export interface FileBook {
  readonly files: FileList;
  readonly remarks: Remark[];
  /** False: a file of this name is there already. */
  add(file: ArchiveFile): boolean;
}

/** Some hundred bytes a file, most of them its name. */
export function openFileBook(): FileBook {
  const paths = openTextList();
  const sizes = openNumberList((length) => new Float64Array(length));
  const places = openNumberList((length) => new Float64Array(length));
  const index = openTextIndex((member) => foldName(paths.at(member)));
  const remarks: Remark[] = [];
  const fileAt = (number: number): ArchiveFile => {
    if (number >= paths.length) throw new RangeError(`no file ${number}`);
    return { path: paths.at(number), size: sizes.at(number), at: places.at(number) };
  };
  return {
    remarks,
    add: ({ path, size, at }) => {
      const folded = foldName(path);
      let alike = false;
      for (const other of index.members(folded)) {
        alike = true;
        if (paths.at(other) !== path) continue;
        remarks.push({ code: 'PACKAGE_NAME_REPEATED', path });
        return false;
      }
      if (alike) remarks.push({ code: 'PACKAGE_NAME_COLLISION', path });
      paths.push(path);
      sizes.push(size);
      places.push(at);
      index.add(folded);
      return true;
    },
    files: {
      get length() {
        return paths.length;
      },
      at: fileAt,
      find: (path) => {
        for (const member of index.members(foldName(path))) if (paths.at(member) === path) return fileAt(member);
        return undefined;
      },
      *[Symbol.iterator]() {
        for (let number = 0; number < paths.length; number++) yield fileAt(number);
      },
    },
  };
}

/** Names that Windows or macOS would take for one are equal. */
export const foldName = (name: string): string => name.normalize('NFC').toLowerCase();

import type { Stats } from 'node:fs';
import type { ArchiveLimits, FileList, Remark } from './archive.ts';

/** What the names in a container came to. */
export interface ArchiveList {
  readonly files: FileList;
  readonly remarks: readonly Remark[];
}

/** By file; what is said of a list is kept as long as the list. */
const lists = new Map<string, WeakRef<FileList>>();
const said = new WeakMap<FileList, readonly Remark[]>();

/**
 * The list of a container, made anew only when that of the same file, unchanged, is no longer in memory: a run opens its packages for the rows and again for the contents,
 * and two lists of hundreds of thousands of names would lie side by side until the first is collected. Keeps nothing alive.
 */
export function listOnce(path: string, file: Stats, limits: ArchiveLimits, make: () => ArchiveList): ArchiveList {
  const name = JSON.stringify([path, file.ino, file.size, file.mtimeMs, limits]);
  const files = lists.get(name)?.deref();
  if (files !== undefined) return { files, remarks: said.get(files) ?? [] };
  for (const [other, list] of lists) if (list.deref() === undefined) lists.delete(other);
  const made = make();
  lists.set(name, new WeakRef(made.files));
  said.set(made.files, made.remarks);
  return made;
}

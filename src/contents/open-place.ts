import { closeSync, constants, fstatSync, openSync, realpathSync, type Stats, statSync } from 'node:fs';
import { join, resolve, sep, toNamespacedPath } from 'node:path';
import type { PlaceProblem } from './content.ts';
import { findSpelling, type ListingCache, openListingCache } from './spelling.ts';

export type OpenedPlace = { readonly fd: number; readonly stats: Stats } | { readonly problem: PlaceProblem };

/** Opens files below the roots of the repository; keeps small caches, so make one a worker. */
export interface PlaceOpener {
  /** The first root that has the path wins. The caller closes `fd`. Never throws for what the file system says about a source. */
  open(segments: readonly string[]): OpenedPlace;
}

/** Systems without it (Windows) resolve every path instead. */
const NO_FOLLOW: number | undefined = constants.O_NOFOLLOW;
// Without O_NONBLOCK, opening a named pipe would wait for its other end for ever.
const FLAGS = constants.O_RDONLY | (NO_FOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

/** A root with what is known about its folders. */
interface Root {
  readonly base: string;
  /** Folder → whether it really lies below the root. */
  readonly folders: Map<string, boolean>;
}

/**
 * Roots may be relative, UNC or longer than 260 characters: they are resolved once and, on Windows, written with `\\?\`.
 * Refused: a symbolic link that leads out of its root, in any part of the path.
 */
export function openRepository(roots: readonly string[]): PlaceOpener {
  const known: readonly Root[] = roots.map((root) => ({ base: toNamespacedPath(resolve(root)), folders: new Map() }));
  const listings = openListingCache();
  return {
    open: (segments) => {
      // On Windows `name:stream` would open another stream of the file.
      if (process.platform === 'win32' && segments.some((segment) => segment.includes(':'))) return refused;
      return openAnywhere(known, segments, listings);
    },
  };
}

const refused: OpenedPlace = { problem: { kind: 'outside-root' } };
const missing: OpenedPlace = { problem: { kind: 'missing' } };
const rootGone: OpenedPlace = { problem: { kind: 'root-gone' } };

function openAnywhere(roots: readonly Root[], segments: readonly string[], listings: ListingCache): OpenedPlace {
  for (const root of roots) {
    const opened = openBelow(root, segments);
    if (!isMissing(opened)) return opened;
  }
  for (const root of roots) {
    const spelling = findSpelling(root.base, segments, listings);
    if (spelling === null) continue;
    if ('candidates' in spelling) return { problem: { kind: 'ambiguous', candidates: spelling.candidates } };
    return openBelow(root, spelling.segments);
  }
  // A share that went away must not look like a thousand lost files.
  return roots.every((root) => isFolder(root.base)) ? missing : rootGone;
}

export const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

const isMissing = (opened: OpenedPlace): boolean => 'problem' in opened && opened.problem.kind === 'missing';

function openBelow(root: Root, segments: readonly string[]): OpenedPlace {
  const folder = join(root.base, ...segments.slice(0, -1));
  const path = join(folder, segments.at(-1) ?? '');
  try {
    if (!isFolderInside(root, folder)) return refused;
    if (NO_FOLLOW === undefined) return openReal(root, path);
    return keepFile(openSync(path, FLAGS));
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? 'UNKNOWN';
    // O_NOFOLLOW met a link: fine as long as it stays below the root.
    return code === 'ELOOP' ? openLinked(root, path) : { problem: problemOf(code) };
  }
}

function openLinked(root: Root, path: string): OpenedPlace {
  try {
    return openReal(root, path);
  } catch (error) {
    return { problem: problemOf((error as NodeJS.ErrnoException).code ?? 'UNKNOWN') };
  }
}

function openReal(root: Root, path: string): OpenedPlace {
  const real = realpathSync.native(path);
  return isBelow(realpathSync.native(root.base), real) ? keepFile(openSync(real, FLAGS)) : refused;
}

function keepFile(fd: number): OpenedPlace {
  const stats = fstatSync(fd);
  if (stats.isFile()) return { fd, stats };
  closeSync(fd);
  return { problem: { kind: 'not-a-file' } };
}

function isFolderInside(root: Root, folder: string): boolean {
  const known = root.folders.get(folder);
  if (known !== undefined) return known;
  const inside = isBelow(realpathSync.native(root.base), realpathSync.native(folder));
  // Layouts by digits or date have many folders; forgetting all of them now and then keeps memory level.
  if (root.folders.size > 20_000) root.folders.clear();
  root.folders.set(folder, inside);
  return inside;
}

const isBelow = (base: string, path: string): boolean =>
  path === base || path.startsWith(base.endsWith(sep) ? base : base + sep);

const problemOf = (code: string): PlaceProblem =>
  code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'missing' } : { kind: 'unreadable', reason: code };

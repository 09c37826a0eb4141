import { execFile } from 'node:child_process';
import { closeSync, fsyncSync, openSync } from 'node:fs';
import { promisify } from 'node:util';
import { EzdError } from '../core/errors.ts';

/**
 * How bytes get from the system's memory to the disk:
 * - `filesystem`: one `sync -f` (Linux, syncfs) flushes the store's whole file system: names, folders and bytes, and reports write errors (since Linux 5.8).
 *   Two a commit, however many files it has.
 * - `files`: every file is flushed by the worker before it is closed, every folder that got a name afterwards by the main thread. Windows cannot flush folders;
 *   there NTFS's journal keeps names in order, and the last names before a power cut may be missing, in which case the file is copied again.
 */
export interface Durability {
  readonly kind: 'filesystem' | 'files';
  /** Returns when everything written below the root before the call is on disk. */
  flushBytes(): Promise<void>;
  /** Returns when the names in these folders are on disk. */
  flushNames(folders: Iterable<string>): Promise<void>;
}

const run = promisify(execFile);

export async function openDurability(root: string, prefer: Durability['kind'] = 'filesystem'): Promise<Durability> {
  if (prefer === 'filesystem' && process.platform === 'linux' && (await canFlushFileSystem(root))) {
    const flush = (): Promise<void> => flushFileSystem(root);
    return { kind: 'filesystem', flushBytes: flush, flushNames: flush };
  }
  return { kind: 'files', flushBytes: async () => {}, flushNames: async (folders) => flushFolders(folders) };
}

const canFlushFileSystem = (root: string): Promise<boolean> =>
  run('sync', ['-f', root]).then(
    () => true,
    () => false,
  );

async function flushFileSystem(root: string): Promise<void> {
  try {
    await run('sync', ['-f', root]);
  } catch (cause) {
    throw new EzdError('TARGET_FULL', 'The file system of the content store could not write its data to disk.', {
      hint: 'Check free space and the state of the disk, then run the command again: it goes on where it stopped.',
      subject: 'contents store',
      cause,
    });
  }
}

function flushFolders(folders: Iterable<string>): void {
  if (process.platform === 'win32') return;
  for (const folder of folders) {
    const fd = openSync(folder, 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  }
}

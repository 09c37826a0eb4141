import { randomBytes } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, statfsSync } from 'node:fs';
import { join, resolve, toNamespacedPath } from 'node:path';
import { EzdError } from '../core/errors.ts';
import { tempFolder } from './store-path.ts';

export interface PreparedStore {
  readonly root: string;
  /** Part of the temporary names of this run. */
  readonly session: string;
}

/**
 * Makes the store's folders and removes what a killed run left under temporary names. One run at a time may use a store: the ledger's lock sees to that.
 */
export function prepareStore(folder: string): PreparedStore {
  const root = toNamespacedPath(resolve(folder));
  const temp = tempFolder(root);
  try {
    mkdirSync(temp, { recursive: true, mode: 0o700 });
    for (const name of readdirSync(temp)) rmSync(join(temp, name), { force: true });
  } catch (cause) {
    throw storeError((cause as NodeJS.ErrnoException).code ?? 'UNKNOWN', cause);
  }
  return { root, session: randomBytes(4).toString('hex') };
}

/** Bytes that an ordinary user may still write. */
export function freeBytes(root: string): number {
  const { bavail, bsize } = statfsSync(root);
  return bavail * bsize;
}

/** The store cannot be written: a clear stop, and what is recorded stays. */
export function storeError(code: string, cause?: unknown): EzdError {
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new EzdError(
    full ? 'TARGET_FULL' : 'TARGET_RIGHTS',
    full ? 'The content store is full.' : `The content store cannot be written (${code}).`,
    {
      subject: 'contents store',
      hint: full
        ? 'Make room or extend the disk, then run the command again: it goes on where it stopped.'
        : 'Check the folder in target.contents.root and the rights on it, then run the command again.',
      cause,
    },
  );
}

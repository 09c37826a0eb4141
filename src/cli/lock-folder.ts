import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { EzdError } from '../core/errors.ts';

/**
 * Locks the folder of an embedded database for this process: a second process would destroy it. A lock left by a process that is gone is taken over.
 * Returns the way to give it back.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true });
  const file = `${folder.replace(/[\\/]+$/, '')}.lock`;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx');
      writeFileSync(handle, JSON.stringify({ pid: process.pid, host: hostname() }));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const holder = readHolder(file);
      if (isAlive(holder)) throw locked(folder, file, holder!);
      rmSync(file, { force: true });
    }
  }
  throw locked(folder, file, { pid: 0, host: '?' });
}

interface Holder {
  readonly pid: number;
  readonly host: string;
}

function readHolder(file: string): Holder | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Holder;
  } catch {
    return null;
  }
}

function isAlive(holder: Holder | null): boolean {
  if (holder === null) return false;
  if (holder.host !== hostname()) return true;
  try {
    process.kill(holder.pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const locked = (folder: string, file: string, { pid, host }: Holder): EzdError =>
  new EzdError('LOCKED', `The embedded database in ${folder} is in use by process ${pid} on ${host}.`, {
    subject: folder,
    hint: `Wait until that run has finished, or stop it. If no such process exists, delete ${file}.`,
  });

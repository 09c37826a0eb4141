import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { EzdError } from '../core/errors.ts';

/**
 * Locks the folder of an embedded database for this process: a second process would destroy it. A lock left by a process that is gone is taken over.
 * Returns the way to give it back.
 */
export function lockFolder(folder: string): () => void {
  makeFolder(folder);
  const file = `${folder.replace(/[\\/]+$/, '')}.lock`;
  for (let attempt = 0; attempt < 2; attempt++) {
    try {
      const handle = openSync(file, 'wx');
      writeFileSync(handle, JSON.stringify({ pid: process.pid, host: hostname() }));
      closeSync(handle);
      return () => rmSync(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw notWritable(folder, error);
      const holder = readHolder(file);
      if (isAlive(holder)) throw locked(folder, file, holder!);
      rmSync(file, { force: true });
    }
  }
  throw locked(folder, file, { pid: 0, host: '?' });
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true });
  } catch (error) {
    throw notWritable(folder, error);
  }
}

function notWritable(folder: string, cause: unknown): EzdError {
  const { code, message } = cause as NodeJS.ErrnoException;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new EzdError(full ? 'TARGET_FULL' : 'TARGET_RIGHTS', `The folder ${folder} cannot be written: ${message}.`, {
    subject: folder,
    hint: full
      ? 'Make room on that disk and start the same command again.'
      : 'Let target.folder of the project file name a folder that this user may write.',
    cause,
  });
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
    polish: {
      message: `Z wbudowanej bazy w ${folder} korzysta proces ${pid} na ${host}.`,
      hint: `Poczekaj, aż tamten przebieg się skończy, albo go zatrzymaj. Jeżeli takiego procesu nie ma, usuń ${file}.`,
    },
  });

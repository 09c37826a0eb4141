import { statfsSync } from 'node:fs';
import { EzdError } from '../../core/errors.ts';

const MB = 1024 * 1024;

/** What stays free at every write: the embedded database does not survive a full disk, it stops answering and cannot be stopped. */
export const EMBEDDED_RESERVE = 64 * MB;
/** What a new embedded database takes before its first record. */
export const EMBEDDED_NEW = 64 * MB;

/**
 * Throws TARGET_FULL when the file system of the folder has less room than the reserve and `bytes` more. A file system that does not tell its room is
 * trusted.
 */
export function requireRoom(folder: string, bytes: number): void {
  const free = freeBytes(folder);
  const needed = EMBEDDED_RESERVE + bytes;
  if (free === null || free >= needed) return;
  throw new EzdError(
    'TARGET_FULL',
    `The disk of the embedded database ${folder} has ${Math.floor(free / MB)} MB left; ${Math.ceil(needed / MB)} MB are needed.`,
    {
      subject: folder,
      hint: 'Make room on that disk. Everything up to the last checkpoint is safe: start the same command again, it goes on where it stopped.',
      polish: {
        message: `Na dysku wbudowanej bazy ${folder} zostało ${Math.floor(free / MB)} MB; potrzeba ${Math.ceil(needed / MB)} MB.`,
        hint: 'Zrób miejsce na tym dysku. Wszystko do ostatniego punktu kontrolnego jest bezpieczne: uruchom to samo polecenie jeszcze raz, pójdzie dalej od miejsca, w którym stanęło.',
      },
    },
  );
}

function freeBytes(folder: string): number | null {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return null;
  }
}

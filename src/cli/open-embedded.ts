import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PGlite } from '@electric-sql/pglite';
import { EzdError } from '../core/errors.ts';
import { EMBEDDED_NEW, requireRoom } from '../write/postgres/embedded-room.ts';
import { lockFolder } from './lock-folder.ts';

export interface EmbeddedDatabase {
  readonly db: PGlite;
  /** Gives the lock of the folder back; call after the database is closed. */
  unlock(): void;
}

/** Opens the embedded database in a folder, new or old, and keeps other processes out; null: in memory. Throws EzdError LOCKED, TARGET_FULL, TARGET_RIGHTS. */
export async function openEmbedded(folder: string | null): Promise<EmbeddedDatabase> {
  // WebAssembly of several megabytes, which a project with a server of its own never needs
  const { PGlite } = await import('@electric-sql/pglite');
  if (folder === null) return { db: await PGlite.create(), unlock: () => undefined };
  const unlock = lockFolder(folder);
  try {
    requireRoom(folder, existsSync(join(folder, 'PG_VERSION')) ? 0 : EMBEDDED_NEW);
    return { db: await PGlite.create(folder), unlock };
  } catch (error) {
    unlock();
    if (error instanceof EzdError) throw error;
    const reason = error instanceof Error && error.message !== '' ? error.message : JSON.stringify(error);
    throw new EzdError('TARGET_UNREACHABLE', `The embedded database in ${folder} cannot be opened: ${reason}.`, {
      subject: folder,
      hint: 'Check that the folder holds nothing but such a database, that its files may be written, and that its disk has room. An embedded database can be made again: delete the folder and load anew.',
      cause: error,
    });
  }
}

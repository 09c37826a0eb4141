import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Archive } from './archive.ts';
import { openFileBook } from './file-book.ts';
import { brokenArchive } from './package-fault.ts';
import { safeName } from './safe-name.ts';

/** An unpacked package. Links are never followed. */
export async function openFolder(root: string): Promise<Archive> {
  const { add, files, remarks } = openFileBook();
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else if (!entry.isFile()) remarks.push({ code: 'PACKAGE_NOT_A_FILE', path, params: { type: 'link' } });
      else if (!('refused' in safeName(path))) {
        add({ path, size: (await lstat(join(root, path))).size, at: files.length });
      }
    }
  };
  await walk('');
  return {
    kind: 'folder',
    files,
    remarks,
    open: ({ at }) => readFile(join(root, files.at(at).path), root),
    close: async () => {},
  };
}

async function* readFile(path: string, root: string): AsyncGenerator<Uint8Array> {
  try {
    yield* createReadStream(path, { highWaterMark: 1 << 20 }) as AsyncIterable<Buffer>;
  } catch (error) {
    throw brokenArchive(root, 'a file in it cannot be read', error);
  }
}

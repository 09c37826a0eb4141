import { createReadStream } from 'node:fs';
import { lstat, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Archive, ArchiveFile } from './archive.ts';
import { brokenArchive } from './package-fault.ts';
import { openNameBook, safeName } from './safe-name.ts';

/** An unpacked package. Links are never followed. */
export async function openFolder(root: string): Promise<Archive> {
  const names = openNameBook();
  const files: ArchiveFile[] = [];
  const walk = async (folder: string): Promise<void> => {
    const entries = await readdir(join(root, folder), { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) await walk(path);
      else if (!entry.isFile()) names.remarks.push({ code: 'PACKAGE_NOT_A_FILE', path, params: { type: 'link' } });
      else if (!('refused' in safeName(path)) && names.add(path)) {
        files.push({ path, size: (await lstat(join(root, path))).size, at: files.length });
      }
    }
  };
  await walk('');
  return {
    kind: 'folder',
    files,
    remarks: names.remarks,
    open: (file) => readFile(join(root, file.path), root),
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

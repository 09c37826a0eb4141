import { join } from 'node:path';

/** Folders of the store: `<root>/ab/cd/<sha256>`, and `<root>/tmp/` for what is being written. */
export const storePath = (root: string, sha256: string): string =>
  join(root, sha256.slice(0, 2), sha256.slice(2, 4), sha256);

export const storeFolder = (root: string, sha256: string): string => join(root, sha256.slice(0, 2), sha256.slice(2, 4));

export const tempFolder = (root: string): string => join(root, 'tmp');

export const isSha256 = (text: string): boolean => /^[0-9a-f]{64}$/.test(text);

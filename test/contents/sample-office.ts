import { hash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { ContentItem, ContentPlace } from '../../src/contents/content.ts';

export const CONTAINER = 'EZD.PRZYKLADOWO.FLAT.MAIN';

/** A repository and a store in a folder of their own, removed by `remove`. */
export interface SampleOffice {
  readonly root: string;
  readonly store: string;
  /** Writes a file of the repository; returns its path. */
  file(path: string, bytes: Uint8Array | string): string;
  remove(): void;
}

export function openSampleOffice(): SampleOffice {
  const home = mkdtempSync(join(tmpdir(), 'ezd-contents-'));
  const root = join(home, 'repository');
  mkdirSync(root);
  return {
    root,
    store: join(home, 'store'),
    file: (path, bytes) => {
      const full = join(root, path);
      mkdirSync(dirname(full), { recursive: true });
      writeFileSync(full, bytes);
      return full;
    },
    remove: () => rmSync(home, { recursive: true, force: true }),
  };
}

export const filePlace = (identifier: string, container: string = CONTAINER, name = 'pismo.txt'): ContentPlace => ({
  kind: 'file',
  container,
  identifier,
  name,
});

export const item = (contentId: string, over: Partial<ContentItem> = {}): ContentItem => ({
  contentId,
  documentKey: Number(contentId) + 500_000,
  name: 'pismo.txt',
  expectedSize: null,
  legacyHash: null,
  places: [filePlace(contentId)],
  ...over,
});

export async function* streamOf<T>(items: Iterable<T>): AsyncGenerator<T> {
  yield* items;
}

/** Every file of a store: name → bytes; throws when a name is not the digest of its bytes or lies in the wrong folder. */
export function readStore(store: string): ReadonlyMap<string, Buffer> {
  const found = new Map<string, Buffer>();
  for (const a of readdirSync(store).filter((name) => name !== 'tmp')) {
    for (const b of readdirSync(join(store, a))) {
      for (const name of readdirSync(join(store, a, b))) {
        const bytes = readFileSync(join(store, a, b, name));
        if (hash('sha256', bytes, 'hex') !== name || !name.startsWith(a + b)) throw new Error(`wrong bytes in ${name}`);
        found.set(name, bytes);
      }
    }
  }
  return found;
}

export const sha256 = (bytes: Uint8Array | string): string => hash('sha256', bytes, 'hex');
export const temporaryFiles = (store: string): string[] => readdirSync(join(store, 'tmp'));

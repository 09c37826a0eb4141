import { closeSync, opendirSync, openSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceContentsConfig } from '../../config/config.ts';
import { placePath } from '../../contents/layout.ts';
import { openRepository } from '../../contents/open-place.ts';
import { storeItems } from '../../contents/store-items.ts';
import { type Check, ok, unknown, type Verdict } from '../../doctor/check.ts';
import { judgeRoots, judgeSample, type RootFacts, type SampleFacts } from '../../doctor/judge-repository.ts';
import type { Store } from '../open-store.ts';
import type { Resources } from './resources.ts';

/** Files that are tried. */
const SAMPLE = 40;
/** Folders that are opened at most while the first files are looked for. */
const FOLDERS = 200;

/** What is looked at in the legacy repository of files. */
export function repositoryChecks(parts: Resources): readonly Check[] {
  const { source } = parts.config;
  const check = (id: string, look: Check['look'], short = false): Check => ({ id, area: 'repository', short, look });
  if (source.kind === 'package') return [check('repository.roots', async () => ok('rootsPackages'))];
  const { contents } = source;
  if (contents === null) return [check('repository.roots', async () => unknown('rootsNone'))];
  return [
    check('repository.roots', async () => judgeRoots(contents.roots.map(lookAt)), true),
    check('repository.sample', () => sample(parts, contents)),
  ];
}

function lookAt(root: string): RootFacts {
  try {
    opendirSync(root).closeSync();
    return { root, error: null };
  } catch (fault) {
    return { root, error: (fault as NodeJS.ErrnoException).code ?? 'UNKNOWN' };
  }
}

/** Places that loaded contents name; before the first load, the first files on disk. */
async function sample(parts: Resources, contents: SourceContentsConfig): Promise<Verdict> {
  const { roots } = contents;
  if (roots.every((root) => lookAt(root).error !== null)) return unknown('rootsBad', { roots: roots.join(', ') });
  const store = await parts.store().catch(() => null);
  if (store === null) return judgeSample(sampleDisk(roots));
  return judgeSample(await sampleStore(store, contents, parts.config.timezone));
}

/** Each place of a few contents, over all pages of the first thousands, is opened and closed again; nothing is read. */
async function sampleStore(
  store: Store,
  { roots, layout }: SourceContentsConfig,
  timezone: string,
): Promise<SampleFacts> {
  const opener = openRepository(roots);
  const counts = { tried: 0, missing: 0, refused: 0 };
  const session = await store.pool.session();
  try {
    for await (const item of storeItems(session, { schema: store.schema, timezone, page: SAMPLE })) {
      const [place] = item.places.flatMap((each) => (each.kind === 'file' ? [each] : []));
      if (place === undefined) continue;
      const path = placePath(layout, item, place);
      const opened = 'segments' in path ? opener.open(path.segments) : null;
      counts.tried++;
      if (opened === null) counts.missing++;
      else if ('fd' in opened) closeSync(opened.fd);
      else if (opened.problem.kind === 'missing') counts.missing++;
      else counts.refused++;
      if (counts.tried === SAMPLE) break;
    }
  } finally {
    await session.release();
  }
  return { from: 'store', ...counts };
}

/** The first files below the roots, depth first; a repository of millions is not listed. */
function sampleDisk(roots: readonly string[]): SampleFacts {
  const counts = { tried: 0, missing: 0, refused: 0 };
  const waiting = [...roots].reverse();
  for (let opened = 0; waiting.length > 0 && opened < FOLDERS && counts.tried < SAMPLE; opened++) {
    const folder = waiting.pop()!;
    let entries: ReturnType<typeof readEntries>;
    try {
      entries = readEntries(folder);
    } catch {
      counts.tried++;
      counts.refused++;
      continue;
    }
    for (const entry of entries) {
      if (entry.isDirectory()) waiting.push(join(folder, entry.name));
      else if (entry.isFile() && counts.tried < SAMPLE) tryFile(join(folder, entry.name), counts);
    }
  }
  return { from: 'disk', ...counts };
}

const readEntries = (folder: string) => readdirSync(folder, { withFileTypes: true });

function tryFile(file: string, counts: { tried: number; refused: number }): void {
  counts.tried++;
  try {
    closeSync(openSync(file, 'r'));
  } catch {
    counts.refused++;
  }
}

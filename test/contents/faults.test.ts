import { spawnSync } from 'node:child_process';
import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContentItem } from '../../src/contents/content.ts';
import { type CopyOptions, copyContents } from '../../src/contents/copy-contents.ts';
import type { CopyCounts } from '../../src/contents/copy-counts.ts';
import { type MemoryJournal, openMemoryJournal } from '../../src/contents/memory-journal.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import {
  CONTAINER,
  item,
  openSampleOffice,
  readStore,
  type SampleOffice,
  sha256,
  streamOf,
  temporaryFiles,
} from './sample-office.ts';

let office: SampleOffice;
let journal: MemoryJournal;
beforeEach(() => {
  office = openSampleOffice();
  journal = openMemoryJournal();
});
afterEach(() => office.remove());

const copy = (
  items: Iterable<ContentItem> | AsyncIterable<ContentItem>,
  over: Partial<CopyOptions> = {},
): Promise<CopyCounts> =>
  copyContents({
    items: Symbol.asyncIterator in items ? items : streamOf(items),
    journal,
    roots: [office.root],
    layout: { kind: 'flat' },
    storeRoot: office.store,
    jobs: 2,
    minFree: 0,
    commit: { contents: 20, bytes: 1 << 20, milliseconds: 100 },
    ...over,
  });

describe('a full disk under the store', () => {
  // 300 files of 60 KB and one of 5 MB: 23 MB.
  const text = (i: number): string => `pismo ${i} `.repeat(i === 150 ? 450_000 : 5_500);

  it('is a clear stop; what was read until then counts, and a second call with more room finishes', async () => {
    for (let i = 0; i < 300; i++) office.file(`${CONTAINER}/${i}`, text(i));
    const items = Array.from({ length: 300 }, (_, i) => item(String(i)));
    // Where no disk can be mounted, the limit on free space stops it instead.
    const disk = mountSmallDisk(8);
    const storeRoot = disk?.folder ?? office.store;
    try {
      const minFree = disk === null ? Number.MAX_SAFE_INTEGER : 0;
      await expect(copy(items, { storeRoot, minFree })).rejects.toMatchObject({ code: 'TARGET_FULL' });
      const done = journal.records.size;
      if (disk !== null) expect(done).toBeGreaterThan(0);
      expect([...journal.records.values()].every((record) => record.status === 'stored')).toBe(true);
      expect(journal.findings).toEqual([]);
      const before = readStore(storeRoot);
      for (const record of journal.records.values()) expect(before.has(record.sha256 ?? '')).toBe(true);

      disk?.resize(64);
      expect(await copy(items, { storeRoot })).toMatchObject({ known: done, stored: 300 - done, failed: 0 });
      expect([...readStore(storeRoot).keys()].sort()).toEqual(items.map((_, i) => sha256(text(i))).sort());
      expect(temporaryFiles(storeRoot)).toEqual([]);
    } finally {
      disk?.release();
    }
  });
});

describe('a repository that goes away', () => {
  it('is refused at the beginning, not reported as so many lost files', async () => {
    await expect(copy([item('1')], { roots: [join(office.root, 'nieobecny')] })).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
    expect(journal.findings).toEqual([]);
  });

  it('stops the copy in the middle, which goes on when it is back', async () => {
    for (let i = 0; i < 600; i++) office.file(`${CONTAINER}/${i}`, `pismo ${i}`);
    const all = Array.from({ length: 600 }, (_, i) => item(String(i)));
    const away = `${office.root}-away`;
    async function* items(): AsyncGenerator<ContentItem> {
      yield* all.slice(0, 300);
      renameSync(office.root, away);
      yield* all.slice(300);
    }
    await expect(copy(items())).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    renameSync(away, office.root);
    const done = journal.records.size;
    expect(done).toBeGreaterThan(0);
    expect(journal.findings).toEqual([]);
    expect(await copy(all)).toMatchObject({ known: done, stored: 600 - done, failed: 0 });
  });
});

describe('a file that is not what it was when it was listed', () => {
  it('deleted, made a folder, or put out of reach between listing and copying is a finding, and the copy goes on', async () => {
    for (const id of ['1', '2', '3', '4']) office.file(`${CONTAINER}/${id}`, `pismo ${id}`);
    async function* items(): AsyncGenerator<ContentItem> {
      yield* ['1', '2', '3', '4'].map((id) => item(id));
      rmSync(join(office.root, CONTAINER, '1'));
      rmSync(join(office.root, CONTAINER, '2'));
      mkdirSync(join(office.root, CONTAINER, '2'));
    }
    expect(await copy(items())).toMatchObject({ stored: 2, failed: 2 });
    expect(journal.findings.map(({ code, key }) => [key, code])).toEqual([
      [500_001, 'CONTENT_MISSING'],
      [500_002, 'CONTENT_UNREADABLE'],
    ]);
  });

  it('that may not be read is a finding with the reason, and is copied once it may', async () => {
    const path = office.file(`${CONTAINER}/1`, 'pismo');
    // Root may read everything: there the same refusal comes from a named pipe, which is no file.
    const root = process.getuid?.() === 0;
    if (root) {
      rmSync(path);
      spawnSync('mkfifo', [path]);
    } else chmodSync(path, 0o000);
    expect(await copy([item('1')])).toMatchObject({ failed: 1 });
    expect(journal.findings[0]).toMatchObject({
      code: 'CONTENT_UNREADABLE',
      params: { reason: root ? 'not-a-file' : 'EACCES' },
    });
    rmSync(path);
    writeFileSync(path, 'pismo');
    expect(await copy([item('1')])).toMatchObject({ stored: 1 });
  });

  it('that grows while it is read is never stored half', async () => {
    const path = office.file(`${CONTAINER}/1`, Buffer.alloc(6 << 20, 'a'));
    const growing = setInterval(() => appendFileSync(path, 'b'.repeat(1000)), 5);
    try {
      await copy([item('1')], { bandwidth: 10 << 20 });
    } finally {
      clearInterval(growing);
    }
    expect(journal.records.get('1')).toMatchObject({ status: 'failed', problem: 'CONTENT_UNREADABLE' });
    expect(journal.findings[0]?.params).toMatchObject({ reason: 'changing' });
    expect(readStore(office.store).size).toBe(0);
    expect(temporaryFiles(office.store)).toEqual([]);
  });
});

import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { copyContents } from '../../src/contents/copy-contents.ts';
import type { CopyCounts } from '../../src/contents/copy-counts.ts';
import { type MemoryJournal, openMemoryJournal } from '../../src/contents/memory-journal.ts';
import { type VerifyCounts, type VerifyOptions, verifyContents } from '../../src/contents/verify-contents.ts';
import { CONTAINER, item, openSampleOffice, readStore, type SampleOffice, sha256, streamOf } from './sample-office.ts';

let office: SampleOffice;
let journal: MemoryJournal;
beforeEach(async () => {
  office = openSampleOffice();
  journal = openMemoryJournal();
  for (let i = 0; i < 200; i++) office.file(`${CONTAINER}/${i}`, text(i));
  office.file(`${CONTAINER}/200`, text(0));
  await copy();
});
afterEach(() => office.remove());

const text = (i: number): string => `pismo ${i} `.repeat(i === 7 ? 300_000 : 10);
const stored = (content: string): string => {
  const digest = sha256(content);
  return join(office.store, digest.slice(0, 2), digest.slice(2, 4), digest);
};
const copy = (): Promise<CopyCounts> =>
  copyContents({
    items: streamOf(Array.from({ length: 201 }, (_, i) => item(String(i)))),
    journal,
    roots: [office.root],
    layout: { kind: 'flat' },
    storeRoot: office.store,
    jobs: 2,
    minFree: 0,
  });
const verify = (over: Partial<VerifyOptions> = {}): Promise<VerifyCounts> =>
  verifyContents({ journal, storeRoot: office.store, jobs: 2, ...over });

describe('verifying the store', () => {
  it('reads every file once and finds nothing wrong in a good store', async () => {
    expect(await verify()).toMatchObject({ checked: 200, good: 200, contentsLost: 0, notSampled: 0 });
    expect(journal.findings).toEqual([]);
  });

  it('finds lost and altered bytes on every content that has them, and the next copy brings them back', async () => {
    rmSync(stored(text(0)));
    const bytes = readFileSync(stored(text(7)));
    bytes[bytes.length - 1] = bytes[bytes.length - 1]! ^ 1;
    writeFileSync(stored(text(7)), bytes);
    writeFileSync(stored(text(8)), 'krótsze');
    expect(await verify()).toMatchObject({ checked: 200, good: 197, missing: 1, altered: 2, contentsLost: 4 });
    expect(journal.findings.map(({ code, params }) => [code, params?.['content']]).sort()).toEqual([
      ['CONTENT_STORE_ALTERED', '7'],
      ['CONTENT_STORE_ALTERED', '8'],
      ['CONTENT_STORE_MISSING', '0'],
      ['CONTENT_STORE_MISSING', '200'],
    ]);
    expect(await copy()).toMatchObject({ known: 197, stored: 4 });
    rmSync(join(office.store, 'damaged'), { recursive: true });
    expect(readStore(office.store).size).toBe(200);
    expect(await verify()).toMatchObject({ good: 200 });
  });

  it('reads a share only, another one with another seed, and together all', async () => {
    const quarter = await verify({ share: 0.25, seed: 1 });
    expect(quarter.checked).toBeGreaterThan(20);
    expect(quarter.checked).toBeLessThan(90);
    expect(quarter.checked + quarter.notSampled).toBe(200);
    rmSync(stored(text(42)));
    const found = new Set<number>();
    for (let seed = 0; seed < 12; seed++) {
      const { missing } = await verify({ share: 0.25, seed });
      found.add(missing);
      if (missing === 1) break;
    }
    expect(found).toEqual(new Set([0, 1]));
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(verify({ signal: controller.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
  });
});

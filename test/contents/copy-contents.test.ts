import { createHash } from 'node:crypto';
import { linkSync, mkdirSync, renameSync, rmSync, statSync, symlinkSync, truncateSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ContentItem } from '../../src/contents/content.ts';
import { type CopyOptions, copyContents } from '../../src/contents/copy-contents.ts';
import type { CopyCounts } from '../../src/contents/copy-counts.ts';
import { type MemoryJournal, openMemoryJournal } from '../../src/contents/memory-journal.ts';
import {
  CONTAINER,
  filePlace,
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

const copy = (items: readonly ContentItem[], over: Partial<CopyOptions> = {}): Promise<CopyCounts> =>
  copyContents({
    items: streamOf(items),
    journal,
    roots: [office.root],
    layout: { kind: 'flat' },
    storeRoot: office.store,
    jobs: 2,
    minFree: 0,
    ...over,
  });

const codes = (): string[] => journal.findings.map((finding) => finding.code).sort();

describe('copying contents', () => {
  it('keeps every byte under its digest, equal bytes once, and nothing under a temporary name', async () => {
    const texts = Array.from({ length: 300 }, (_, i) => `treść ${i % 100}\r\n\u0000${'x'.repeat(i % 100)}`);
    for (const [i, text] of texts.entries()) office.file(`${CONTAINER}/${i}`, text);
    const counts = await copy(texts.map((_, i) => item(String(i))));
    expect(counts).toMatchObject({ known: 0, stored: 300, failed: 0 });
    expect([...readStore(office.store).keys()].sort()).toEqual([...new Set(texts.map(sha256))].sort());
    for (const [i, text] of texts.entries()) {
      expect(journal.records.get(String(i))).toMatchObject({ sha256: sha256(text), size: Buffer.byteLength(text) });
    }
    expect(temporaryFiles(office.store)).toEqual([]);
  });

  it('streams a file bigger than the buffer, also one that ends on a chunk border', async () => {
    const big = Buffer.alloc(5 * (1 << 20) + 17, 'Gmina Przykładowo ');
    const even = Buffer.alloc(4 * (1 << 20), 'sprawa');
    office.file(`${CONTAINER}/1`, big);
    office.file(`${CONTAINER}/2`, even);
    office.file(`${CONTAINER}/3`, big);
    const counts = await copy([item('1'), item('2'), item('3')]);
    expect(counts).toMatchObject({ stored: 3, bytesRead: 2 * big.length + even.length });
    expect([...readStore(office.store).keys()].sort()).toEqual([sha256(big), sha256(even)].sort());
    expect(temporaryFiles(office.store)).toEqual([]);
  });

  it('does not open what is stored when it is called again', async () => {
    for (const id of ['1', '2', '3']) office.file(`${CONTAINER}/${id}`, `pismo ${id}`);
    await copy([item('1'), item('2')]);
    rmSync(join(office.root, CONTAINER, '1'));
    const counts = await copy([item('1'), item('2'), item('3')]);
    expect(counts).toMatchObject({ known: 2, stored: 1, failed: 0, bytesRead: 7 });
  });

  it('reads a content again whose row says another size or hash now, and tells that its digest changed', async () => {
    office.file(`${CONTAINER}/1`, 'pierwsza');
    await copy([item('1', { expectedSize: 8 })]);
    office.file(`${CONTAINER}/1`, 'druga');
    expect(await copy([item('1', { expectedSize: 5 })])).toMatchObject({ known: 0, stored: 1 });
    expect(journal.records.get('1')?.sha256).toBe(sha256('druga'));
    expect(codes()).toContain('CONTENT_TWO_DIGESTS');
  });

  it('tries a failed content again', async () => {
    expect(await copy([item('1')])).toMatchObject({ stored: 0, failed: 1 });
    expect(journal.records.get('1')).toMatchObject({ status: 'failed', problem: 'CONTENT_MISSING' });
    office.file(`${CONTAINER}/1`, 'odzyskany');
    expect(await copy([item('1')])).toMatchObject({ known: 0, stored: 1 });
  });

  it('names the document, the place and the numbers in what it finds', async () => {
    office.file(`${CONTAINER}/1`, 'abc');
    await copy([item('1', { expectedSize: 4 })]);
    expect(journal.findings).toEqual([
      {
        code: 'CONTENT_SIZE_MISMATCH',
        severity: 'error',
        effect: 'load',
        entity: 'dokument',
        key: 500_001,
        value: `${CONTAINER}/1`,
        params: { content: '1', expected: 4, found: 3 },
      },
    ]);
    expect(journal.records.get('1')?.status).toBe('stored');
  });

  it('finds empty, oversized, mistyped and unlisted files and stores them all the same', async () => {
    office.file(`${CONTAINER}/1`, '');
    office.file(`${CONTAINER}/2`, 'x'.repeat(101));
    office.file(`${CONTAINER}/3`, '%PDF-1.4\n%âãÏÓ\n');
    office.file(`${CONTAINER}/4`, 'MZ\u0000\u0001');
    const items = [item('1'), item('2'), item('3'), item('4', { name: 'kalkulator.exe' })];
    const counts = await copy(items, { maxSize: 100 });
    expect(counts.stored).toBe(4);
    expect(codes()).toEqual(['CONTENT_EMPTY', 'CONTENT_FORMAT_NOT_KRI', 'CONTENT_TOO_LARGE', 'CONTENT_TYPE_MISMATCH']);
  });
});

describe('locating contents', () => {
  it('takes the first root that has the file', async () => {
    office.file(`stary/${CONTAINER}/1`, 'stary');
    office.file(`nowy/${CONTAINER}/2`, 'nowy');
    const roots = [join(office.root, 'nowy'), join(office.root, 'stary')];
    expect(await copy([item('1'), item('2')], { roots })).toMatchObject({ stored: 2 });
  });

  it('follows links inside the root and refuses those that lead out of it', async () => {
    const secret = join(dirname(office.root), 'tajne');
    mkdirSync(secret);
    renameSync(office.file('1', 'tajne'), join(secret, '1'));
    office.file(`${CONTAINER}/9`, 'wewnątrz');
    symlinkSync(join(secret, '1'), join(office.root, CONTAINER, '2'));
    symlinkSync(join(office.root, CONTAINER, '9'), join(office.root, CONTAINER, '3'));
    symlinkSync(secret, join(office.root, 'LINK'));
    const items = [item('2'), item('3'), item('4', { places: [filePlace('1', 'LINK')] })];
    expect(await copy(items)).toMatchObject({ stored: 1, failed: 2 });
    expect(codes()).toEqual(['CONTENT_OUTSIDE_ROOT', 'CONTENT_OUTSIDE_ROOT']);
    expect([...readStore(office.store).keys()]).toEqual([sha256('wewnątrz')]);
  });

  it('does not wait for a pipe and does not read a folder', async () => {
    mkdirSync(join(office.root, CONTAINER, '1'), { recursive: true });
    expect(await copy([item('1')])).toMatchObject({ failed: 1 });
    expect(journal.findings[0]?.params).toMatchObject({ reason: 'not-a-file' });
  });

  it('opens paths far longer than 260 characters', async () => {
    const folder = Array.from({ length: 12 }, (_, i) => `${i}-${'długa-nazwa-'.repeat(8)}`).join('/');
    office.file(`${folder}/1`, 'daleko');
    expect(await copy([item('1', { places: [filePlace('1', folder)] })])).toMatchObject({ stored: 1 });
  });

  it('finds names in the other Unicode form or letter case, but never chooses between two', async () => {
    const layout = { kind: 'template', template: '{name}' } as const;
    const named = (id: string, name: string): ContentItem =>
      item(id, { name, places: [filePlace(id, CONTAINER, name)] });
    office.file('załącznik.txt'.normalize('NFD'), 'forma');
    office.file('UMOWA.TXT', 'wielkie');
    office.file('Plan.txt', 'a');
    office.file('PLAN.txt', 'b');
    const items = [
      named('1', 'załącznik.txt'),
      named('2', 'umowa.txt'),
      named('3', 'plan.txt'),
      named('4', 'PLAN.txt'),
    ];
    expect(await copy(items, { layout })).toMatchObject({ stored: 3, failed: 1 });
    expect(journal.records.get('1')?.sha256).toBe(sha256('forma'));
    expect(journal.records.get('2')?.sha256).toBe(sha256('wielkie'));
    expect(journal.records.get('3')?.problem).toBe('CONTENT_AMBIGUOUS');
    expect(journal.records.get('4')?.sha256).toBe(sha256('b'));
  });

  it('reads hard links like files', async () => {
    linkSync(office.file(`${CONTAINER}/1`, 'jedno'), join(office.root, CONTAINER, '2'));
    expect(await copy([item('1'), item('2')])).toMatchObject({ stored: 2 });
    expect(readStore(office.store).size).toBe(1);
  });
});

describe('comparing with the legacy hash', () => {
  const sha512 = (text: string): string => createHash('sha512').update(text).digest('hex');

  it('reports a wrong digest once the algorithm is confirmed, also when the wrong one came first', async () => {
    for (const id of ['1', '2', '3', '4', '5']) office.file(`${CONTAINER}/${id}`, `pismo ${id}`);
    const items = ['1', '2', '3', '4', '5'].map((id) =>
      item(id, { legacyHash: id === '1' ? sha512('inne') : sha512(`pismo ${id}`).toUpperCase() }),
    );
    expect(await copy(items)).toMatchObject({ stored: 5 });
    expect(codes()).toEqual(['CONTENT_HASH_MISMATCH']);
    expect(journal.findings[0]).toMatchObject({ key: 500_001, params: { algorithm: 'sha512', content: '1' } });
    expect(journal.records.get('1')?.legacyEqual).toBe(false);
  });

  it('does not accuse files when no digest of the sample fits', async () => {
    const items = Array.from({ length: 60 }, (_, i) => item(String(i), { legacyHash: sha512(`sól ${i}`) }));
    for (const [i] of items.entries()) office.file(`${CONTAINER}/${i}`, `pismo ${i}`);
    expect(await copy(items)).toMatchObject({ stored: 60 });
    expect(new Set(codes())).toEqual(new Set(['CONTENT_HASH_UNKNOWN']));
  });

  it('keeps the bytes of a content whose verdict waits, since an equal file right after it is not written again', async () => {
    for (const id of ['1', '2']) office.file(`${CONTAINER}/${id}`, 'te same bajty');
    const controller = new AbortController();
    async function* items(): AsyncGenerator<ContentItem> {
      yield item('1', { legacyHash: sha512('inne') });
      yield item('2');
      // Fills the group, so that both are read before the stop.
      for (let i = 3; i < 260; i++) yield item(String(i));
      await sleep(1500);
      controller.abort();
    }
    await expect(copy([], { items: items(), signal: controller.signal })).rejects.toMatchObject({
      code: 'INTERRUPTED',
    });
    expect(journal.records.has('1')).toBe(false);
    expect([...readStore(office.store).keys()]).toEqual([journal.records.get('2')?.sha256]);
  });

  it('trusts what earlier runs confirmed', async () => {
    office.file(`${CONTAINER}/1`, 'dobre');
    office.file(`${CONTAINER}/2`, 'zepsute');
    const good = item('1', { legacyHash: sha512('dobre') });
    await copy([good]);
    await copy([good, item('2', { legacyHash: sha512('całe') })]);
    expect(codes()).toEqual(['CONTENT_HASH_MISMATCH']);
  });
});

describe('bytes in two places', () => {
  const column = { kind: 'column', table: 'dbo.ZalacznikiDane', column: 'Dane', key: '1' } as const;
  const openColumn = async function* (): AsyncGenerator<Uint8Array> {
    yield Buffer.from('z ba');
    yield Buffer.from('zy');
  };

  it('reads a value of a binary column chunk by chunk', async () => {
    expect(await copy([item('1', { places: [column] })], { openColumn })).toMatchObject({ stored: 1 });
    expect([...readStore(office.store).keys()]).toEqual([sha256('z bazy')]);
    expect(temporaryFiles(office.store)).toEqual([]);
  });

  it('takes the copy whose digest fits and warns about the other', async () => {
    office.file(`${CONTAINER}/1`, 'z pliku');
    const legacyHash = createHash('sha1').update('z bazy').digest('hex');
    await copy([item('1', { legacyHash, places: [filePlace('1'), column] })], { openColumn });
    expect(journal.records.get('1')?.sha256).toBe(sha256('z bazy'));
    expect(codes()).toEqual(['CONTENT_COPY_DIFFERS']);
  });

  it('takes the first and reports an error when nothing decides; both are kept', async () => {
    office.file(`${CONTAINER}/1`, 'z pliku');
    await copy([item('1', { places: [filePlace('1'), column] })], { openColumn });
    expect(journal.records.get('1')?.sha256).toBe(sha256('z pliku'));
    expect(codes()).toEqual(['CONTENT_TWO_DIGESTS']);
    expect([...readStore(office.store).keys()].sort()).toEqual([sha256('z bazy'), sha256('z pliku')].sort());
  });

  it('says nothing when both are equal or one is missing', async () => {
    office.file(`${CONTAINER}/1`, 'z bazy');
    const places = [filePlace('1'), filePlace('7'), column];
    expect(await copy([item('1', { places })], { openColumn })).toMatchObject({ stored: 1 });
    expect(codes()).toEqual([]);
  });
});

describe('stopping', () => {
  it('stops clearly before the free space goes below the limit, and goes on when there is room', async () => {
    office.file(`${CONTAINER}/1`, 'pismo');
    await expect(copy([item('1')], { minFree: Number.MAX_SAFE_INTEGER })).rejects.toMatchObject({
      code: 'TARGET_FULL',
    });
    expect(journal.records.size).toBe(0);
    expect(await copy([item('1')])).toMatchObject({ stored: 1 });
  });

  it('commits what it has read when it is interrupted, and a second call finishes', async () => {
    const items = Array.from({ length: 400 }, (_, i) => item(String(i)));
    for (const [i] of items.entries()) office.file(`${CONTAINER}/${i}`, `pismo ${i}`.repeat(5000));
    const controller = new AbortController();
    const onward = copy(items, { signal: controller.signal, bandwidth: 40_000_000 });
    setTimeout(() => controller.abort(), 150);
    await expect(onward).rejects.toMatchObject({ code: 'INTERRUPTED' });
    const done = [...journal.records.values()].filter((record) => record.status === 'stored').length;
    expect(done).toBeLessThan(400);
    expect(temporaryFiles(office.store)).toEqual([]);
    expect(await copy(items)).toMatchObject({ known: done, stored: 400 - done });
    expect(readStore(office.store).size).toBe(400);
  });

  it('keeps to the bandwidth over all workers together', async () => {
    for (const id of ['1', '2', '3', '4']) office.file(`${CONTAINER}/${id}`, Buffer.alloc(250_000, id));
    const started = Date.now();
    await copy(
      ['1', '2', '3', '4'].map((id) => item(id)),
      { bandwidth: 2_000_000, jobs: 4 },
    );
    expect(Date.now() - started).toBeGreaterThanOrEqual(450);
  });

  it('removes what a killed run left under temporary names', async () => {
    mkdirSync(join(office.store, 'tmp'), { recursive: true });
    renameSync(office.file('x', 'połowa'), join(office.store, 'tmp', 'dead-0-0'));
    await copy([]);
    expect(temporaryFiles(office.store)).toEqual([]);
  });

  it('does not trust a store file of the wrong size', async () => {
    office.file(`${CONTAINER}/1`, 'pismo');
    await copy([item('1')]);
    const digest = sha256('pismo');
    const path = join(office.store, digest.slice(0, 2), digest.slice(2, 4), digest);
    truncateSync(path, 2);
    office.file(`${CONTAINER}/2`, 'pismo');
    await copy([item('2')]);
    expect(statSync(path).size).toBe(5);
  });
});

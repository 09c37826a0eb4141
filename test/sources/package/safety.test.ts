import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ARCHIVE_LIMITS, type Archive } from '../../../src/sources/package/archive.ts';
import { openPackage } from '../../../src/sources/package/open-package.ts';
import { parseMetadata } from '../../../src/sources/package/parse-metadata.ts';
import { makeTar, makeZip } from '../../support/make-archive.ts';

const folders: string[] = [];
const archives: Archive[] = [];
afterEach(async () => {
  for (const archive of archives.splice(0)) await archive.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function open(name: string, bytes: Buffer, limits = ARCHIVE_LIMITS): Promise<Archive> {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-package-safety-'));
  folders.push(folder);
  writeFileSync(join(folder, name), bytes);
  const archive = await openPackage(join(folder, name), limits);
  archives.push(archive);
  return archive;
}

async function bytesOf(archive: Archive, path: string): Promise<Buffer> {
  const file = archive.files.find(path);
  if (file === undefined) throw new Error(`no ${path}`);
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.open(file)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const GOOD = ['dokumenty/a.txt', 'dobry'] as const;
const NAMES = ['../../etc/passwd', '/etc/passwd', 'C:\\Windows\\a.txt', 'dokumenty/../../a.txt', 'dokumenty/a\u0001b'];

describe('names that lead out of the package', () => {
  it.each(NAMES)('%j is refused in a TAR and in a ZIP, and the rest is read', async (name) => {
    for (const archive of [
      await open('a.tar', await makeTar([[name, 'zły'], GOOD])),
      await open('b.zip', makeZip([[name, 'zły'], GOOD])),
    ]) {
      expect([...archive.files].map(({ path }) => path)).toEqual(['dokumenty/a.txt']);
      expect(archive.remarks.map(({ code }) => code)).toContain('PACKAGE_NAME_UNSAFE');
      expect((await bytesOf(archive, 'dokumenty/a.txt')).toString()).toBe('dobry');
    }
  });
});

describe('what is no file', () => {
  it.each(['symlink', 'link', 'character-device', 'block-device', 'fifo'] as const)(
    'a %s in a TAR is never followed',
    async (type) => {
      const archive = await open(
        'a.tar',
        await makeTar([['dokumenty/b', '', { type, linkname: '/etc/passwd' }], GOOD]),
      );
      expect([...archive.files].map(({ path }) => path)).toEqual(['dokumenty/a.txt']);
      expect(archive.remarks).toContainEqual({ code: 'PACKAGE_NOT_A_FILE', path: 'dokumenty/b', params: { type } });
    },
  );

  it('a link in a ZIP or in an unpacked package is never followed', async () => {
    const zip = await open('a.zip', makeZip([['dokumenty/b', '/etc/passwd']], { mode: 0o120777 }));
    expect(zip.files).toHaveLength(0);
    const folder = mkdtempSync(join(tmpdir(), 'ezd-package-safety-'));
    folders.push(folder);
    symlinkSync('/etc/passwd', join(folder, 'dokumenty'));
    expect((await openPackage(folder)).files).toHaveLength(0);
  });
});

describe('archives made to harm', () => {
  it('a ZIP that unpacks two hundred times is refused, with a switch', async () => {
    const bomb = makeZip([['dokumenty/a.txt', Buffer.alloc(20_000_000)]]);
    await expect(open('a.zip', bomb)).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
      hint: expect.stringContaining('limits'),
    });
    expect((await open('a.zip', bomb, { ...ARCHIVE_LIMITS, ratio: 5000 })).files).toHaveLength(1);
  });

  it('a ZIP over the limit in all, or in the number of files, is refused', async () => {
    const parts = Array.from({ length: 20 }, (_, i) => [`dokumenty/${i}`, 'x'.repeat(100)] as const);
    await expect(open('a.zip', makeZip(parts), { ...ARCHIVE_LIMITS, totalBytes: 1000 })).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
    });
    await expect(open('a.zip', makeZip(parts), { ...ARCHIVE_LIMITS, files: 10 })).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
    });
    await expect(open('a.tar', await makeTar(parts), { ...ARCHIVE_LIMITS, totalBytes: 1000 })).rejects.toMatchObject({
      code: 'SOURCE_UNREADABLE',
    });
  });

  it('a file that gives more bytes than the directory says ends in an error, not in memory', async () => {
    const archive = await open('a.zip', makeZip([['dokumenty/a.txt', Buffer.alloc(1_000_000)]], { lie: 10 }));
    await expect(bytesOf(archive, 'dokumenty/a.txt')).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
  });

  it('files that lie over each other are refused', async () => {
    const zip = makeZip([
      ['dokumenty/a.txt', 'x'.repeat(500)],
      ['dokumenty/b.txt', 'y'],
    ]);
    const second = zip.lastIndexOf('PK\u0001\u0002');
    zip.writeUInt32LE(0, second + 42);
    await expect(open('a.zip', zip)).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
  });

  it.each([
    ['entities that grow', '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><dokument>&b;</dokument>'],
    ['an entity from outside', '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><dokument>&x;</dokument>'],
  ])('XML with %s is refused before it is parsed', (_, xml) => {
    expect(parseMetadata(Buffer.from(xml))).toEqual({ problem: 'refused', reason: 'doctype' });
  });

  it('XML of hundreds of megabytes is refused by its size, broken XML by its form', () => {
    expect(parseMetadata(Buffer.alloc(65 << 20))).toEqual({ problem: 'refused', reason: 'size' });
    expect(parseMetadata(Buffer.from('<dokument><a></dokument>'))).toEqual({ problem: 'broken', reason: 'xml' });
    expect(parseMetadata(Buffer.from('<inny/>'))).toEqual({ problem: 'broken', reason: 'root' });
    expect(parseMetadata(Buffer.from([0x3c, 0xff, 0xfe, 0x3e]))).toEqual({ problem: 'broken', reason: 'encoding' });
  });
});

describe('archives that are broken', () => {
  it('a truncated TAR gives what is whole and tells', async () => {
    const tar = await makeTar([GOOD, ['dokumenty/b.txt', 'b'.repeat(5000)]]);
    const archive = await open('a.tar', tar.subarray(0, 3000));
    expect([...archive.files].map(({ path }) => path)).toEqual(['dokumenty/a.txt']);
    expect(archive.remarks).toContainEqual({ code: 'PACKAGE_TRUNCATED', path: 'dokumenty/b.txt' });
  });

  it.each([
    ['behind a whole file', 512 + 512, 'PACKAGE_NO_END'],
    ['in the header of the next file', 512 + 512 + 100, 'PACKAGE_TRUNCATED'],
    ['in the padding of a file', 512 + 300, 'PACKAGE_TRUNCATED'],
  ])('a TAR cut %s gives what is whole and tells', async (_where, length, code) => {
    const tar = await makeTar([
      ['dokumenty/a.txt', 'a'.repeat(200)],
      ['dokumenty/b.txt', 'b'],
    ]);
    const archive = await open(`cut-${length}.tar`, tar.subarray(0, length));
    expect([...archive.files].map(({ path }) => path)).toEqual(['dokumenty/a.txt']);
    expect(archive.remarks).toEqual([{ code }]);
  });

  it('a truncated ZIP, a damaged file in a ZIP, and a file that is neither are errors', async () => {
    const zip = makeZip([['dokumenty/a.txt', 'x'.repeat(1000)]]);
    await expect(open('a.zip', zip.subarray(0, zip.length - 30))).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
    const damaged = Buffer.from(zip);
    damaged[46] = damaged[46]! ^ 0xff;
    const archive = await open('b.zip', damaged);
    await expect(bytesOf(archive, 'dokumenty/a.txt')).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
    await expect(open('c.zip', Buffer.from('tekst'))).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE' });
  });

  it('of equal names the first counts; names that differ by case or Unicode form are told', async () => {
    const archive = await open(
      'a.tar',
      await makeTar([GOOD, ['dokumenty/a.txt', 'drugi'], ['dokumenty/A.TXT', 'inny']]),
    );
    expect(archive.remarks.map(({ code }) => code)).toEqual(['PACKAGE_NAME_REPEATED', 'PACKAGE_NAME_COLLISION']);
    expect((await bytesOf(archive, 'dokumenty/a.txt')).toString()).toBe('dobry');
    expect((await bytesOf(archive, 'dokumenty/A.TXT')).toString()).toBe('inny');
  });
});

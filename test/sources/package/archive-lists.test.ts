import { appendFileSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ARCHIVE_LIMITS } from '../../../src/sources/package/archive.ts';
import { listOnce } from '../../../src/sources/package/archive-lists.ts';
import { openTar } from '../../../src/sources/package/tar-archive.ts';
import { makeTar } from '../../support/make-archive.ts';

const home = mkdtempSync(join(tmpdir(), 'ezd-archive-lists-'));
afterAll(() => rmSync(home, { recursive: true }));

test('a package that is opened again gives the same names and bytes, and the new ones once it was written anew', async () => {
  const path = join(home, 'a.tar');
  writeFileSync(path, await makeTar([['dokumenty/a.txt', 'raz']]));
  const first = openTar(path);
  const second = openTar(path);
  expect(second.files).toBe(first.files);
  await first.close();
  expect(await textOf(second)).toBe('raz');
  await second.close();
  writeFileSync(
    path,
    await makeTar([
      ['dokumenty/b.txt', 'dwa'],
      ['dokumenty/c.txt', 'trzy'],
    ]),
  );
  utimesSync(path, new Date(2020, 0, 1), new Date(2020, 0, 1));
  const third = openTar(path);
  expect([...third.files].map((file) => file.path)).toEqual(['dokumenty/b.txt', 'dokumenty/c.txt']);
  await third.close();
});

test('a list is made anew for a longer file and for other limits, with what was said of it', () => {
  const path = join(home, 'b');
  writeFileSync(path, 'x');
  let made = 0;
  const list = (limits = ARCHIVE_LIMITS) =>
    listOnce(path, statSync(path), limits, () => {
      made += 1;
      return { files: noFiles(), remarks: [{ code: 'PACKAGE_NO_END' }] };
    });
  const first = list();
  expect([list(), made]).toEqual([first, 1]);
  list({ ...ARCHIVE_LIMITS, files: 1 });
  expect(made).toBe(2);
  appendFileSync(path, 'y');
  expect([list().remarks, made]).toEqual([[{ code: 'PACKAGE_NO_END' }], 3]);
});

const noFiles = () => ({
  length: 0,
  at: () => {
    throw new RangeError();
  },
  find: () => undefined,
  [Symbol.iterator]: () => [][Symbol.iterator](),
});

async function textOf(archive: ReturnType<typeof openTar>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of archive.open(archive.files.at(0))) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateOffice } from '../../../fixtures/office/generate-office.ts';
import { type PackagesSummary, writePackages } from '../../../fixtures/packages/write-packages.ts';
import type { SourcePosition, SourceRemark } from '../../../src/core/slice.ts';
import { createPackageSource } from '../../../src/sources/package/package-source.ts';
import { makeTar, partsOf } from '../../support/make-archive.ts';

const home = mkdtempSync(join(tmpdir(), 'ezd-package-remarks-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let soiled: PackagesSummary;
beforeAll(async () => {
  await generateOffice({ out: join(home, 'office'), cases: 20, seed: 'remarks', files: 'all' });
  soiled = await writePackages({ office: join(home, 'office'), out: join(home, 'packages'), dirt: 0.5, seed: '1' });
});

/** Remarks that come with the slices of a table; resumed from its position after every slice when asked. */
async function remarksOf(
  table: string,
  sliceRows: number,
  resume: boolean,
  folder = 'packages',
): Promise<readonly SourceRemark[]> {
  const remarks: SourceRemark[] = [];
  const request = { table, columns: ['id'], key: ['id'], partition: { index: 0, range: null }, sql: null, sliceRows };
  let position: SourcePosition = null;
  for (let again = true; again; ) {
    again = false;
    const source = createPackageSource({ path: join(home, folder) });
    for await (const slice of source.read({ ...request, signal: new AbortController().signal }, position)) {
      remarks.push(...(slice.remarks ?? []));
      position = JSON.parse(JSON.stringify(slice.next)) as SourcePosition;
      again = resume;
      if (resume) break;
    }
    await source.close();
  }
  return remarks;
}

const codesOf = (remarks: readonly SourceRemark[]): string[] =>
  remarks.map(({ code, value, params }) => `${code} ${params?.['package']} ${value}`).sort();

describe('what a package source says besides rows', () => {
  it('comes with the slices of documents: each object that cannot be read, with its package and place', async () => {
    const remarks = codesOf(await remarksOf('paczka.dokumenty', 1000, false));
    const said = new Set(remarks);
    const TOLD = /_(METADATA_MISSING|DOCUMENT_MISSING|SIZE_MISMATCH|XML_BROKEN|XML_REFUSED|NAME_\w+)$/;
    const planted = soiled.defects.filter(({ code }) => TOLD.test(code));
    expect(new Set(planted.map(({ kind }) => kind)).size).toBe(8);
    expect(planted.filter((each) => !said.has(`${each.code} ${each.package} ${each.path}`))).toEqual([]);
    const lost = remarks.filter((each) => /METADATA_MISSING|XML_BROKEN|XML_REFUSED/.test(each));
    expect(lost.length).toBe(planted.filter(({ code }) => /METADATA_MISSING|XML_BROKEN|XML_REFUSED/.test(code)).length);
  });

  it('is rejected when the object is left out, else only told', async () => {
    const remarks = await remarksOf('paczka.dokumenty', 1000, false);
    const rejected = new Set(remarks.filter(({ effect }) => effect === 'reject').map(({ code }) => code));
    expect([...rejected].sort()).toEqual(['PACKAGE_METADATA_MISSING', 'PACKAGE_XML_BROKEN', 'PACKAGE_XML_REFUSED']);
  });

  it.each(['paczka.dokumenty', 'paczka.sprawy'])('is said once of %s, however it is cut and resumed', async (table) => {
    const whole = codesOf(await remarksOf(table, 1000, false));
    expect(whole.length).toBeGreaterThan(0);
    expect(codesOf(await remarksOf(table, 7, false))).toEqual(whole);
    expect(codesOf(await remarksOf(table, 30, true))).toEqual(whole);
  });

  it('comes with no other table', async () => {
    expect(await remarksOf('paczka.pliki', 1000, false)).toEqual([]);
    expect(await remarksOf('paczka.osoby', 1000, false)).toEqual([]);
  });

  it('says a thing about a package as a whole once too, when it is resumed between two of them', async () => {
    const files: [string, string][] = Array.from({ length: 7 }, (_, i) => [`dokumenty/bez-metadanych-${i}.txt`, 'x']);
    mkdirSync(join(home, 'bare'));
    for (const name of ['a.tar', 'b.tar']) writeFileSync(join(home, 'bare', name), await makeTar(files));
    const whole = codesOf(await remarksOf('paczka.dokumenty', 1000, false, 'bare'));
    expect(whole.filter((each) => each.startsWith('PACKAGE_METADATA_MISSING')).length).toBe(14);
    for (const rows of [1, 2, 3])
      expect(codesOf(await remarksOf('paczka.dokumenty', rows, true, 'bare'))).toEqual(whole);
  });

  it('counts no file as lost that is read by a name spelled otherwise, and tells the leniency', async () => {
    const parts = partsOf(join(import.meta.dirname, 'examples', 'paczka-archiwalna-1.7'));
    const respelled = parts.map(
      ([name, bytes]) => [name.replace('dokumenty/1001_5001.pdf', 'dokumenty/1001_5001.PDF'), bytes] as const,
    );
    mkdirSync(join(home, 'spelled'));
    writeFileSync(join(home, 'spelled', 'a.tar'), await makeTar(respelled));
    const remarks = await remarksOf('paczka.dokumenty', 1000, false, 'spelled');
    expect(remarks.filter(({ effect }) => effect === 'reject')).toEqual([]);
    expect(remarks).toContainEqual(
      expect.objectContaining({ code: 'PACKAGE_XML_LENIENT', params: { reason: 'file-name', package: 'a.tar' } }),
    );
  });
});

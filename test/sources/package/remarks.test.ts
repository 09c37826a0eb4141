import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateOffice } from '../../../fixtures/office/generate-office.ts';
import { type PackagesSummary, writePackages } from '../../../fixtures/packages/write-packages.ts';
import type { SourcePosition, SourceRemark } from '../../../src/core/slice.ts';
import { createPackageSource } from '../../../src/sources/package/package-source.ts';

const home = mkdtempSync(join(tmpdir(), 'ezd-package-remarks-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

let soiled: PackagesSummary;
beforeAll(async () => {
  await generateOffice({ out: join(home, 'office'), cases: 20, seed: 'remarks', files: 'all' });
  soiled = await writePackages({ office: join(home, 'office'), out: join(home, 'packages'), dirt: 0.5, seed: '1' });
});

/** Remarks that come with the slices of a table; resumed from its position after every slice when asked. */
async function remarksOf(table: string, sliceRows: number, resume: boolean): Promise<readonly SourceRemark[]> {
  const remarks: SourceRemark[] = [];
  const request = { table, columns: ['id'], key: ['id'], partition: { index: 0, range: null }, sql: null, sliceRows };
  let position: SourcePosition = null;
  for (let again = true; again; ) {
    again = false;
    const source = createPackageSource({ path: join(home, 'packages') });
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
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { SourcePosition } from '../../../src/core/slice.ts';
import type { Remark } from '../../../src/sources/package/archive.ts';
import { createPackageSource } from '../../../src/sources/package/package-source.ts';
import { PACKAGE_TABLES } from '../../../src/sources/package/package-tables.ts';
import { type ArchiveParts, makeTar, makeZip, partsOf } from '../../support/make-archive.ts';

const EXAMPLES = join(import.meta.dirname, 'examples');
const ARCHIVAL = partsOf(join(EXAMPLES, 'paczka-archiwalna-1.7'));
const EADM = partsOf(join(EXAMPLES, 'paczka-eadm-2.0'));

const folders: string[] = [];
afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

function write(files: Readonly<Record<string, Buffer>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-package-'));
  folders.push(folder);
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
  return folder;
}

type Row = Readonly<Record<string, unknown>>;
interface Read {
  readonly rows: readonly Row[];
  readonly remarks: readonly Remark[];
}

/** Rows of a table as objects, read in slices of `sliceRows`, resumed after every slice when `resume`. */
async function readTable(path: string, table: string, sliceRows = 1000, resume = false): Promise<Read> {
  const columns = Object.keys(PACKAGE_TABLES.find(({ name }) => name === table)?.columns ?? {});
  const remarks: Remark[] = [];
  const rows: Row[] = [];
  let position: SourcePosition = null;
  for (let again = true; again; ) {
    again = false;
    const source = createPackageSource({ path, onRemark: (_, remark) => remarks.push(remark) });
    const request = {
      table,
      columns,
      key: ['id'],
      partition: { index: 0, range: null },
      sql: null,
      sliceRows,
      signal: new AbortController().signal,
    };
    for await (const slice of source.read(request, position)) {
      if (slice.kind !== 'rows') throw new Error('rows were expected');
      expect(slice.firstRow).toBe(rows.length);
      for (const row of slice.rows) rows.push(Object.fromEntries(columns.map((column, i) => [column, row[i]])));
      position = slice.next;
      again = resume;
      if (resume) break;
    }
    await source.close();
  }
  return { rows, remarks };
}

const tables = async (path: string): Promise<Record<string, readonly Row[]>> => {
  const all: Record<string, readonly Row[]> = {};
  for (const { name } of PACKAGE_TABLES) all[name] = (await readTable(path, name)).rows;
  return all;
};

const without = (rows: Record<string, readonly Row[]>): string =>
  JSON.stringify(rows).replaceAll(/"paczka":"[^"]*"/g, '"paczka":""');

describe('an archival package 1.7', () => {
  const folder = join(EXAMPLES, 'paczka-archiwalna-1.7');

  it('gives its case, its documents and their files', async () => {
    const { 'paczka.sprawy': cases, 'paczka.dokumenty': documents, 'paczka.pliki': files } = await tables(folder);
    expect(cases).toMatchObject([
      {
        id: 'OR.120.7.2023',
        tytul: 'Przykładowa sprawa organizacyjna',
        kategoria: 'A',
        data_od: '2023-03-14',
        prowadzacy: 'Anna Testowa',
      },
    ]);
    expect(documents?.map(({ id }) => id)).toContain('1001.5001');
    expect(documents?.find(({ id }) => id === '1001.5001')).toMatchObject({
      znak_sprawy: 'OR.120.7.2023',
      id_koszulki: '2001',
      id_dokumentu: '5001',
      id_zalacznika: '1001',
      nazwa: '1001_5001.pdf',
      nazwa_oryginalna: 'Pismo przykładowe.pdf',
      rozmiar: 597,
      numer_rpw: 'RPW/1/2023',
      data_utworzenia: '2023-03-14',
      data_otrzymania: '2023-03-15T09:00:01+01:00',
      dekretacja: false,
    });
    expect(documents?.filter(({ dekretacja }) => dekretacja === true)).toHaveLength(1);
    expect(files).toHaveLength(6);
    expect(files?.find(({ sciezka }) => sciezka === 'dokumenty/1001_5001.pdf')).toMatchObject({
      nazwa: 'Pismo przykładowe.pdf',
      rozmiar: 597,
    });
  });

  it('gives people, relations, identifiers, dates and groups', async () => {
    const all = await tables(folder);
    expect(all['paczka.osoby']).toContainEqual(
      expect.objectContaining({
        rola: 'tworca',
        nazwisko: 'Przykładowski',
        imie: 'Jan',
        epuap: '/przyklad/skrytka',
        ulica: 'Testowa',
      }),
    );
    expect(all['paczka.relacje']).toContainEqual(
      expect.objectContaining({ typ: 'madekretacje', cel: 'D2001_20230315_101500.txt' }),
    );
    expect(all['paczka.identyfikatory']?.length).toBeGreaterThan(10);
    expect(all['paczka.grupy']).toContainEqual(expect.objectContaining({ typ: 'EZD.PUW.IdPisma', kod: '2001' }));
  });

  it('says the same as a TAR, as a TAR called .zip, as a ZIP, with a folder above, and with backslashes', async () => {
    const expected = without(await tables(folder));
    const above: ArchiveParts = ARCHIVAL.map(([name, bytes]) => [`eksport/${name}`, bytes]);
    const backslashes: ArchiveParts = ARCHIVAL.map(([name, bytes]) => [name.replaceAll('/', '\\'), bytes]);
    const made = write({
      'a.tar': await makeTar(ARCHIVAL),
      'b.zip': await makeTar(ARCHIVAL),
      'c.zip': makeZip(ARCHIVAL.map(([name, bytes]) => [name, bytes])),
      'd.tar': await makeTar(above),
      'e.tar': await makeTar(backslashes),
    });
    for (const name of ['a.tar', 'b.zip', 'c.zip', 'd.tar', 'e.tar']) {
      expect(without(await tables(join(made, name))), name).toBe(expected);
    }
  });

  it('yields exactly the rest from every position at which a slice ended', async () => {
    const whole = await readTable(folder, 'paczka.identyfikatory');
    expect(await readTable(folder, 'paczka.identyfikatory', 3, true)).toEqual(whole);
  });
});

describe('an eADM package 2.0', () => {
  it('is read in both spellings of the identifier’s type, and from inside an outer ZIP with its signature', async () => {
    const expected = await tables(join(EXAMPLES, 'paczka-eadm-2.0'));
    expect(expected['paczka.sprawy']).toMatchObject([{ id: 'WNP.7331.12.2024', wersja_schematu: '2.0' }]);
    expect(expected['paczka.dokumenty']?.find(({ nazwa }) => nazwa === 'Decyzja.pdf')).toMatchObject({
      znak_sprawy: 'WNP.7331.12.2024',
      rodzaj: 'decyzja',
      data_na_pismie: '2024-03-01',
      data_wyslania: '2024-03-01T12:00:00+01:00',
    });
    const small = EADM.map(
      ([name, bytes]) =>
        [
          name,
          Buffer.from(bytes.toString('latin1').replaceAll('typIdentyfikatora', 'typidentyfikatora'), 'latin1'),
        ] as const,
    );
    const made = write({
      'male.zip': makeZip(small),
      'zewnetrzna.zip': makeZip([
        ['Sprawa.zip', makeZip(EADM.map(([name, bytes]) => [name, bytes]))],
        ['Sprawa.zip.xades', '<x/>'],
      ]),
    });
    expect(without(await tables(join(made, 'male.zip')))).toBe(without(expected));
    expect(without(await tables(join(made, 'zewnetrzna.zip')))).toBe(without(expected));
    expect((await readTable(join(made, 'male.zip'), 'paczka.dokumenty')).remarks).toContainEqual(
      expect.objectContaining({ code: 'PACKAGE_XML_LENIENT', params: { reason: 'typidentyfikatora' } }),
    );
  });
});

describe('several packages in a folder', () => {
  it('the newer one of two that hold the same case counts, and the older is told', async () => {
    const older = ARCHIVAL.map(
      ([name, bytes]) =>
        [name, Buffer.from(bytes.toString().replaceAll('Przykładowa sprawa organizacyjna', 'Stary tytuł'))] as const,
    );
    const made = write({
      'Sprawy_PUW_UG_20240101_120000.tar': await makeTar(older),
      'Sprawy_PUW_UG_20240102_080000.tar': await makeTar(ARCHIVAL),
    });
    const { rows, remarks } = await readTable(made, 'paczka.sprawy');
    expect(rows).toMatchObject([
      { tytul: 'Przykładowa sprawa organizacyjna', paczka: 'Sprawy_PUW_UG_20240102_080000.tar' },
    ]);
    expect(remarks.map(({ code }) => code)).toContain('PACKAGE_OBJECT_REPEATED');
  });
});

describe('what producers really write', () => {
  const lenient = (change: (xml: string) => string): ArchiveParts =>
    ARCHIVAL.map(([name, bytes]) => [name, /\.pdf\.xml$/.test(name) ? change(bytes.toString()) : bytes]);

  it.each<[string, (xml: string) => string]>([
    ['bom', (xml) => `\ufeff${xml}`],
    ['prefix', (xml) => xml.replaceAll(/<(\/?)(\w)/g, '<$1ns1:$2').replace('xmlns=', 'xmlns:ns1=')],
    ['date-without-time', (xml) => xml.replace('<dostep>', '<data><typ>dostepnyPo</typ></data><dostep>')],
    ['empty-identifier', (xml) => xml.replace('<jezyk', '<identyfikator><typ/><wartosc/></identyfikator><jezyk')],
  ])('is read and told: %s', async (reason, change) => {
    const made = write({ 'a.tar': await makeTar(lenient(change)) });
    const { rows, remarks } = await readTable(join(made, 'a.tar'), 'paczka.dokumenty');
    expect(rows.find(({ id }) => id === '1001.5001')).toMatchObject({ nazwa_oryginalna: 'Pismo przykładowe.pdf' });
    expect(remarks).toContainEqual(expect.objectContaining({ code: 'PACKAGE_XML_LENIENT', params: { reason } }));
  });

  it('long names of GNU and PAX, and Polish names in code page 852', async () => {
    const long = `${'bardzo-długa-nazwa-'.repeat(12)}.pdf`;
    const metadata = ARCHIVAL.find(([name]) => name.endsWith('1001_5001.pdf.xml'))?.[1] ?? '';
    const made = write({
      'a.tar': await makeTar([
        [`dokumenty/${long}`, 'x'],
        [`metadane/${long}.xml`, metadata],
      ]),
      'b.zip': makeZip([[Buffer.from('dokumenty/za\u0088\u00a5cznik.pdf', 'latin1'), 'x']], { utf8: false }),
    });
    expect((await readTable(join(made, 'a.tar'), 'paczka.pliki')).rows).toMatchObject([
      { sciezka: `dokumenty/${long}` },
    ]);
    const { remarks } = await readTable(join(made, 'b.zip'), 'paczka.dokumenty');
    expect(remarks).toContainEqual({ code: 'PACKAGE_NAME_ENCODING', path: 'dokumenty/załącznik.pdf' });
  });
});

describe('a big package', () => {
  it('leaves the process able to hear a signal while it is read', async () => {
    const metadata = ARCHIVAL.find(([name]) => name.endsWith('1001_5001.pdf.xml'))?.[1] ?? '';
    const many: ArchiveParts = Array.from({ length: 1500 }, (_, i) => [`metadane/${i}.pdf.xml`, metadata]);
    const made = write({ 'a.tar': await makeTar(many) });
    const controller = new AbortController();
    const source = createPackageSource({ path: join(made, 'a.tar') });
    await source.catalogue();
    const request = {
      table: 'paczka.identyfikatory',
      columns: ['id'],
      key: ['id'],
      partition: { index: 0, range: null },
      sql: null,
      sliceRows: 1_000_000,
      signal: controller.signal,
    };
    setTimeout(() => controller.abort(), 5);
    let rows = 0;
    for await (const slice of source.read(request, null)) rows += slice.kind === 'rows' ? slice.rows.length : 0;
    await source.close();
    expect(rows).toBe(0);
  });
});

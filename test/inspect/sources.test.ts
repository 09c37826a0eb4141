import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ColumnPicture, Picture, TablePicture } from '../../src/inspect/picture.ts';
import { createMssqlSource } from '../../src/sources/mssql/mssql-source.ts';
import { createPackageSource } from '../../src/sources/package/package-source.ts';
import { configFor } from '../sources/mssql/read-source.ts';
import { legacyDatabaseFrom } from '../support/tds/legacy-database.ts';
import { notReading, startTdsServer, type TdsServer } from '../support/tds/server.ts';
import { drawDump, drawSource } from './draw-source.ts';

const GOLDEN = 'fixtures/golden/office-300';

describe('the fixture office through SQL Server and as a dump', () => {
  let server: TdsServer;
  let live: Picture;
  let dump: Picture;
  beforeAll(async () => {
    server = await startTdsServer({
      tables: legacyDatabaseFrom(GOLDEN),
      database: { snapshotIsolation: true, changeTracking: true, compatibilityLevel: 120 },
    });
    const source = createMssqlSource(configFor(server));
    live = await drawSource(source, { sample: 100_000 });
    await source.close();
    dump = await drawDump(join(GOLDEN, 'tables'));
  });
  afterAll(async () => {
    await server.stop();
  });

  test('is the same picture, but for what only a database knows and only a dump can have', () => {
    const second = (text: string): string => text.slice(0, 19);
    const same = ({ type: _t, nullable: _n, notRead: _r, lengths, range, ...column }: ColumnPicture): object =>
      // How many digits a second has is of the dump.
      column.measured.startsWith('date')
        ? { ...column, range: range === null ? null : [second(range.min), second(range.max)] }
        : { ...column, lengths, range };
    const pictured = ({ name, columns, read }: TablePicture): object => ({
      name,
      rows: read.rows,
      columns: columns.filter(({ name }) => name !== 'Dane').map(same),
    });
    const byName = (a: TablePicture, b: TablePicture): number => (a.name < b.name ? -1 : 1);
    expect(live.tables.toSorted(byName).map(pictured)).toEqual(dump.tables.toSorted(byName).map(pictured));
  });

  test('finds the references that the dump gave, with the declared ones marked', () => {
    const name = ({ from, to }: Picture['references'][number]): string =>
      `${from.table}.${from.column} → ${to.table}.${to.column}`;
    const found = new Set(live.references.map(name));
    expect(dump.references.map(name).filter((each) => !found.has(each))).toEqual([]);
    expect(live.references.find((each) => each.from.column === 'UtworzenieIdPracownika')).toMatchObject({
      declared: true,
    });
  });

  test('tells what the database is, and the design of its tables', () => {
    expect(live.source.database).toMatchObject({
      name: 'EZD_TEST',
      collation: 'Polish_CI_AS',
      compatibilityLevel: 120,
      snapshotIsolation: true,
      changeTracking: true,
    });
    const people = live.tables.find(({ name }) => name === 'dbo.Stanowiska')!;
    expect(people.design?.foreignKeys.map(({ refTable }) => refTable)).toContain('dbo.Jednostki');
    expect(dump.source.database).toBeNull();
  });

  test('reads no contents of files and nothing but by SELECT', () => {
    expect(live.tables.find(({ name }) => name === 'dbo.ZalacznikiDane')!.columns[1]).toMatchObject({
      name: 'Dane',
      notRead: 'contents',
    });
    expect(notReading(server.statements)).toEqual([]);
    expect(server.statements.filter(({ sql }) => /\[(Dane|Haslo|PoprzednieHaslo)\]/.test(sql))).toEqual([]);
  });
});

describe('big tables of a server are read in part', () => {
  let server: TdsServer;
  const row = (i: number): (number | string)[] => [i, (i % 7) + 1, `tekst ${i}`];
  beforeAll(async () => {
    const rows = Array.from({ length: 60_000 }, (_, i) => row(i + 1));
    const columns = [
      ['Id', 'int not null'],
      ['IdRodzaju', 'int not null'],
      ['Tekst', 'nvarchar(50) null'],
    ] as const;
    server = await startTdsServer({
      tables: [
        { name: 'dbo.Pisma', columns, primaryKey: ['Id'], rows },
        { name: 'dbo.BezKlucza', columns, rows },
        {
          name: 'dbo.Mala',
          columns: [['IdPisma', 'int not null']],
          rows: Array.from({ length: 500 }, (_, i) => [i * 100 + 1]),
        },
        {
          name: 'dbo.Mapy',
          columns: [
            ['Id', 'int not null'],
            ['Miejsce', 'geography'],
            ['Opis', 'varchar(10) collate Latin1_General_CI_AS'],
          ],
          primaryKey: ['Id'],
          rows: [[1, null, 'x']],
        },
      ],
      database: { snapshotIsolation: true },
    });
  });
  afterAll(async () => {
    await server.stop();
  });

  test('in ranges of the key, and the picture says how much; a big table without an index is left out; all its key is asked for', async () => {
    const source = createMssqlSource(configFor(server));
    const picture = await drawSource(source, { sample: 3000 });
    await source.close();
    const table = (name: string): TablePicture => picture.tables.find((each) => each.name === name)!;
    expect(table('dbo.Pisma')).toMatchObject({ read: { how: 'ranges' }, rows: { count: 60_000, exact: false } });
    expect(table('dbo.Pisma').read.rows).toBeGreaterThanOrEqual(3000);
    expect(table('dbo.Pisma').read.rows).toBeLessThan(6000);
    expect(Number(table('dbo.Pisma').columns[0]!.range?.max)).toBeGreaterThan(40_000);
    expect(table('dbo.BezKlucza').read).toEqual({ how: 'nothing', rows: 0, broken: 0, why: 'noKey' });
    expect(picture.references).toContainEqual({
      from: { table: 'dbo.Mala', column: 'IdPisma' },
      to: { table: 'dbo.Pisma', column: 'Id' },
      declared: false,
      looked: 400,
      found: 400,
      share: 1,
      confidence: 'high',
    });
    expect(table('dbo.Mapy').columns).toMatchObject([
      { notRead: null, collation: null },
      { notRead: 'type' },
      { notRead: null, collation: 'Latin1_General_CI_AS' },
    ]);
    expect(notReading(server.statements)).toEqual([]);
  });
});

test('packages are pictured as the tables they are read as', async () => {
  const source = createPackageSource({ path: 'test/sources/package/examples' });
  const picture = await drawSource(source);
  await source.close();
  const cases = picture.tables.find(({ name }) => name === 'paczka.sprawy')!;
  expect(cases.read).toMatchObject({ how: 'all', rows: 2 });
  expect(cases.columns.find(({ name }) => name === 'znak')?.looks).toContainEqual({ look: 'caseSign', share: 1 });
});

test('a sample of a dump is spread over the file, and all its rows are counted', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-inspect-sample-'));
  const lines = Array.from({ length: 40_000 }, (_, i) => `${i + 1},${2000 + Math.floor(i / 2000)}-01-01`);
  writeFileSync(join(folder, 'dbo.Wpisy.csv'), `Id,Data\n${lines.join('\n')}\n`);
  try {
    const { tables } = await drawDump(folder, { sample: 8000 });
    expect(tables[0]).toMatchObject({ rows: { count: 40_000, exact: true }, read: { how: 'stride' } });
    expect(tables[0]!.read.rows).toBeGreaterThan(4000);
    expect(tables[0]!.read.rows).toBeLessThan(12_000);
    expect(tables[0]!.columns[1]!.years.length).toBeGreaterThan(11);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import { createMssqlSource } from '../../../src/sources/mssql/mssql-source.ts';
import { openSqlServer } from '../../support/sql-server.ts';
import { FOLDERS, openServers } from './folders-server.ts';
import { requestFor, rowsIn, rowsOf, slicesOf } from './read-source.ts';

const { start, open, closeLater } = openServers();

describe('keys of every kind', () => {
  const big = (n: number): string => `00000000-0000-0000-0000-${String(n).padStart(12, '0')}`;
  const when = (i: number): string =>
    `2024-01-01 00:00:00.${String(i % 1000)
      .padStart(3, '0')
      .replace(/.$/, '0')}`;
  const KEYS: readonly {
    name: string;
    types: readonly string[];
    key: (i: number) => readonly (string | number | bigint | Buffer | null)[];
  }[] = [
    { name: 'bigint', types: ['bigint not null'], key: (i) => [BigInt(i) + 9007199254740000n] },
    { name: 'uniqueidentifier', types: ['uniqueidentifier not null'], key: (i) => [big(i)] },
    {
      name: 'varchar in another code page',
      types: ['varchar(20) collate Cyrillic_General_CI_AS not null'],
      key: (i) => [`Щ${String(i).padStart(6, '0')}`],
    },
    {
      name: 'nvarchar by Polish letters',
      types: ['nvarchar(20) not null'],
      key: (i) => [`${'aąbcćdeęzźż'[i % 11]}${String(i).padStart(6, '0')}`],
    },
    { name: 'binary', types: ['binary(4) not null'], key: (i) => [Buffer.from([0, 0, i >> 8, i & 255])] },
    { name: 'decimal', types: ['decimal(20,3) not null'], key: (i) => [`${i}.125`] },
    {
      name: 'composite of int and nvarchar',
      types: ['int not null', 'nvarchar(10) not null'],
      key: (i) => [Math.floor(i / 7), `k${i % 7}`],
    },
    { name: 'composite with dates', types: ['datetime not null', 'int not null'], key: (i) => [when(i), i] },
    {
      name: 'composite with NULLs',
      types: ['int', 'int'],
      key: (i) => [i < 300 ? null : Math.floor(i / 5), i % 5 === 0 ? null : i % 5],
    },
  ];

  it.each(KEYS)('reads and resumes by $name', async ({ types, key }) => {
    const rows = Array.from({ length: 1500 }, (_, i) => [...key(i), i]);
    const names = types.map((_, i) => `K${i}`);
    const server = await openSqlServer([
      {
        name: 'dbo.Klucze',
        columns: [...types.map((type, i): [string, string] => [names[i]!, type]), ['Lp', 'int not null']],
        ...(types[0]!.includes('not null')
          ? { primaryKey: names }
          : { indexes: [{ name: 'IX', columns: names, unique: false }] }),
        rows,
      },
    ]);
    closeLater(() => server.close());
    for (const reading of ['pages', 'stream'] as const) {
      const source = createMssqlSource({ ...server.config, reading, pageRows: 200 });
      closeLater(() => source.close());
      const all = requestFor('dbo.Klucze', ['Lp'], { key: names, sliceRows: 170 });
      const slices = await slicesOf(source, all);
      const seen = slices.flatMap((slice) => rowsIn(slice).map((row) => row[0] as number));
      expect([...seen].sort((a, b) => a - b)).toEqual(rows.map((_, i) => i));
      expect(slices.every((slice) => rowsIn(slice).every((row) => row.length === 1))).toBe(true);
      const rest = await rowsOf(source, all, slices[2]!.next);
      expect(rest.map((row) => row[0])).toEqual(seen.slice(seen.length - rest.length));
      const again = await rowsOf(source, { ...all, until: slices[2]!.next });
      expect(again.map((row) => row[0])).toEqual(seen.slice(0, seen.length - rest.length));
      const given = slices.slice(0, 3).reduce((n, slice) => n + rowsIn(slice).length, 0);
      expect(rest.length).toBe(1500 - given);
    }
  });

  it('names what cannot be a key, and asks for one where there is none', async () => {
    const server = await start({
      tables: [
        {
          name: 'dbo.Bez',
          columns: [
            ['Tresc', 'ntext'],
            ['Id', 'int'],
          ],
          rows: [['a', 1]],
        },
      ],
    });
    const events: RunEvent[] = [];
    const source = open(server, {}, { emit: (event) => events.push(event) });
    await expect(rowsOf(source, requestFor('dbo.Bez', ['Id'], { key: [] }))).rejects.toMatchObject({
      code: 'CATALOGUE',
      hint: expect.stringContaining('key'),
    });
    expect(await rowsOf(source, requestFor('dbo.Bez', ['Tresc']))).toEqual([['a']]);
    expect(events).toContainEqual({
      kind: 'note',
      code: 'MSSQL_KEY_NOT_INDEXED',
      params: { table: 'dbo.Bez', key: 'Id' },
    });
  });
});

describe('names and schemas', () => {
  it('takes reserved words, brackets, question marks, other schemas and any case', async () => {
    const server = await start({
      tables: [
        {
          name: 'arch.Order',
          columns: [
            ['Id', 'int not null'],
            ['Order', 'int'],
            ['Co to?]', 'nvarchar(10)'],
            ['Żółć', 'nvarchar(10)'],
          ],
          primaryKey: ['Id'],
          rows: [[1, 5, 'a', 'b']],
        },
      ],
    });
    const source = open(server);
    expect(await rowsOf(source, requestFor('ARCH.order', ['ORDER', 'co to?]', 'żółć']))).toEqual([[5, 'a', 'b']]);
    await expect(rowsOf(source, requestFor('arch.Brak', ['Id']))).rejects.toMatchObject({ code: 'SOURCE_MISSING' });
    await expect(rowsOf(source, requestFor('arch.Order', ['Brak']))).rejects.toMatchObject({ code: 'CATALOGUE' });
  });

  it('adds a condition of the mapping', async () => {
    const source = open(await start());
    const rows = await rowsOf(source, requestFor('Pisma', ['Id'], { sql: "Rok = 2001 OR Nazwa = N'Teczka 0?'" }));
    expect(rows.length).toBe(FOLDERS.rows!.filter((row) => row[2] === 2001).length);
  });
});

describe('partitions', () => {
  it('cuts an integer key into ranges that together hold every row once', async () => {
    const server = await start({
      tables: [{ ...FOLDERS, rows: Array.from({ length: 70_000 }, (_, i) => [i * 2 - 500, `T${i}`, 1]) }],
    });
    const source = open(server);
    const partitions = await source.partitions('dbo.Pisma', ['Id'], 3);
    expect(partitions).toHaveLength(3);
    const parts = await Promise.all(
      partitions.map((partition) => rowsOf(source, requestFor('dbo.Pisma', ['Id'], { partition }))),
    );
    const seen = parts.flat().map((row) => row[0]);
    expect(seen).toHaveLength(70_000);
    expect(new Set(seen).size).toBe(70_000);
    server.database.insert('dbo.Pisma', [999_999, 'nowa', 1]);
    const last = await rowsOf(source, requestFor('dbo.Pisma', ['Id'], { partition: partitions[2]! }));
    expect(last.at(-1)![0]).toBe(999_999);
  });

  it('leaves small tables, empty ones and other keys whole', async () => {
    const server = await start({
      tables: [FOLDERS, { name: 'dbo.G', columns: [['Id', 'uniqueidentifier not null']], primaryKey: ['Id'] }],
    });
    const source = open(server);
    expect(await source.partitions('dbo.Pisma', ['Id'], 4)).toEqual([{ index: 0, range: null }]);
    expect(await source.partitions('dbo.G', ['Id'], 4)).toEqual([{ index: 0, range: null }]);
  });
});

import { afterEach, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import type { SourcePosition } from '../../../src/core/slice.ts';
import { createMssqlSource, type MssqlSource } from '../../../src/sources/mssql/mssql-source.ts';
import { openSqlServer } from '../../support/sql-server.ts';
import type { TableSpec } from '../../support/tds/database.ts';
import { notReading, startTdsServer, type TdsServer, type TdsServerOptions } from '../../support/tds/server.ts';
import { requestFor, rowsIn, rowsOf, slicesOf, sourceOn } from './read-source.ts';

const FOLDERS: TableSpec = {
  name: 'dbo.Pisma',
  columns: [
    ['Id', 'int not null identity'],
    ['Nazwa', 'nvarchar(400)'],
    ['Rok', 'int'],
  ],
  primaryKey: ['Id'],
  // Keys with gaps, so that equal ranges are not equal shares.
  rows: Array.from({ length: 12_345 }, (_, i) => [i < 10_000 ? i + 1 : i * 3, `Teczka ${i}`, 2000 + (i % 24)]),
};

const close: (() => Promise<unknown>)[] = [];

async function start(options: TdsServerOptions = {}): Promise<TdsServer> {
  const server = await startTdsServer({ tables: [FOLDERS], ...options });
  close.push(() => server.stop());
  return server;
}

function open(
  server: TdsServer,
  ...rest: Parameters<typeof sourceOn> extends [unknown, ...infer R] ? R : never
): MssqlSource {
  const source = sourceOn(server, ...rest);
  close.push(() => source.close());
  return source;
}

afterEach(async () => {
  for (const step of close.splice(0).reverse()) await step();
});

const IDS = FOLDERS.rows!.map((row) => row[0]);
const request = requestFor('dbo.Pisma', ['Id', 'Nazwa']);

describe.each(['pages', 'stream'] as const)('reading by %s', (reading) => {
  it('yields every row once, in key order, in slices of the size asked for', async () => {
    const source = open(await start(), { reading });
    const slices = await slicesOf(source, request);
    expect(slices.flatMap((slice) => rowsIn(slice).map((row) => row[0] as number))).toEqual(IDS);
    expect(slices.every((slice) => rowsIn(slice).length <= 1000)).toBe(true);
    expect(slices.map((slice) => slice.firstRow).slice(0, 3)).toEqual([0, 500, 1000]);
  });

  it('goes on from the end of any slice with exactly the rest', async () => {
    const source = open(await start(), { reading });
    const slices = await slicesOf(source, request);
    for (const at of [0, 3, slices.length - 1]) {
      const rest = await slicesOf(source, request, slices[at]!.next);
      const before = slices.slice(0, at + 1).reduce((n, slice) => n + rowsIn(slice).length, 0);
      expect(rest.flatMap((slice) => rowsIn(slice).map((row) => row[0]))).toEqual(IDS.slice(before));
      if (rest.length > 0) expect(rest[0]!.firstRow).toBe(before);
    }
  });

  it('goes on behind the last key after the connection is cut, a deadlock, a lock time-out', async () => {
    const server = await start();
    const events: RunEvent[] = [];
    const source = open(server, { reading }, { emit: (event) => events.push(event) });
    await source.catalogue();
    server.fault({ when: /Pisma/, afterRows: 4321, action: { kind: 'drop' } });
    server.fault({ when: /Pisma/, afterRows: 777, action: { kind: 'drop' } });
    server.fault({ when: /Pisma/, action: { kind: 'error', number: 1205, message: 'deadlock victim', severity: 13 } });
    server.fault({ when: /Pisma/, afterRows: 10, action: { kind: 'error', number: 1222, message: 'lock' } });
    const rows = await rowsOf(source, request);
    expect(rows.map((row) => row[0])).toEqual(IDS);
    expect(events.filter((event) => event.kind === 'retry').length).toBeGreaterThanOrEqual(2);
  });

  it('cancels a page that the server leaves hanging and asks again', async () => {
    const server = await start();
    const source = open(server, { reading, queryTimeout: 300 });
    await source.catalogue();
    server.fault({ when: /Pisma/, afterRows: 100, action: { kind: 'stall' } });
    server.fault({ when: /Pisma/, action: { kind: 'stall' } });
    const rows = await rowsOf(source, request);
    expect(rows.map((row) => row[0])).toEqual(IDS);
  });

  it('waits while the server restarts', async () => {
    const server = await start();
    let restarts = 0;
    const source = open(
      server,
      { reading },
      {
        wait: async () => {
          restarts++;
          await server.start().catch(() => undefined);
        },
      },
    );
    const seen: unknown[] = [];
    for await (const slice of source.read(request, null)) {
      seen.push(...rowsIn(slice).map((row) => row[0]));
      if (seen.length === 2000) await server.stop();
    }
    expect(seen).toEqual(IDS);
    expect(restarts).toBeGreaterThan(0);
  });

  it('stops with a clear error when the fault does not pass, and resumes from there later', async () => {
    const server = await start();
    const source = open(server, { reading, retries: 2 });
    await source.catalogue();
    server.fault({ when: /Pisma/, afterRows: 3500, times: 1, action: { kind: 'drop' } });
    server.fault({ when: /Pisma/, times: 3, action: { kind: 'drop' } });
    const seen: unknown[] = [];
    let position: SourcePosition = null;
    const run = async (): Promise<void> => {
      for await (const slice of source.read(request, position)) {
        seen.push(...rowsIn(slice).map((row) => row[0]));
        position = slice.next;
      }
    };
    await expect(run()).rejects.toMatchObject({ code: 'SOURCE_UNREACHABLE', retryable: true });
    expect(seen.length).toBeLessThan(IDS.length);
    await run();
    expect(seen).toEqual(IDS);
  });

  it('tells of a column that was renamed under its feet', async () => {
    const server = await start();
    const source = open(server, { reading });
    await source.catalogue();
    const table = server.database.table('dbo.Pisma');
    table.columns = table.columns.map((column) => (column.name === 'Nazwa' ? { ...column, name: 'Tytul' } : column));
    await expect(rowsOf(source, request)).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE', retryable: false });
  });

  it('keeps rows that share a key in one slice when the key is not unique', async () => {
    const rows = Array.from({ length: 6000 }, (_, i) => [i, i < 2500 ? 7 : Math.floor(i / 3), `x${i}`]);
    const server = await start({
      tables: [
        {
          name: 'dbo.Luzna',
          columns: [
            ['Lp', 'int'],
            ['Id', 'int'],
            ['Tekst', 'nvarchar(20)'],
          ],
          indexes: [{ name: 'IX', columns: ['Id'], unique: false }],
          rows,
        },
      ],
    });
    const source = open(server, { reading, pageRows: 700 });
    const slices = await slicesOf(source, requestFor('dbo.Luzna', ['Lp', 'Id'], { sliceRows: 500 }));
    const all = slices.flatMap((slice) => [...rowsIn(slice)]);
    expect(all.map((row) => row[0]).sort((a, b) => Number(a) - Number(b))).toEqual(rows.map((row) => row[0]));
    const ends = slices.map((slice) => rowsIn(slice).at(-1)![1]);
    expect(new Set(ends).size).toBe(ends.length);
    const rest = await rowsOf(source, requestFor('dbo.Luzna', ['Lp', 'Id']), slices[0]!.next);
    expect(rest.length).toBe(6000 - rowsIn(slices[0]!).length);
  });

  it('sends nothing but SELECT and SET, names every column, and never asks for dirty reads', async () => {
    const server = await start();
    const source = open(server, { reading });
    await source.catalogue();
    await source.partitions('dbo.Pisma', ['Id'], 4);
    await rowsOf(source, request);
    expect(notReading(server.statements)).toEqual([]);
    const texts = server.statements.map((statement) => statement.sql);
    expect(texts.filter((text) => /\*(?!\))|nolock|uncommitted/i.test(text))).toEqual([]);
    expect(server.failures).toEqual([]);
    expect(server.sessions.every((session) => session.readOnlyIntent)).toBe(true);
  });
});

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
    close.push(() => server.close());
    for (const reading of ['pages', 'stream'] as const) {
      const source = createMssqlSource({ ...server.config, reading, pageRows: 200 });
      close.push(() => source.close());
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

describe('back-pressure', () => {
  it('stops the server while the consumer does not pull, and leaves early without reading the rest', async () => {
    const server = await start({
      tables: [
        {
          name: 'dbo.Duza',
          columns: [
            ['Id', 'int not null'],
            ['Tekst', 'nvarchar(400)'],
          ],
          primaryKey: ['Id'],
          synthetic: { count: 3_000_000, keyColumn: 'Id', templates: [[0, 'x'.repeat(300)]] },
        },
      ],
      database: { snapshotIsolation: true },
    });
    const source = open(server);
    const iterator = source.read(requestFor('dbo.Duza', ['Id', 'Tekst']), null)[Symbol.asyncIterator]();
    await iterator.next();
    const before = process.memoryUsage().rss;
    await new Promise((resolve) => setTimeout(resolve, 500));
    const grown = process.memoryUsage().rss - before;
    expect(grown).toBeLessThan(60 * 1024 * 1024);
    await iterator.return?.(undefined);
    expect(server.failures).toEqual([]);
    expect((await rowsOf(source, requestFor('dbo.Duza', ['Id'], { sql: 'Id <= 10' }))).length).toBe(10);
  });

  it('ends at once when it is told to', async () => {
    const source = open(await start(), { reading: 'stream' });
    const controller = new AbortController();
    const read = async (): Promise<void> => {
      for await (const slice of source.read(requestFor('dbo.Pisma', ['Id'], { signal: controller.signal }), null)) {
        if (slice.firstRow === 0) controller.abort();
      }
    };
    await expect(read()).rejects.toThrow(/abort/i);
  });
});

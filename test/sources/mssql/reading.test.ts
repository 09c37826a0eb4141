import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import type { SourcePosition } from '../../../src/core/slice.ts';
import { notReading } from '../../support/tds/server.ts';
import { IDS, openServers, FOLDERS_REQUEST as request } from './folders-server.ts';
import { requestFor, rowsIn, rowsOf, slicesOf } from './read-source.ts';

const { start, open } = openServers();

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

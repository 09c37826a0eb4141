import { afterEach, describe, expect, test } from 'vitest';
import { RAW_PARSERS } from '../../../src/cli/raw-parsers.ts';
import type { ChangesPlan } from '../../../src/core/plan.ts';
import type { ChangeMark, SourceChanges } from '../../../src/sources/changes.ts';
import { createMssqlSource } from '../../../src/sources/mssql/mssql-source.ts';
import { startTdsServer, type TdsServer } from '../../support/tds/server.ts';

const TABLE = 'dbo.Pisma';
const ROWVERSION: ChangesPlan = { kind: 'rowversion', column: 'Wersja' };
const STAMP: ChangesPlan = { kind: 'updatedAt', column: 'Zmieniono' };
const TRACKING: ChangesPlan = { kind: 'changeTracking' };

let close: () => Promise<void> = () => Promise.resolve();
afterEach(() => close());

async function open(): Promise<{ server: TdsServer; changes: SourceChanges; read: Reader }> {
  const row = (i: number) => [i, `pismo ${i}`, '2026-10-24 10:00:00.000', null];
  const columns = [
    ['ID', 'int not null'],
    ['Nazwa', 'nvarchar(100)'],
    ['Zmieniono', 'datetime2(3)'],
    ['Wersja', 'rowversion'],
  ] as const;
  const server = await startTdsServer({
    database: { changeTracking: true },
    tables: [
      { name: TABLE, columns, primaryKey: ['ID'], changeTracking: true, rows: [1, 2, 3, 4, 5].map(row) },
      { name: 'dbo.Luzem', columns: [['Kod', 'nvarchar(10)']], rows: [['a']] },
      { name: 'dbo.Teksty', columns: [['Kod', 'nvarchar(10) not null']], primaryKey: ['Kod'], rows: [['a']] },
    ],
  });
  const { host, port, user, password, database } = server;
  const source = createMssqlSource({ server: host, port, user, password, database: database.name, encrypt: false });
  close = async () => {
    await source.close();
    await server.stop();
  };
  const read: Reader = async (values) => {
    const request = { table: TABLE, columns: ['ID', 'Nazwa'], key: ['ID'], partition: { index: 0, range: null } };
    const rows = [];
    const asked = { ...request, sql: null, sliceRows: 100, signal: new AbortController().signal };
    for await (const slice of source.changes!.rowsWith(asked, ['ID'], values))
      if (slice.kind === 'raw') rows.push(...RAW_PARSERS[slice.parser]!(slice.bytes, slice.spec).rows);
    return rows;
  };
  return { server, changes: source.changes!, read };
}
type Reader = (values: readonly string[]) => Promise<readonly unknown[]>;

async function changed(
  changes: SourceChanges,
  wish: ChangesPlan,
  since: ChangeMark,
  until: ChangeMark,
): Promise<number[]> {
  const keys: number[] = [];
  const signal = new AbortController().signal;
  for await (const rows of changes.changed({ table: TABLE, key: ['ID'], wish, since, until, signal }))
    for (const [key] of rows) keys.push(Number(key));
  return keys.sort((a, b) => a - b);
}

describe('what changed in a table of SQL Server', () => {
  test('rowversion names rows that were added or changed, up to what is still open', async () => {
    const { server, changes } = await open();
    const first = await changes.mark(TABLE, ROWVERSION, null);
    server.database.update(TABLE, [2], { Nazwa: 'zmienione' });
    const open7 = server.database.insertLater(TABLE, [7, 'w toku', null, null]);
    server.database.insert(TABLE, [6, 'nowe', null, null]);
    const second = await changes.mark(TABLE, ROWVERSION, first);
    expect(await changed(changes, ROWVERSION, first, second)).toEqual([2]);
    open7.commit();
    const third = await changes.mark(TABLE, ROWVERSION, second);
    expect(await changed(changes, ROWVERSION, second, third)).toEqual([6, 7]);
    expect(await changed(changes, ROWVERSION, third, await changes.mark(TABLE, ROWVERSION, third))).toEqual([]);
  });

  test('without MIN_ACTIVE_ROWVERSION it reads from the mark before the last, so that nothing in flight is passed over', async () => {
    const { server, changes } = await open();
    server.database.lacking.add('min_active_rowversion');
    const first = await changes.mark(TABLE, ROWVERSION, null);
    const late = server.database.insertLater(TABLE, [7, 'w toku', null, null]);
    server.database.insert(TABLE, [6, 'nowe', null, null]);
    const second = await changes.mark(TABLE, ROWVERSION, first);
    expect(await changed(changes, ROWVERSION, first, second)).toContain(6);
    late.commit();
    const third = await changes.mark(TABLE, ROWVERSION, second);
    expect(await changed(changes, ROWVERSION, second, third)).toEqual(expect.arrayContaining([6, 7]));
  });

  test('change tracking names deleted rows too, and says when its retention has passed', async () => {
    const { server, changes } = await open();
    const first = await changes.mark(TABLE, TRACKING, null);
    server.database.remove(TABLE, [3]);
    server.database.update(TABLE, [1], { Nazwa: 'x' });
    const second = await changes.mark(TABLE, TRACKING, first);
    expect(await changed(changes, TRACKING, first, second)).toEqual([1, 3]);
    expect(await changes.expired(TABLE, TRACKING, first)).toBe(false);
    server.database.tracking.minValid = server.database.tracking.version;
    expect(await changes.expired(TABLE, TRACKING, first)).toBe(true);
    expect(await changes.expired(TABLE, TRACKING, { version: '999' })).toBe(true);
  });

  test('the hour that comes twice in October, equal stamps and stamps of the future lose nothing', async () => {
    const { server, changes } = await open();
    const local = (text: string) => () => new Date(`${text.replace(' ', 'T')}Z`);
    server.database.clock = local('2026-10-25 02:56:00.000');
    server.database.update(TABLE, [1], { Zmieniono: '2026-10-25 02:55:00.000' });
    server.database.update(TABLE, [5], { Zmieniono: '2099-01-01 00:00:00.000' });
    const first = await changes.mark(TABLE, STAMP, null);
    // a sync is under way; the clock goes back to 02:00, and people go on
    server.database.clock = local('2026-10-25 02:11:00.000');
    server.database.update(TABLE, [2], { Zmieniono: '2026-10-25 02:10:00.000' });
    server.database.update(TABLE, [3], { Zmieniono: '2026-10-25 02:55:00.000' });
    const second = await changes.mark(TABLE, STAMP, first);
    expect(await changed(changes, STAMP, first, second)).toEqual([1, 2, 3, 5]);
    server.database.clock = local('2026-10-26 02:00:00.000');
    server.database.update(TABLE, [4], { Zmieniono: '2026-10-26 01:00:00.000' });
    const third = await changes.mark(TABLE, STAMP, second);
    expect(await changed(changes, STAMP, second, third)).toEqual(expect.arrayContaining([3, 4, 5]));
    expect(await changed(changes, STAMP, third, third)).toEqual([4, 5]);
  });

  test('rows are asked for by key; a value that the column cannot hold asks for nothing', async () => {
    const { server, read } = await open();
    expect(await read(['2', '4', '99', 'x', '1.5', '99999999999999999999'])).toEqual([
      [2, 'pismo 2'],
      [4, 'pismo 4'],
    ]);
    const before = server.statements.length;
    expect(await read(["1'; --"])).toEqual([]);
    expect(server.statements.length).toBe(before);
  });

  test('says why a table cannot be followed', async () => {
    const { server, changes } = await open();
    expect(await changes.obstacle(TABLE, ['ID'], ROWVERSION)).toBeNull();
    expect(await changes.obstacle(TABLE, ['Nazwa'], ROWVERSION)).toBe('key-not-primary');
    expect(await changes.obstacle('dbo.Teksty', ['Kod'], TRACKING)).toBe('key-type');
    expect(await changes.obstacle(TABLE, ['ID'], { kind: 'rowversion', column: 'Brak' })).toBe('no-column');
    expect(await changes.obstacle(TABLE, ['ID'], { kind: 'rowversion', column: 'Nazwa' })).toBe('not-rowversion');
    expect(await changes.suggest(TABLE)).toEqual({ key: ['ID'], wish: TRACKING });
    expect(await changes.suggest('dbo.Luzem')).toBeNull();
    expect(server.statements.every(({ sql }) => /^(SELECT|SET|SELECT\b|\s*SET)/i.test(sql))).toBe(true);
  });
});

import { chownSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createMemorySource } from '../../src/sources/memory/memory-source.ts';
import type { MssqlConfig } from '../../src/sources/mssql/mssql-config.ts';
import type { MssqlSource } from '../../src/sources/mssql/mssql-source.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { sourceOn } from '../sources/mssql/read-source.ts';
import { createDatabase } from '../support/postgres.ts';
import { mountSmallDisk } from '../support/small-disk.ts';
import type { TableSpec } from '../support/tds/database.ts';
import { notReading, startTdsServer, type TdsServer } from '../support/tds/server.ts';
import { openShop, type Shop, shopData, tablesOf } from './small-shop.ts';

const TYPES: Readonly<Record<string, string>> = {
  Id: 'int not null',
  IdParent: 'int',
  IdSource: 'int',
  IdUnit: 'int',
  IdFolder: 'int',
  Deleted: 'int',
  Year: 'int',
};

/** The shop on SQL Server. A key that repeats has an index instead of a primary key. */
const TABLES: readonly TableSpec[] = tablesOf(shopData(3000)).map(({ name, columns, rows }) => ({
  name,
  columns: columns.map((column): [string, string] => [column, TYPES[column] ?? 'nvarchar(60)']),
  rows: rows as TableSpec['rows'] & object,
  ...(name === 'dbo.Cases' ? { indexes: [{ name: 'IX', columns: ['Id'], unique: false }] } : { primaryKey: ['Id'] }),
}));

const closers: (() => Promise<unknown>)[] = [];
const closeAll = async (): Promise<void> => {
  for (const close of closers.splice(0).reverse()) await close();
};

async function openTarget(prepare?: (url: string) => Promise<void>): Promise<Shop> {
  const { url, drop } = await createDatabase();
  closers.push(drop);
  await prepare?.(url);
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(() => pool.close());
  return openShop(pool);
}

let reference: Readonly<Record<string, string>>;

beforeAll(async () => {
  const server = await startTdsServer({ tables: TABLES });
  closers.push(() => server.stop());
  const shop = await openTarget();
  const source = sourceOn(server);
  await shop.run(source);
  await source.close();
  reference = await shop.fingerprint();
  await closeAll();
});
afterAll(closeAll);
afterEach(closeAll);

async function startServer(): Promise<TdsServer> {
  const server = await startTdsServer({ tables: TABLES, database: { snapshotIsolation: true } });
  closers.push(() => server.stop());
  return server;
}

interface Waiting {
  readonly source: MssqlSource;
  /** How often it has waited to try again. */
  readonly waits: () => number;
}

function sourceOf(server: TdsServer, changes: Partial<MssqlConfig> = {}, meanwhile?: () => Promise<void>): Waiting {
  let waits = 0;
  const wait = async (): Promise<void> => {
    waits++;
    await meanwhile?.();
  };
  const source = sourceOn(server, { pageRows: 900, ...changes }, { wait });
  closers.push(() => source.close());
  return { source, waits: () => waits };
}

describe.each(['pages', 'stream'] as const)('a run from SQL Server by %s', (reading) => {
  /** A statement of the table that is read after the first rows have come. */
  const later = (table: string): RegExp =>
    new RegExp(`FROM \\[dbo\\]\\.\\[${table}\\]${reading === 'pages' ? '.*\\[Id\\] >' : ''}`, 'si');

  test('finishes as if nothing had been when the connection is cut in the middle of pages', async () => {
    const server = await startServer();
    const shop = await openTarget();
    const { source, waits } = sourceOf(server, { reading });
    server.fault({ when: later('Folders'), afterRows: 700, action: { kind: 'drop' } });
    server.fault({ when: later('Cases'), afterRows: 333, action: { kind: 'drop' } });
    await shop.run(source);
    expect(waits()).toBe(2);
    expect(await shop.fingerprint()).toEqual(reference);
    expect(notReading(server.statements)).toEqual([]);
  });

  test('waits for a server that is restarted in the middle, and finishes', async () => {
    const server = await startServer();
    const shop = await openTarget();
    const { source, waits } = sourceOf(server, { reading }, async () => {
      await server.start().catch(() => undefined);
    });
    const stop = (): void => void server.stop();
    server.fault({ when: later('Folders'), afterRows: 700, action: { kind: 'drop', also: stop } });
    await shop.run(source);
    expect(waits()).toBeGreaterThan(0);
    expect(await shop.fingerprint()).toEqual(reference);
  });

  test('asks again for a page that the server leaves hanging, and finishes', async () => {
    const server = await startServer();
    const shop = await openTarget();
    const { source, waits } = sourceOf(server, { reading, queryTimeout: 1500 });
    server.fault({ when: later('Folders'), afterRows: 600, action: { kind: 'stall' } });
    server.fault({ when: later('Cases'), action: { kind: 'stall' } });
    await shop.run(source);
    expect(waits()).toBeGreaterThanOrEqual(2);
    expect(await shop.fingerprint()).toEqual(reference);
  });

  test('stops clearly when a column is renamed under its feet, and the same run goes on once it is back', async () => {
    const server = await startServer();
    const shop = await openTarget();
    const rename = (from: string, to: string) => (): void => {
      const table = server.database.table('dbo.Folders');
      table.columns = table.columns.map((column) => (column.name === from ? { ...column, name: to } : column));
    };
    const also = rename('Title', 'Tytul');
    server.fault({ when: later('Folders'), afterRows: 700, action: { kind: 'drop', also } });
    const stopped = shop.run(sourceOf(server, { reading }).source, { batchRows: 250 });
    await expect(stopped).rejects.toMatchObject({ code: 'SOURCE_UNREADABLE', retryable: false });
    rename('Tytul', 'Title')();
    const summary = await shop.run(sourceOf(server, { reading }).source, { batchRows: 250 });
    expect(summary).toMatchObject({ resumed: true, run: { id: 1 } });
    expect(await shop.fingerprint()).toEqual(reference);
  });
});

test('a full disk of the database server is a clear stop, and with more room the same run finishes', async ({
  skip,
}) => {
  const disk = mountSmallDisk(3);
  if (disk === null) return skip('no disk can be mounted here');
  try {
    const space = `small_${process.pid}`;
    const shop = await openTarget(async (url) => {
      const client = new Client({ connectionString: url });
      await client.connect();
      const { rows } = await client.query<{ folder: string }>('SELECT current_setting($1) AS folder', [
        'data_directory',
      ]);
      const owner = statSync(rows[0]!.folder);
      const folder = join(disk.folder, 'tables');
      mkdirSync(folder);
      chownSync(disk.folder, owner.uid, owner.gid);
      chownSync(folder, owner.uid, owner.gid);
      await client.query(`CREATE TABLESPACE ${space} LOCATION '${folder}'`);
      await client.query(`ALTER DATABASE "${new URL(url).pathname.slice(1)}" SET default_tablespace = ${space}`);
      await client.end();
      // Runs after the database is gone.
      closers.unshift(() => dropSpace(url, space));
    });
    const source = createMemorySource(tablesOf(shopData(12_000)));
    await expect(shop.run(source, { batchRows: 500 })).rejects.toMatchObject({ code: 'TARGET_FULL' });
    disk.resize(200);
    const summary = await shop.run(source, { batchRows: 500 });
    expect(summary).toMatchObject({ resumed: true, run: { id: 1 } });
    const { read, loaded, unchanged, rejected, skipped } = summary.totals;
    expect(read).toBe(loaded + unchanged + rejected + skipped);
    expect(read).toBe(24_012);
    await closeAll();
  } finally {
    disk.release();
  }
});

async function dropSpace(url: string, space: string): Promise<void> {
  const server = new URL(url);
  server.pathname = '/postgres';
  const client = new Client({ connectionString: server.href });
  await client.connect();
  await client.query(`DROP TABLESPACE ${space}`);
  await client.end();
}

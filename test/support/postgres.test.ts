import { Client } from 'pg';
import { afterAll, expect, test } from 'vitest';
import {
  createDatabase,
  findPostgresBinaries,
  postgresVersion,
  type RunningPostgres,
  startEmbedded,
  startPostgres,
} from './postgres.ts';

const started: RunningPostgres[] = [];
afterAll(async () => {
  await Promise.all(started.map((server) => server.stop()));
});

async function one(url: string, sql: string): Promise<unknown> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<{ value: unknown }>(sql);
    return rows[0]?.value;
  } finally {
    await client.end();
  }
}

test('the npm package alone is enough for a real PostgreSQL', () => {
  expect(findPostgresBinaries().map(({ kind }) => kind)).toContain('embedded');
});

test.each(findPostgresBinaries())(
  '$kind binaries start, survive a restart and a crash, and stop',
  async ({ binDir }) => {
    const server = await startPostgres({ binDir });
    started.push(server);
    const version = await one(server.url, `select current_setting('server_version') as value`);
    expect(String(version)).toContain(postgresVersion(binDir));
    expect(await one(server.url, `select current_setting('fsync') as value`)).toBe('off');

    await one(server.url, 'create table kept (n int)');
    await server.restart();
    expect(await one(server.url, `select to_regclass('kept')::text as value`)).toBe('kept');

    await server.kill();
    await expect(one(server.url, 'select 1 as value')).rejects.toThrow(/ECONNREFUSED/);
    await server.restart();
    expect(await one(server.url, `select to_regclass('kept')::text as value`)).toBe('kept');

    await server.stop();
    await expect(one(server.url, 'select 1 as value')).rejects.toThrow(/ECONNREFUSED/);
  },
);

test('each test file gets databases of its own on one shared server', async () => {
  const [first, second] = await Promise.all([createDatabase(), createDatabase()]);
  const port = (url: string) => new URL(url).port;
  expect(port(first.url)).toBe(port(second.url));
  await one(first.url, 'create table mine (n int)');
  expect(await one(second.url, `select to_regclass('mine')::text as value`)).toBeNull();
  await Promise.all([first.drop(), second.drop()]);
  await expect(one(first.url, 'select 1 as value')).rejects.toThrow(/does not exist/);
});

test('the embedded store answers in memory', async () => {
  const { db, close } = await startEmbedded();
  const { rows } = await db.query<{ value: number }>('select 1 as value');
  expect(rows).toEqual([{ value: 1 }]);
  await close();
});

import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { startPostgres } from './postgres.ts';

/** Folder that `global-setup.ts` makes: the test files of one run meet here to share one server. */
export const SHARED_DIR = 'EZD_TEST_PG_SHARED_DIR';

/**
 * A new empty database with a random name on the server that all test files of a run share: the one of `EZD_TEST_PG_URL` when set, else
 * one that the first caller starts and the end of the run stops. Call `drop` in `afterAll`; it also cuts connections that are still open.
 */
export async function createDatabase(): Promise<{ url: string; drop(): Promise<void> }> {
  const server = await sharedServerUrl();
  const name = `ezd_test_${randomBytes(6).toString('hex')}`;
  await execute(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => execute(server, `drop database if exists ${name} with (force)`) };
}

async function sharedServerUrl(): Promise<string> {
  const given = process.env['EZD_TEST_PG_URL'];
  if (given !== undefined && given !== '') return given;
  const folder = process.env[SHARED_DIR];
  if (folder === undefined) throw new Error('createDatabase works in vitest only, where global-setup.ts has run');
  if (claim(folder)) await startShared(folder);
  return answerOf(folder);
}

function claim(folder: string): boolean {
  try {
    mkdirSync(join(folder, 'claimed'));
    return true;
  } catch {
    return false;
  }
}

async function startShared(folder: string): Promise<void> {
  const outcome = await startPostgres().then(
    ({ url, dataDir }) => ({ url, home: dirname(dataDir) }),
    (error: unknown) => ({ error: String(error) }),
  );
  writeFileSync(join(folder, 'outcome.tmp'), JSON.stringify(outcome));
  renameSync(join(folder, 'outcome.tmp'), join(folder, 'outcome.json'));
}

async function answerOf(folder: string): Promise<string> {
  const file = join(folder, 'outcome.json');
  for (let waited = 0; !existsSync(file) && waited < 60_000; waited += 50) await sleep(50);
  const outcome = JSON.parse(readFileSync(file, 'utf8')) as { url?: string; error?: string };
  if (outcome.url === undefined) throw new Error(outcome.error ?? 'the shared PostgreSQL did not start');
  return outcome.url;
}

async function execute(url: string, sql: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { createDatabase } from '../support/postgres.ts';

let home: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
let client: Client;
beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'ezd-watch-'));
  database = await createDatabase();
  client = new Client({ connectionString: database.url });
  await client.connect();
  const dump = resolve('fixtures/golden/office-300/tables');
  writeFileSync(
    join(home, 'ezd-migrate.yaml'),
    `office: UM-TEST\nsource: { kind: csv, folder: '${dump}' }\ntarget: { kind: postgres, url: '${database.url}' }\n`,
  );
  await type(['run', '--entity', 'stanowisko', '--limit', '2']);
});
afterAll(async () => {
  await client.end();
  await database.drop();
  rmSync(home, { recursive: true });
});

async function type(argv: readonly string[], onInterrupt: (callback: () => void) => void = () => undefined) {
  let out = '';
  const code = await main(['--lang', 'en', ...argv], {
    cwd: home,
    environment: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: () => undefined },
    onInterrupt: (callback) => {
      onInterrupt(callback);
      return () => undefined;
    },
    exitNow: () => undefined,
    now: () => Date.now(),
  });
  return { code, out };
}

const WATCH = ['status', '--watch', '--every', '1'];
const LOCK = `hashtextextended('ezd-migrate "ezd_migrate" UM-TEST', 4711)`;
const setStatus = (status: string) => client.query('UPDATE ezd_migrate.run SET status = $1', [status]);

test('status --watch looks until the run is over', async () => {
  await setStatus('running');
  await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  const watching = type(WATCH);
  await sleep(1200);
  await setStatus('finished');
  const { code, out } = await watching;
  await client.query(`SELECT pg_advisory_unlock(${LOCK})`);
  expect(code).toBe(0);
  const lines = out.trim().split('\n');
  expect(lines[0]).toMatch(/^Run 1 \(run\): running; read \d+/);
  expect(lines.at(-1)).toMatch(/^Run 1 \(run\): finished/);
});

test('status --watch knows a run that was killed, and says how to go on', async () => {
  await setStatus('running');
  const { out } = await type(WATCH);
  await setStatus('finished');
  expect(out).toContain('the run was killed. To go on with it: ezd-migrate run');
});

test('Ctrl-C ends the looking, and the run stays as it is', async () => {
  await setStatus('running');
  await client.query(`SELECT pg_advisory_lock(${LOCK})`);
  let stop: () => void = () => undefined;
  const watching = type(['--json', ...WATCH], (callback) => {
    stop = callback;
  });
  await sleep(600);
  stop();
  const { code, out } = await watching;
  await client.query(`SELECT pg_advisory_unlock(${LOCK})`);
  expect(code).toBe(0);
  expect(JSON.parse(out)).toMatchObject({ run: 1, status: 'running' });
});

import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { generateOffice } from '../../fixtures/office/generate-office.ts';
import { main } from '../../src/cli/main.ts';
import { createDatabase } from '../support/postgres.ts';

interface Night {
  readonly status: string;
  readonly steps: readonly { readonly name: string; readonly status: string; readonly run: number | null }[];
}

let home: string;
let database: Awaited<ReturnType<typeof createDatabase>>;
beforeEach(async () => {
  home = mkdtempSync(join(tmpdir(), 'ezd-nightly-resume-'));
  database = await createDatabase();
  await generateOffice({ out: join(home, 'dump'), cases: 40, seed: 'resume' });
  writeFileSync(
    join(home, 'ezd-migrate.yaml'),
    `office: UM-PRZYKLADOWO\nsource: { kind: csv, folder: dump/tables }\ntarget: { kind: postgres, url: '${database.url}' }\nbatchRows: 20\njobs: 1\n`,
  );
});
afterEach(async () => {
  await database.drop();
  rmSync(home, { recursive: true });
});

async function nightly(
  argv: readonly string[] = [],
  now = (): number => Date.now(),
): Promise<Night & { code: number }> {
  let out = '';
  const code = await main(['--lang', 'en', '--json', 'run-nightly', ...argv], {
    cwd: home,
    environment: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: () => undefined },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now,
  });
  return { ...(JSON.parse(out) as Night), code };
}

async function query<Row>(sql: string): Promise<Row[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query(sql)).rows as Row[];
  } finally {
    await client.end();
  }
}

const loaded = async (): Promise<number> => {
  const [row] = await query<{ loaded: string }>(
    'SELECT coalesce(sum(loaded), 0) AS loaded FROM ezd_migrate.run_entity',
  ).catch(() => []);
  return Number(row?.loaded ?? 0);
};

test('a window that closes in the middle ends the night between batches, and the next night goes on where it stopped', async () => {
  // The clock of the call stands just before a full minute at which the window closes, until records were loaded: so it closes in the middle of the sync on any machine.
  const minute = Math.ceil((Date.now() + 120_000) / 60_000) * 60_000;
  let begun = false;
  const watch = (async () => {
    for (; !begun; await sleep(20)) begun = (await loaded()) >= 100;
  })();
  const until = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/Warsaw', timeStyle: 'short' }).format(minute);
  const first = await nightly(['--until', until], () => (begun ? minute + 1000 : minute - 100));
  await watch;
  expect(first).toMatchObject({ code: 130, status: 'closed' });
  const sync = first.steps.find(({ name }) => name === 'sync')!;
  expect(sync.status).toBe('closed');
  expect(first.steps.filter(({ name }) => name !== 'doctor' && name !== 'sync').map(({ status }) => status)).toEqual([
    'closed',
    'closed',
  ]);
  expect(await query('SELECT status FROM ezd_migrate.run')).toEqual([{ status: 'interrupted' }]);
  const before = await loaded();
  const second = await nightly();
  expect(second).toMatchObject({ code: 0, status: 'good' });
  // The unfinished sync was finished (run 1), then one of today followed (run 2).
  expect(await query('SELECT id, status FROM ezd_migrate.run ORDER BY id')).toEqual([
    { id: 1, status: 'finished' },
    { id: 2, status: 'finished' },
  ]);
  expect(await loaded()).toBeGreaterThan(before);
});

test('kill -9 in the middle leaves no lock behind, and the next night goes on', async () => {
  const child: ChildProcess = spawn(process.execPath, [resolve('bin/ezd-migrate.js'), 'run-nightly'], {
    cwd: home,
    stdio: 'ignore',
  });
  const ended = new Promise((done) => child.once('exit', done));
  for (let waited = 0; waited < 90_000 && (await loaded()) < 100; waited += 20) await sleep(20);
  child.kill('SIGKILL');
  await ended;
  expect(await query('SELECT status FROM ezd_migrate.run')).toEqual([{ status: 'running' }]);
  const next = await nightly();
  expect(next).toMatchObject({ code: 0, status: 'good' });
  expect(next.steps.map(({ status }) => status)).toEqual(['good', 'good', 'good', 'good']);
  expect(
    (await query<{ status: string }>('SELECT status FROM ezd_migrate.run')).every(
      ({ status }) => status === 'finished',
    ),
  ).toBe(true);
});

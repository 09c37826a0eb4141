import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type RunningPostgres, startPostgres } from '../support/postgres.ts';

const DUMP = join(import.meta.dirname, '../../fixtures/golden/office-300/tables');
const PROGRAM = join(import.meta.dirname, '../../bin/ezd-migrate.js');

let server: RunningPostgres;
let folder: string;

beforeAll(async () => {
  expect(existsSync(DUMP)).toBe(true);
  server = await startPostgres({ fsync: true });
  folder = mkdtempSync(join(tmpdir(), 'ezd-kill-'));
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

describe('a run over the dirty office', { timeout: 300_000 }, () => {
  let undisturbed: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const project = await makeProject('undisturbed');
    await endsWith(3, start(project));
    undisturbed = await fingerprint(project.database);
  }, 300_000);

  test('killed twenty times at random moments, ends as an undisturbed run', async () => {
    const project = await makeProject('killed');
    for (let kill = 0; kill < 20; kill++) {
      const child = start(project);
      await sleep(350 + Math.random() * 900);
      child.child.kill('SIGKILL');
      if (child.child.exitCode === null) await once(child.child, 'exit');
    }
    await endsWith(3, start(project));
    expect(await fingerprint(project.database)).toEqual(undisturbed);
  });

  test('outlives a restart of the server', async () => {
    const project = await makeProject('restarted');
    const child = start(project);
    await untilSaid(child, 'jednostka: done');
    for (const how of ['restart', 'kill'] as const) {
      if (how === 'kill') await server.kill();
      await server.restart();
      await sleep(800);
    }
    await endsWith(3, child);
    expect(child.said).toContain('passing fault');
    expect(await fingerprint(project.database)).toEqual(undisturbed);
  });

  test('interrupted by Ctrl-C, keeps its checkpoint, says so and goes on', async () => {
    const project = await makeProject('interrupted');
    const child = start(project);
    await untilSaid(child, 'koszulka');
    child.child.kill('SIGINT');
    await endsWith(130, child);
    await endsWith(3, start(project));
    expect(await fingerprint(project.database)).toEqual(undisturbed);
  });
});

interface Project {
  readonly file: string;
  readonly database: string;
}

async function makeProject(name: string): Promise<Project> {
  await sql(server.url, `CREATE DATABASE ${name}`);
  const url = new URL(server.url);
  url.pathname = `/${name}`;
  const file = join(folder, `${name}.yaml`);
  writeFileSync(
    file,
    `office: UM-TEST\nlanguage: en\nsource: { kind: csv, folder: '${DUMP}' }\ntarget: { kind: postgres, url: '${url.href}' }\nmappings: ezd-puw\nbatchRows: 100\njobs: 1\n`,
  );
  return { file, database: url.href };
}

interface Started {
  readonly child: ChildProcess;
  /** What it has said on standard error so far. */
  said: string;
}

function start({ file }: Project): Started {
  const child = spawn(process.execPath, [PROGRAM, 'run', '--config', file, '--no-color'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const started: Started = { child, said: '' };
  child.stderr!.on('data', (piece) => {
    started.said += String(piece);
  });
  return started;
}

/** Waits for the end of a run that is left alone; it must be this exit code. */
async function endsWith(code: number, started: Started): Promise<void> {
  const [ended] = started.child.exitCode === null ? await once(started.child, 'exit') : [started.child.exitCode];
  expect(ended, started.said.slice(-2000)).toBe(code);
}

/** Waits until the progress on standard error names something. */
async function untilSaid(started: Started, text: string): Promise<void> {
  while (!started.said.includes(text) && started.child.exitCode === null) await sleep(20);
}

/** Hash of every table of the store, of the crosswalk, and of the rejects of the last run. */
async function fingerprint(database: string): Promise<Record<string, string>> {
  const tables = await sql(
    database,
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'ezd' ORDER BY 1`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await sql(
      database,
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY id)), '') AS sum FROM ezd."${name}" t`,
    );
    sums[name!] = row!['sum']!;
  }
  const last = `SELECT max(id) FROM ezd_migrate.run`;
  const [counts] = await sql(
    database,
    `SELECT string_agg(concat_ws('|', entity_id, read_rows, loaded, unchanged, rejected, skipped), ' ' ORDER BY position) AS sum FROM ezd_migrate.run_entity WHERE run_id = (${last})`,
  );
  const [rejects] = await sql(
    database,
    `SELECT md5(string_agg(concat_ws('|', entity_id, legacy_key, source, reasons), ' ' ORDER BY entity_id, legacy_key, source)) AS sum FROM ezd_migrate.reject WHERE run_id = (${last})`,
  );
  const [findings] = await sql(
    database,
    `SELECT md5(string_agg(concat_ws('|', entity_id, legacy_key, code, field, value, params), ' ' ORDER BY entity_id, legacy_key, code, field, value, params)) AS sum
     FROM ezd_migrate.finding WHERE run_id = (${last})`,
  );
  return { ...sums, counts: counts!['sum']!, rejects: rejects!['sum']!, findings: findings!['sum']! };
}

async function sql(url: string, text: string): Promise<Record<string, string>[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, string>>(text)).rows;
  } finally {
    await client.end();
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createDatabase } from '../support/postgres.ts';

const OFFICE = resolve('fixtures/golden/office-300');
const PROGRAM = resolve('bin/ezd-migrate.js');

let folder: string;
let database: { readonly url: string; drop(): Promise<void> };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-rollback-'));
  database = await createDatabase();
  cpSync(join(OFFICE, 'tables'), join(folder, 'dump'), { recursive: true });
  writeFileSync(
    join(folder, 'ezd-migrate.yaml'),
    `office: UM-TEST
language: en
source: { kind: csv, folder: dump, contents: { root: '${join(OFFICE, 'repository')}' } }
target: { kind: postgres, url: '${database.url}', contents: { root: store } }
mappings: ezd-puw
batchRows: 80
`,
  );
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** Runs the program to its end, or until it is killed `after` so many milliseconds of its run being noted in the ledger. Returns its exit code. */
async function program(argv: readonly string[], after: number | null = null): Promise<number | null> {
  const before = await newestRun();
  const child = spawn(process.execPath, [PROGRAM, ...argv, '--no-color'], { cwd: folder, stdio: 'ignore' });
  const ended = once(child, 'exit');
  if (after !== null) {
    while (child.exitCode === null && (await newestRun()) === before) await sleep(15);
    await sleep(after);
    child.kill('SIGKILL');
  }
  return (await ended)[0] as number | null;
}

async function sql(text: string): Promise<Record<string, string>[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Record<string, string>>(text)).rows;
  } finally {
    await client.end();
  }
}

/** Tells a run, and whether it is under way, so that a rollback that goes on is seen as well. */
async function newestRun(): Promise<string> {
  const there = await sql(`SELECT to_regclass('ezd_migrate.run') IS NOT NULL AS yes`);
  if (String(there[0]!['yes']) !== 'true') return '';
  const [row] = await sql(
    `SELECT coalesce(max(id), 0) || ' ' || (SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())) AS newest FROM ezd_migrate.run`,
  );
  return row!['newest']!;
}

/** Every table of the store, crosswalk with its runs, waiting references, contents, and the files of the content store. */
async function stateOf(): Promise<Readonly<Record<string, string>>> {
  const tables = await sql(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'ezd' ORDER BY 1`,
  );
  const sums: Record<string, string> = {};
  const names = [
    ...tables.map(({ name }) => `ezd."${name}"`),
    'ezd_migrate.crosswalk',
    'ezd_migrate.pending_ref',
    'ezd_migrate.content',
    'ezd_migrate.content_removal',
    'ezd_migrate.deferred_ddl',
  ];
  for (const name of names) {
    const [row] = await sql(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS sum FROM ${name} t`,
    );
    sums[name] = row!['sum']!;
  }
  const [keys] = await sql(
    `SELECT md5(string_agg(conrelid::regclass || ' ' || pg_get_constraintdef(oid), '|' ORDER BY conrelid::regclass::text, conname)) AS sum FROM pg_constraint WHERE connamespace = 'ezd'::regnamespace`,
  );
  return { ...sums, keys: keys!['sum']!, files: filesOf(join(folder, 'store')).join(' ') };
}

const filesOf = (root: string): string[] => {
  try {
    return readdirSync(root, { recursive: true })
      .map(String)
      .filter((name) => /[0-9a-f]{64}$/.test(name))
      .sort();
  } catch {
    return [];
  }
};

/** The next night in the legacy system: many rows change, parents that were missing arrive, a place of a file is put right. */
function nextNight(): void {
  const edit = (table: string, change: (text: string) => string): void => {
    const file = join(folder, 'dump', `dbo.${table}.csv`);
    writeFileSync(file, change(readFileSync(file, 'utf8')));
  };
  edit('HistoriaZdarzen', (text) => text.replaceAll('Dodano dokument', 'Dodano pismo'));
  edit(
    'Pisma',
    (text) =>
      `${text.trimEnd()}\n${text
        .split('\n')[1]!
        .replace(/^1,/, '900000012,')
        .replace(/[0-9a-f-]{36}\s*$/, '')}\n`,
  );
  edit('Pracownicy', (text) => text.replaceAll('Barbara', 'Bożena'));
}

/** Rollbacks that were really killed before their end. */
let inTheMiddle = 0;

/** Takes the newest run back, killed some times on the way, and expects the state from before it. */
async function takenBack(
  run: number,
  before: Readonly<Record<string, string>>,
  kills: readonly number[],
): Promise<void> {
  for (const after of kills) {
    await program(['rollback', String(run), '--yes'], after);
    const stopped = await sql(`SELECT 1 AS one FROM ezd_migrate.run WHERE command = 'rollback' AND status = 'running'`);
    inTheMiddle += stopped.length;
  }
  const [marked] = await sql(`SELECT status FROM ezd_migrate.run WHERE id = ${run}`);
  const left = await sql(`SELECT 1 AS one FROM ezd_migrate.run WHERE command = 'rollback' AND status <> 'finished'`);
  if (marked!['status'] !== 'rolled-back' || left.length > 0)
    expect(await program(['rollback', String(run), '--yes'])).toBe(0);
  expect(await stateOf()).toEqual(before);
}

describe('every kind of run, killed in the middle of its rollback', { timeout: 400_000 }, () => {
  const states: Readonly<Record<string, string>>[] = [];

  test('is taken back to the state before it: contents, a night with updates and parents that arrive, the rest of an office, one unit', async () => {
    expect(await program(['run', '--no-contents', '--unit', 'KZ'])).toBe(3);
    states.push(await stateOf());
    expect(await program(['run', '--no-contents'])).toBe(3);
    states.push(await stateOf());
    nextNight();
    expect(await program(['run', '--no-contents'])).toBe(3);
    states.push(await stateOf());
    expect([0, 3]).toContain(await program(['contents', 'copy']));
    expect(filesOf(join(folder, 'store')).length).toBeGreaterThan(100);

    await takenBack(4, states[2]!, [40]);
    expect(filesOf(join(folder, 'store'))).toEqual([]);
    await takenBack(3, states[1]!, [60, 300]);
    await takenBack(2, states[0]!, [150, 700]);
    await takenBack(1, emptied(states[0]!), [20]);
    expect(inTheMiddle).toBeGreaterThan(1);
  });

  test('also a first load that was killed itself', async () => {
    const child = spawn(process.execPath, [PROGRAM, 'run', '--no-contents'], { cwd: folder, stdio: 'ignore' });
    const ended = once(child, 'exit');
    const finished = `SELECT run_id AS id FROM ezd_migrate.run_entity n WHERE status = 'finished' AND run_id = (SELECT max(id) FROM ezd_migrate.run WHERE command = 'run' AND status = 'running')`;
    let entities = await sql(finished);
    while (entities.length < 12 && child.exitCode === null) {
      await sleep(20);
      entities = await sql(finished);
    }
    child.kill('SIGKILL');
    await ended;
    expect(entities.length).toBeGreaterThanOrEqual(12);
    await takenBack(Number(entities[0]!['id']), emptied(states[0]!), [60]);
  });
});

/** The same tables without a row. */
const emptied = (state: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(state).map(([name, sum]) => [name, name === 'keys' ? sum : name === 'files' ? '' : '0 ']),
  );

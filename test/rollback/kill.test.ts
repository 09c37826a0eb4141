import { type ChildProcess, spawn } from 'node:child_process';
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
let ledger: Client;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-rollback-'));
  database = await createDatabase();
  ledger = new Client({ connectionString: database.url });
  await ledger.connect();
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
  await ledger.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

/** Runs the program to its end; returns its exit code. */
async function program(...argv: string[]): Promise<number | null> {
  const [code] = await once(start(argv), 'exit');
  return code as number | null;
}

const start = (argv: readonly string[]): ChildProcess =>
  spawn(process.execPath, [PROGRAM, ...argv, '--no-color'], { cwd: folder, stdio: 'ignore' });

/** Runs the program until a query of the ledger gives more than it does now, then kills it. */
async function killedWhen(query: string, argv: readonly string[]): Promise<void> {
  const value = async (): Promise<number> => Number((await ledger.query<{ n: string }>(query)).rows[0]?.n ?? 0);
  const before = await value();
  const child = start(argv);
  const ended = once(child, 'exit');
  while (child.exitCode === null && (await value()) <= before) await sleep(2);
  child.kill('SIGKILL');
  await ended;
}

const sql = async (text: string): Promise<Record<string, string>[]> =>
  (await ledger.query<Record<string, string>>(text)).rows;

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

/** Records that unfinished rollbacks have dealt with. */
const PROGRESS = `SELECT coalesce(sum(n.read_rows), 0) + count(*) AS n FROM ezd_migrate.run r JOIN ezd_migrate.run_entity n ON n.run_id = r.id WHERE r.command = 'rollback' AND r.status = 'running'`;

/** Takes the newest run back, killed so many times on the way, and expects the state from before it. Returns how many of the kills left it unfinished. */
async function takenBack(run: number, before: Readonly<Record<string, string>>, kills: number): Promise<number> {
  let unfinished = 0;
  for (let kill = 0; kill < kills; kill++) {
    await killedWhen(PROGRESS, ['rollback', String(run), '--yes']);
    unfinished += (await sql(`SELECT 1 AS one FROM ezd_migrate.run WHERE command = 'rollback' AND status = 'running'`))
      .length;
  }
  const code = await program('rollback', String(run), '--yes');
  // 2: the last kill came after all was done
  expect([0, 2]).toContain(code);
  expect(await stateOf()).toEqual(before);
  return unfinished;
}

describe('every kind of run, killed in the middle of its rollback', { timeout: 600_000 }, () => {
  const states: Readonly<Record<string, string>>[] = [];

  test('is taken back to the state before it: contents, a night with updates and parents that arrive, the rest of an office, one unit', async () => {
    expect(await program('run', '--no-contents', '--unit', 'KZ')).toBe(3);
    states.push(await stateOf());
    expect(await program('run', '--no-contents')).toBe(3);
    states.push(await stateOf());
    nextNight();
    expect(await program('run', '--no-contents')).toBe(3);
    states.push(await stateOf());
    expect([0, 3]).toContain(await program('contents', 'copy'));
    expect(filesOf(join(folder, 'store')).length).toBeGreaterThan(100);

    let unfinished = await takenBack(4, states[2]!, 1);
    expect(filesOf(join(folder, 'store'))).toEqual([]);
    unfinished += await takenBack(3, states[1]!, 2);
    unfinished += await takenBack(2, states[0]!, 2);
    expect(unfinished).toBeGreaterThanOrEqual(3);
    await takenBack(1, emptied(states[0]!), 0);
  });

  test('also a first load that was killed itself', async () => {
    const begun = `SELECT count(*) / 12 AS n FROM ezd_migrate.run_entity n JOIN ezd_migrate.run r ON r.id = n.run_id WHERE r.command = 'run' AND r.status = 'running' AND n.status = 'finished'`;
    await killedWhen(begun, ['run', '--no-contents']);
    const [run] = await sql(
      `SELECT max(id)::text AS id FROM ezd_migrate.run WHERE command = 'run' AND status = 'running'`,
    );
    await takenBack(Number(run!['id']), emptied(states[0]!), 1);
  });
});

/** The same tables without a row. */
const emptied = (state: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(state).map(([name, sum]) => [name, name === 'keys' ? sum : name === 'files' ? '' : '0 ']),
  );

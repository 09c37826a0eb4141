import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CliIo } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { createDatabase } from '../support/postgres.ts';
import { mountSmallDisk } from '../support/small-disk.ts';

const GOLDEN = resolve('fixtures/golden/office-300/tables');

/** Every way in which people hand over something wrong: a clear error, a hint, the right exit code, nothing half done. */
describe('bad input', () => {
  let folder: string;
  let database: { url: string; drop(): Promise<void> };

  beforeAll(async () => {
    database = await createDatabase();
  });
  afterAll(() => database.drop());
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ezd-bad-'));
    cpSync(GOLDEN, join(folder, 'dump'), { recursive: true });
    mkdirSync(join(folder, 'mine', 'lookups'), { recursive: true });
    write('mine/bundle.yaml', 'name: mine\nextends: ezd-puw\n');
    project();
    return () => rmSync(folder, { recursive: true });
  });

  const write = (name: string, text: string): void => writeFileSync(join(folder, name), text);
  const project = (more = '', target = 'kind: embedded, folder: store'): void =>
    write(
      'ezd-migrate.yaml',
      `office: UM-TEST\nlanguage: en\nsource: { kind: csv, folder: dump }\ntarget: { ${target} }\nmappings: mine\n${more}`,
    );

  async function cli(...argv: string[]): Promise<{ code: number; err: string }> {
    let err = '';
    const io: CliIo = {
      cwd: folder,
      environment: {},
      stdout: { write: () => undefined },
      stderr: { write: (text) => (err += text) },
      onInterrupt: () => () => undefined,
      exitNow: () => undefined,
      now: () => Date.now(),
    };
    return { code: await main(argv, io), err };
  }

  test('is told in Polish, down to what to do', async () => {
    rmSync(join(folder, 'dump'), { recursive: true });
    const { code, err } = await cli('run', '--lang', 'pl');
    expect(code).toBe(6);
    expect(err).toContain('Nie ma folderu zrzutu');
    expect(err).toContain('Co zrobić: W pliku projektu source.folder ma wskazywać folder');
    expect(err).not.toMatch(/\b(the|folder does|Set)\b/);
  });

  /** Runs, expects this exit code, these words and a hint. */
  async function refused(argv: readonly string[], code: number, ...words: readonly string[]): Promise<void> {
    const answer = await cli(...argv);
    for (const word of words) expect(answer.err).toContain(word);
    expect(answer.err).toMatch(/What to do:|hint:/);
    expect(answer.code, answer.err).toBe(code);
  }

  const nothingBegun = (): void => expect(existsSync(join(folder, 'store'))).toBe(false);

  test('a dump folder that is not there', async () => {
    rmSync(join(folder, 'dump'), { recursive: true });
    await refused(['run'], 6, 'dump');
    nothingBegun();
  });

  test('a table file that is missing', async () => {
    rmSync(join(folder, 'dump', 'dbo.SpisSpraw.csv'));
    await refused(['run'], 2, 'SpisSpraw');
    nothingBegun();
  });

  test('a delimiter that the file does not have', async () => {
    write(
      'ezd-migrate.yaml',
      "office: A\nlanguage: en\nsource: { kind: csv, folder: dump, dialect: { delimiter: '|' } }\ntarget: { kind: embedded, folder: store }\nmappings: mine\n",
    );
    await refused(['run'], 6, '|');
  });

  test('a header that lacks a mapped column', async () => {
    const file = 'dump/dbo.SpisSpraw.csv';
    write(file, readFileSync(join(folder, file), 'utf8').replace('Znak,', 'Zank,'));
    await refused(['run'], 2, 'Znak', 'did you mean');
    nothingBegun();
  });

  test('a key that the project file does not know', async () => {
    project('batchrows: 10\n');
    await refused(['run'], 2, 'batchrows', 'batchRows');
  });

  test('a decision about a code that does not exist', async () => {
    project('rules:\n  PESEL_CHEKSUM: { severity: warning }\n');
    await refused(['run'], 2, 'PESEL_CHEKSUM', 'PESEL_CHECKSUM');
    expect(existsSync(join(folder, 'store'))).toBe(false);
  });

  test('a key that a mapping does not know', async () => {
    write('mine/sprawa.yaml', 'entity: sprawa\nfields:\n  uwagi: { of: Uwagi, doo: [trim] }\n');
    await refused(['check'], 2, 'sprawa.yaml:3', 'doo');
  });

  test('a look-up without a row', async () => {
    write('mine/lookups/typ-dokumentu.csv', 'kod;wartosc\n');
    await refused(['check'], 2, 'typ-dokumentu.csv');
  });

  test('two mappings for one column', async () => {
    write('mine/sprawa.yaml', 'entity: sprawa\nfields:\n  uwagi: Uwagi\n  uwagi: Znak\n');
    await refused(['check'], 2, 'sprawa.yaml:4');
  });

  test('an entity, a unit and a command that do not exist', async () => {
    await refused(['run', '--entity', 'sprwa'], 2, 'sprwa', 'sprawa');
    await refused(['run', '--unit', 'NIEMA'], 2, 'NIEMA');
    await refused(['rnu'], 2, 'run');
    nothingBegun();
  });

  test('a target that does not answer, and one that refuses', async () => {
    project('', "kind: postgres, url: 'postgres://nobody@127.0.0.1:9/none'");
    await refused(['run'], 6, '127.0.0.1:9');
  });

  test('a target without rights: nothing is begun there', async () => {
    await sql(
      `DROP ROLE IF EXISTS ezd_nothing; CREATE ROLE ezd_nothing LOGIN; REVOKE CREATE ON DATABASE "${new URL(database.url).pathname.slice(1)}" FROM PUBLIC`,
    );
    const url = new URL(database.url);
    url.username = 'ezd_nothing';
    project('', `kind: postgres, url: '${url.href}'`);
    await refused(['run'], 6);
    expect(await sql(`SELECT 1 FROM pg_namespace WHERE nspname LIKE 'ezd%'`)).toEqual([]);
    await sql('DROP ROLE ezd_nothing');
  });

  test('a database that a newer program has changed', async () => {
    project('', `kind: postgres, url: '${database.url}'`);
    expect((await cli('run', '--limit', '1', '--no-contents')).code).toBeLessThanOrEqual(3);
    await sql(`INSERT INTO ezd_migrate.migrations_ezd (name, batch, migration_time) VALUES ('9999_future', 99, now())`);
    await refused(['run'], 6, '9999_future');
    await sql(`DELETE FROM ezd_migrate.migrations_ezd WHERE name = '9999_future'`);
  });

  test('two runs at once: the second one is told who works', async () => {
    project('', `kind: postgres, url: '${database.url}'`);
    const first = cli('run', '--no-contents', '--batch-rows', '50', '--jobs', '1');
    await vi.waitFor(
      async () => expect(await sql(`SELECT 1 FROM ezd_migrate.run WHERE status = 'running'`)).toHaveLength(1),
      { timeout: 30_000, interval: 20 },
    );
    await refused(['run'], 5);
    expect((await first).code).toBe(3);
  });

  test('two programs on one embedded database: the second one is told which process has it', async () => {
    writeFileSync(join(folder, 'store.lock'), JSON.stringify({ pid: process.pid, host: hostname() }));
    await refused(['run'], 5, `process ${process.pid}`);
    expect(existsSync(join(folder, 'store', 'PG_VERSION'))).toBe(false);
  });

  test('a lock that a dead process left is taken over', async () => {
    const { pid } = spawnSync(process.execPath, ['--version']);
    writeFileSync(join(folder, 'store.lock'), JSON.stringify({ pid, host: hostname() }));
    expect((await cli('run', '--limit', '1')).code).toBeLessThanOrEqual(3);
    expect(existsSync(join(folder, 'store.lock'))).toBe(false);
  });

  test('a store folder that cannot be made', async () => {
    write('occupied', 'a file');
    project('', 'kind: embedded, folder: occupied/store');
    await refused(['run'], 6, 'occupied');
  });

  test('a full disk: at the start nothing is begun, in mid-run the same command goes on', async ({ skip }) => {
    const disk = mountSmallDisk(20) ?? skip('this machine does not let us mount a small disk');
    try {
      project('', `kind: embedded, folder: '${join(disk.folder, 'store')}'`);
      await refused(['run'], 6, '128 MB are needed');
      expect(existsSync(join(disk.folder, 'store', 'PG_VERSION'))).toBe(false);
      disk.resize(130);
      await refused(['run'], 6, 'TARGET_FULL');
      disk.resize(600);
      const again = await cli('run');
      expect(again.err).toContain('Run 1 goes on from its last checkpoint');
      expect(again.code).toBe(3);
    } finally {
      disk.release();
    }
  });

  async function sql(text: string): Promise<unknown[]> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      const result = await client.query(text);
      return Array.isArray(result) ? [] : result.rows;
    } finally {
      await client.end();
    }
  }
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { generateOffice } from '../../fixtures/office/generate-office.ts';
import { main } from '../../src/cli/main.ts';
import { createDatabase } from '../support/postgres.ts';

let home: string;
let database: { readonly url: string; drop(): Promise<void> };

beforeAll(async () => {
  home = mkdtempSync(join(tmpdir(), 'ezd-rollback-contents-'));
  database = await createDatabase();
  await generateOffice({ out: join(home, 'dump'), cases: 8, seed: 'rollback', files: 'all' });
  writeFileSync(
    join(home, 'ezd-migrate.yaml'),
    `office: UM-TEST
language: en
source: { kind: csv, folder: dump/tables, contents: { root: dump/repository } }
target: { kind: postgres, url: '${database.url}', contents: { root: store } }
mappings: ezd-puw
`,
  );
  await cli('run');
});
afterAll(async () => {
  await database.drop();
  rmSync(home, { recursive: true });
});

async function cli(
  ...argv: string[]
): Promise<{ readonly code: number; readonly out: string; readonly json: Record<string, unknown> }> {
  let out = '';
  const code = await main([...argv, '--json'], {
    cwd: home,
    environment: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: () => undefined },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.now(),
  });
  return { code, out, json: JSON.parse(out) as Record<string, unknown> };
}

async function sql(text: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: database.url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(text)).rows;
  } finally {
    await client.end();
  }
}

const files = (): string[] =>
  readdirSync(join(home, 'store'), { recursive: true })
    .map(String)
    .filter((name) => /[0-9a-f]{64}$/.test(name))
    .sort();

test('a load whose contents were copied is taken back after its copy; what was changed by hand is found; copied again, the files are as before', async () => {
  const before = files();
  expect(before.length).toBeGreaterThan(20);
  const load = await cli('rollback', '1');
  expect([load.code, load.json['conflicts']]).toEqual([
    4,
    [expect.objectContaining({ kind: 'run', entity: 'tresc', run: 2, forcible: true })],
  ]);

  await sql(
    `UPDATE ezd.tresc SET nazwa_pliku = 'inna.pdf' WHERE id = (SELECT min(id::text)::uuid FROM ezd.tresc WHERE sha256 IS NOT NULL)`,
  );
  const copy = await cli('rollback', '2');
  expect([copy.code, copy.json['conflicts']]).toEqual([
    4,
    [expect.objectContaining({ kind: 'hand', entity: 'tresc', count: 1 })],
  ]);

  const forced = await cli('rollback', '2', '--yes', '--force', '--reason', 'test');
  expect([forced.code, forced.json]).toEqual([0, expect.objectContaining({ done: true, filesRemoved: before.length })]);
  expect(files()).toEqual([]);
  expect(await sql('SELECT 1 FROM ezd.tresc WHERE sha256 IS NOT NULL')).toEqual([]);

  expect((await cli('contents', 'copy')).code).toBe(0);
  expect(files()).toEqual(before);
});

test('a copy that only noted contents again, at a record that went and came back, is taken back to the bare record', async () => {
  const rows = () =>
    sql('SELECT id, sha256, rozmiar_zmierzony, typ_mime, przeniesiono IS NULL AS bare FROM ezd.tresc ORDER BY id');
  const noted = await rows();
  // As a night leaves it that deleted the record and one that brought it back.
  await sql(
    `UPDATE ezd.tresc SET sha256 = NULL, rozmiar_zmierzony = NULL, typ_mime = NULL, przeniesiono = NULL
     WHERE id = (SELECT min(id::text)::uuid FROM ezd.tresc WHERE sha256 IS NOT NULL)`,
  );
  const [bare, before] = [await rows(), files()];
  const { json } = await cli('contents', 'copy');
  expect([json, await rows()]).toEqual([expect.objectContaining({ stored: 0 }), noted]);
  expect((await cli('rollback', String(json['run']), '--yes')).json).toMatchObject({ done: true, filesRemoved: 0 });
  expect([await rows(), files()]).toEqual([bare, before]);
  await cli('contents', 'copy');
  expect([await rows(), files()]).toEqual([noted, before]);
});

test('forced over the copy of its contents, a load goes with its contents and their files', async () => {
  const forced = await cli('rollback', '1', '--yes', '--force', '--reason', 'test');
  expect(forced.json['error']).toBeUndefined();
  expect([forced.code, files()]).toEqual([0, []]);
  expect(await sql('SELECT 1 FROM ezd.tresc UNION ALL SELECT 1 FROM ezd_migrate.content')).toEqual([]);
});

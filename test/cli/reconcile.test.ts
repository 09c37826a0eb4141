import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { createIdSpace } from '../../src/core/target-id.ts';
import { latestReconcile, type StoredReconcile } from '../../src/ledger/reconcile-record.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { createDatabase } from '../support/postgres.ts';
import { legacyDatabaseFrom } from '../support/tds/legacy-database.ts';
import { startTdsServer, type TdsServer } from '../support/tds/server.ts';

const OFFICE = 'UM-PRZYKLADOWO';
const GOLDEN = resolve('fixtures/golden/office-300');
const TODAY = Date.UTC(2026, 0, 15);
const folder = mkdtempSync(join(tmpdir(), 'ezd-reconcile-'));
let database: Awaited<ReturnType<typeof createDatabase>>;
let server: TdsServer;

/** Runs one command line on a project of the folder; `day` days after today. */
async function run(
  project: string,
  argv: readonly string[],
  day = 0,
): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const code = await main(['--lang', 'en', '--config', project, ...argv], {
    cwd: folder,
    environment: {},
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: (text: string) => (err += text) },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => TODAY + day * 86_400_000,
  });
  return { code, out, err };
}

interface Told {
  readonly code: number;
  readonly record: StoredReconcile;
}

async function compare(project: string, argv: readonly string[] = [], day = 0): Promise<Told> {
  const { code, out, err } = await run(project, ['reconcile', '--json', ...argv], day);
  if (out === '' || out.includes('"error"')) throw new Error(out + err);
  return { code, record: JSON.parse(out) as StoredReconcile };
}

async function sql(...statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: database.url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

const inShort = ({ record }: Told): string[] =>
  record.differences.map(({ entity, key, id, kind, cause, fields }) =>
    [entity, key ?? id, kind, cause, ...fields.map(({ field }) => field)].join(' '),
  );

const id = (entity: string, key: number): string => createIdSpace(OFFICE, entity).text(key);

beforeAll(async () => {
  database = await createDatabase();
  server = await startTdsServer({ tables: legacyDatabaseFrom(GOLDEN), database: { snapshotIsolation: true } });
  const target = `{ kind: postgres, url: '${database.url}', contents: { root: contents } }`;
  const contents = `{ root: '${join(GOLDEN, 'repository')}', layout: flat }`;
  const dump = `{ kind: csv, folder: '${join(GOLDEN, 'tables')}', contents: ${contents} }`;
  writeFileSync(join(folder, 'dump.yaml'), `office: ${OFFICE}\nsource: ${dump}\ntarget: ${target}\n`);
  writeFileSync(join(folder, 'ca.pem'), server.certificate);
  writeFileSync(join(folder, 'password'), server.password);
  const { port, user } = server;
  const mssql = { kind: 'mssql', server: 'localhost', port, database: server.database.name, user };
  const secrets = { passwordFile: 'password', caFile: 'ca.pem' };
  writeFileSync(
    join(folder, 'server.yaml'),
    `office: ${OFFICE}\nsource: ${JSON.stringify({ ...mssql, ...secrets })}\ntarget: ${target}\n`,
  );
  await run('dump.yaml', ['run']);
});

afterAll(async () => {
  await server.stop();
  await database.drop();
  rmSync(folder, { recursive: true });
});

describe('reconcile on the dirty golden office', () => {
  test('is equal after its run, with all rejects and repairs, bytes included', async () => {
    const told = await compare('dump.yaml', ['--contents', 'all']);
    expect(inShort(told)).toEqual([]);
    expect(told.code).toBe(0);
    const { contents, entities, equal, sets } = told.record;
    expect(equal).toBe(true);
    expect(contents).toMatchObject({ waiting: 0, notSampled: 0 });
    expect(contents!.good).toBe(contents!.checked);
    for (const { entity, read, expected, rejected, skipped, rows, notLoaded } of entities) {
      const left = Object.values(skipped).reduce((sum, number) => sum + number, 0);
      expect(expected + rejected + left, entity).toBe(read);
      expect([rows, notLoaded], entity).toEqual([expected, 0]);
    }
    const cases = sets.filter(({ entity, symbol, year }) => entity === 'sprawa' && symbol !== null && year !== null);
    expect(cases.length).toBeGreaterThan(10);
    expect(sets.every((set) => set.equal && set.source === set.target)).toBe(true);
  });

  test('of one entity leaves the others of its table alone', async () => {
    const told = await compare('dump.yaml', ['--entity', 'poswiadczenie_upo']);
    expect(inShort(told)).toEqual([]);
    expect(told.record.entities.map(({ entity }) => entity)).toEqual(['poswiadczenie_upo']);
    expect(told.record.entities[0]!.rows).toBeGreaterThan(10);
  });

  test('is equal too when the same office is read over TDS', async () => {
    const told = await compare('server.yaml');
    expect(inShort(told)).toEqual([]);
    expect(told.code).toBe(0);
  });

  test('finds what was planted and nothing else, masks it, and keeps it in the ledger', async () => {
    await sql(
      `UPDATE ezd.adresat SET nazwisko = 'Podstawiony' WHERE id = (SELECT id FROM ezd.adresat WHERE nazwisko IS NOT NULL ORDER BY id LIMIT 1)`,
      `UPDATE ezd.korespondencja_wychodzaca SET oplata = coalesce(oplata, 0) + 1 WHERE id = '${id('korespondencja_wychodzaca', 7)}'`,
      `UPDATE ezd.dokument SET id_koszulka = '${id('koszulka', 3)}' WHERE id = '${id('dokument', 40)}'`,
      `DELETE FROM ezd.czynnosc_metryki WHERE id = '${id('czynnosc_metryki', 100)}'`,
      `INSERT INTO ezd.rola (id, id_zrodla, nazwa) VALUES ('00000000-0000-4000-8000-00000000000a', 'x', 'Obca')`,
    );
    const [first] = readdirSync(join(folder, 'contents')).filter((name) => name.length === 2);
    const [second] = readdirSync(join(folder, 'contents', first!));
    const [sha256] = readdirSync(join(folder, 'contents', first!, second!));
    const file = join(folder, 'contents', first!, second!, sha256!);
    const bytes = readFileSync(file);
    bytes[0]! ^= 1;
    rmSync(file);
    writeFileSync(file, bytes);

    const told = await compare('dump.yaml', ['--contents', 'all']);
    expect(told.code).toBe(4);
    const row = inShort(told).filter((line) => !line.includes(' content '));
    expect(row).toEqual([
      expect.stringMatching(/^adresat \d+ value target nazwisko$/),
      'dokument 40 moved target id_koszulka',
      'czynnosc_metryki 100 missing target',
      'korespondencja_wychodzaca 7 value target oplata',
      'rola 00000000-0000-4000-8000-00000000000a extra unknown',
    ]);
    const damaged = told.record.differences.filter(({ kind }) => kind === 'content');
    expect(damaged.length).toBeGreaterThanOrEqual(1);
    expect(new Set(damaged.flatMap(({ codes }) => codes))).toEqual(new Set(['CONTENT_STORE_ALTERED']));
    expect(JSON.stringify(told.record)).not.toContain('Podstawiony');
    expect(told.record.sets.filter(({ equal }) => !equal).map(({ entity }) => entity)).toContain('czynnosc_metryki');

    const pool = createPgPool({ url: database.url, max: 1, applicationName: 'test' });
    const session = await pool.session();
    const kept = await latestReconcile(session, 'ezd_migrate', OFFICE);
    await session.release();
    await pool.close();
    expect(JSON.parse(JSON.stringify(kept))).toEqual({ ...told.record, sets: expect.anything() });
    expect(kept!.sets.length).toBe(told.record.sets.length);
  });

  test('shows people what differs, where and since when', async () => {
    const { code, out } = await run('dump.yaml', ['reconcile', '--entity', 'dokument']);
    expect(code).toBe(4);
    expect(out).toContain('changed in the target since run 1');
    expect(out).toMatch(/id_koszulka: koszulka \d+ → koszulka 3/);
  });

  test('a quarter every night finds in four nights what the whole finds, each difference once', async () => {
    const some = ['--entity', 'adresat,dokument,czynnosc_metryki,korespondencja_wychodzaca'];
    const whole = await compare('dump.yaml', some);
    const nights: Told[] = [];
    for (const day of [0, 1, 2, 3]) nights.push(await compare('dump.yaml', [...some, '--sample', '25%'], day));
    expect(nights.flatMap(inShort).toSorted()).toEqual(inShort(whole).toSorted());
    const overTds = await compare('server.yaml', [...some, '--sample', '25%'], 3);
    expect(inShort(overTds)).toEqual(inShort(nights[3]!));
    expect(server.statements.some((statement) => /\[ID\] \/ 4096 % 4 = \d/i.test(JSON.stringify(statement)))).toBe(
      true,
    );
    const rows = ({ record }: Told): number => record.entities.reduce((sum, entity) => sum + entity.rows, 0);
    expect(nights.map(rows).reduce((sum, part) => sum + part, 0)).toBe(rows(whole));
  });
});

test('before anything is loaded there is nothing to compare', async () => {
  writeFileSync(
    join(folder, 'new.yaml'),
    `office: X\nsource: { kind: csv, folder: '${GOLDEN}/tables' }\ntarget: { kind: embedded, folder: none }\n`,
  );
  const { code, err } = await run('new.yaml', ['reconcile']);
  expect(code).toBe(2);
  expect(err).toContain('ezd-migrate run');
});

import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { createKnex } from '../../src/write/postgres/knex.ts';
import { createDatabase } from '../support/postgres.ts';

let folder: string;
let database: { readonly url: string; drop(): Promise<void> };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-night-'));
  database = await createDatabase();
  cpSync(resolve('fixtures/golden/office-300/tables'), join(folder, 'dump'), { recursive: true });
  const project = `office: UM-TEST\nsource: { kind: csv, folder: dump }\ntarget: { kind: postgres, url: '${database.url}' }\nmappings: ezd-puw\n`;
  writeFileSync(join(folder, 'ezd-migrate.yaml'), project);
});
afterAll(async () => {
  await database.drop();
  rmSync(folder, { recursive: true });
});

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function cli(argv: readonly string[], ask?: (question: string) => Promise<string>): Promise<Answer> {
  let [out, err] = ['', ''];
  const code = await main(['--lang', 'en', '--no-color', ...argv], {
    cwd: folder,
    environment: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.now(),
    ask,
  });
  return { code, out, err };
}
const json = async <T>(...argv: string[]): Promise<T> => JSON.parse((await cli(['--json', ...argv])).out) as T;

/** Changes the dump as a day in the legacy system does. */
function edit(table: string, change: (text: string) => string): void {
  const file = join(folder, 'dump', `dbo.${table}.csv`);
  const before = readFileSync(file, 'utf8');
  const after = change(before);
  expect(after).not.toBe(before);
  writeFileSync(file, after);
}

interface Told {
  readonly records: readonly {
    readonly entity: string;
    readonly key: string;
    readonly loaded: boolean;
    readonly runs: readonly {
      readonly run: number;
      readonly did: string;
      readonly takenBackBy: number | null;
      readonly changes: readonly { readonly field: string; readonly before: unknown; readonly after: unknown }[];
    }[];
    readonly parents: readonly { readonly column: string; readonly entity: string; readonly key: string }[];
    readonly contents: { readonly count: number };
    readonly absence: {
      readonly kind: string;
      readonly chain?: readonly { readonly entity: string; readonly key: string; readonly state: string }[];
    } | null;
  }[];
  readonly source: readonly ({ readonly kind: string; readonly reason?: string } | null)[];
}

describe('a night and the day after', () => {
  beforeAll(async () => {
    expect((await cli(['run'])).code).toBe(3);
    edit('SpisSpraw', (text) =>
      text.replace('KZ.4130.1.2019,1,2019', 'KZ.4130.1.2019,2,2019').replace('Piękoś Filip', 'Nowak Anna'),
    );
    expect((await cli(['run'])).code).toBe(3);
  });

  test('history of a case by its sign tells which run changed what, with names masked, and where its files lie', async () => {
    const { records } = await json<Told>('history', 'KZ.4130.1.2019');
    expect(records).toHaveLength(1);
    const [record] = records;
    expect(record).toMatchObject({ entity: 'sprawa', key: '1', loaded: true, absence: null });
    expect(record!.runs.map(({ run, did }) => [run, did])).toEqual([
      [1, 'brought'],
      [2, 'changed'],
    ]);
    expect(record!.runs[1]!.changes).toContainEqual({ field: 'od_kogo', before: 'P. F.', after: 'N. A.' });
    expect(record!.parents).toContainEqual({ column: 'id_koszulka', entity: 'koszulka', key: '2', there: true });
    expect(record!.contents.count).toBe(2);
    const open = await json<Told>('history', 'sprawa', '1', '--with-personal-data');
    expect(open.records[0]!.runs[1]!.changes).toContainEqual({
      field: 'od_kogo',
      before: 'Piękoś Filip',
      after: 'Nowak Anna',
    });
    const { out } = await cli(['history', 'sprawa', '1']);
    expect(out).toContain('od_kogo: P. F. → N. A.');
    expect(out).not.toContain('Nowak');
  });

  test('a record that is missing has its reason: rejected with the parents that led there, left out by the mapping, unknown to the source', async () => {
    const rejected = await json<Told>('history', 'notatka', '116');
    expect(rejected.records[0]!.absence).toMatchObject({
      kind: 'rejected',
      chain: [{ entity: 'koszulka', key: '900000012', state: 'missing' }],
    });
    const absent = await json<Told>('history', 'sprawa', '999999');
    expect(absent).toMatchObject({
      records: [{ loaded: false, absence: { kind: 'unknown' } }],
      source: [{ kind: 'absent' }],
    });
    edit('SpisSpraw', (text) => text.replace('5,7,OŚ.6220.1.2019', '55555,7,OŚ.6220.9.2019'));
    expect((await json<Told>('history', 'OŚ.6220.9.2019')).source).toEqual([{ kind: 'there', key: '55555' }]);
  });

  test('a target id is as good as entity and key; a slip of the pen in the entity is helped', async () => {
    const { records } = await json<{ records: { targetId: string }[] }>('history', 'sprawa', '1');
    expect((await json<Told>('history', records[0]!.targetId)).records[0]).toMatchObject({
      entity: 'sprawa',
      key: '1',
    });
    const slip = await cli(['history', 'spraw', '1']);
    expect([slip.code, slip.err]).toEqual([2, expect.stringContaining('did you mean sprawa?')]);
    expect((await cli(['history', 'sprawa'])).err).toContain('ezd-migrate history sprawa 4711');
  });

  test('rollback shows its plan, does nothing without a yes, and history knows of it afterwards', async () => {
    const plan = await json<{ done: boolean; entities: unknown; conflicts: unknown }>('rollback', '2');
    expect(plan).toMatchObject({
      done: false,
      entities: [{ entity: 'sprawa', removed: 0, restored: 1 }],
      conflicts: [],
    });
    expect((await cli(['rollback', '2'], async () => 'no')).out).toContain('nothing was changed');
    const refused = await cli(['rollback', '1', '--yes']);
    expect(refused.code).toBe(4);
    expect(refused.out).toContain('ezd-migrate rollback 2');
    const done = await cli(['rollback', '2'], async (question) => (question.includes('run 2') ? 'yes' : ''));
    expect(done.code).toBe(0);
    const { records } = await json<Told>('history', 'sprawa', '1');
    expect(records[0]!.runs.map(({ run, did, takenBackBy }) => [run, did, takenBackBy])).toEqual([
      [1, 'brought', null],
      [2, 'changed', 3],
      [3, 'takenBack', null],
    ]);
  });

  test.each([
    ['a rollback of a rollback', ['rollback', '3'], 'loading again'],
    ['a run that was taken back', ['rollback', '2'], 'taken back already'],
    ['a run that is not there', ['rollback', '99'], 'no run 99'],
    ['force without a reason', ['rollback', '1', '--force'], '--reason'],
    ['a word for a number', ['rollback', 'last'], 'ezd-migrate status'],
  ])('%s is refused in plain words, exit code 2', async (_what, argv, words) => {
    const { code, err } = await cli(argv);
    expect([code, err]).toEqual([2, expect.stringContaining(words)]);
  });

  test('of a validation there is nothing to take back, which is said', async () => {
    const knex = createKnex({ kind: 'postgres', url: database.url });
    await knex.raw(
      `INSERT INTO ezd_migrate.run (office, command, status, tool_version, plan_hash, host, os_user) VALUES ('UM-TEST', 'validate', 'finished', 'x', 'x', 'x', 'x')`,
    );
    await knex.destroy();
    const { code, err } = await cli(['rollback', '4']);
    expect([code, err]).toEqual([2, expect.stringContaining('only read')]);
  });
});

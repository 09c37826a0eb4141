import type { PGlite } from '@electric-sql/pglite';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKnex } from '../../../src/write/postgres/knex.ts';
import { type MigrateOptions, migrate, migrationStatus } from '../../../src/write/postgres/migrate.ts';
import type { MigrationSet } from '../../../src/write/postgres/schema/migration-set.ts';
import { STORE_MIGRATIONS } from '../../../src/write/postgres/schema/store-migrations.ts';
import { describeSchema } from '../../support/describe-schema.ts';
import { createDatabase, startEmbedded } from '../../support/postgres.ts';

const OPTIONS: MigrateOptions = { set: STORE_MIGRATIONS, schema: 'ezd', ledgerSchema: 'ezd_migrate' };
const NAMES = STORE_MIGRATIONS.migrations.map(({ name }) => name);

const SMALL: MigrationSet = {
  name: 'ledger',
  migrations: [
    { name: '0001_one', up: (trx, schema) => trx.schema.withSchema(schema).createTable('one', (t) => t.integer('n')) },
    { name: '0002_two', up: (trx, schema) => trx.schema.withSchema(schema).createTable('two', (t) => t.integer('n')) },
  ],
};
const first = (set: MigrationSet): MigrationSet => ({ ...set, migrations: set.migrations.slice(0, 1) });

let url: string;
let dropDatabase: () => Promise<void>;
let db: PGlite;
let closeEmbedded: () => Promise<void>;
const open: Knex[] = [];

beforeAll(async () => {
  ({ url, drop: dropDatabase } = await createDatabase());
  ({ db, close: closeEmbedded } = await startEmbedded());
});

afterAll(async () => {
  await Promise.all(open.map((knex) => knex.destroy()));
  await dropDatabase();
  await closeEmbedded();
});

function connect(kind: string): Knex {
  const knex = createKnex(kind === 'embedded' ? { kind: 'embedded', db } : { kind: 'postgres', url });
  open.push(knex);
  return knex;
}

describe.each(['embedded', 'postgres'])('migrating the store (%s)', (kind) => {
  test('installs the schema, and a second run does no harm', async () => {
    const knex = connect(kind);
    expect((await migrationStatus(knex, OPTIONS)).state).toBe('absent');
    expect(await migrate(knex, OPTIONS)).toEqual(NAMES);
    await knex
      .withSchema('ezd')
      .table('rola')
      .insert({ id: '00000000-0000-8000-8000-000000000001', nazwa: 'Kancelaria' });
    const before = await describeSchema(knex, 'ezd');

    expect(await migrate(knex, OPTIONS)).toEqual([]);
    expect(await describeSchema(knex, 'ezd')).toEqual(before);
    expect(await knex.withSchema('ezd').table('rola').pluck('nazwa')).toEqual(['Kancelaria']);
    expect(await migrationStatus(knex, OPTIONS)).toMatchObject({ state: 'current', pending: [], unknown: [] });
  });

  test('installs into a scratch schema beside the real one', async () => {
    const knex = connect(kind);
    const scratch = { ...OPTIONS, schema: 'ezd_proba', ledgerSchema: 'ezd_proba_migrate' };
    expect(await migrate(knex, scratch)).toEqual(NAMES);
    const names = (schema: string) => describeSchema(knex, schema).then((tables) => tables.map(({ name }) => name));
    expect(await names('ezd_proba')).toEqual(await names('ezd'));
    expect(await names('ezd_proba_migrate')).toContain('migrations_ezd_proba');
    const stray = await knex.raw(`select 1 from pg_constraint where connamespace = 'ezd_proba'::regnamespace
      and confrelid <> 0 and (select relnamespace from pg_class where oid = confrelid) <> connamespace`);
    expect(stray.rows).toEqual([]);
  });

  test('brings an older database up to date and tells what is missing', async () => {
    const knex = connect(kind);
    const options: MigrateOptions = { set: SMALL, schema: 'small', ledgerSchema: 'small_migrate' };
    await migrate(knex, { ...options, set: first(SMALL) });
    expect(await migrationStatus(knex, options)).toMatchObject({ state: 'behind', pending: ['0002_two'] });
    expect(await migrate(knex, options)).toEqual(['0002_two']);
  });

  test('refuses a database that a newer program has changed', async () => {
    const knex = connect(kind);
    const options: MigrateOptions = { set: SMALL, schema: 'newer', ledgerSchema: 'newer_migrate' };
    await migrate(knex, options);
    const older = { ...options, set: first(SMALL) };
    expect(await migrationStatus(knex, older)).toMatchObject({ state: 'newer', unknown: ['0002_two'] });
    await expect(migrate(knex, older)).rejects.toMatchObject({
      code: 'TARGET_NEWER',
      message: expect.stringContaining('0002_two'),
      hint: expect.stringContaining('version'),
    });
  });

  test('leaves nothing behind when a migration fails', async () => {
    const knex = connect(kind);
    const broken: MigrationSet = {
      name: 'ledger',
      migrations: [...SMALL.migrations, { name: '0003_bad', up: (trx) => trx.raw('select 1/0') }],
    };
    await expect(migrate(knex, { set: broken, schema: 'bad', ledgerSchema: 'bad_migrate' })).rejects.toThrow(/zero/);
    const { rows } = await knex.raw(`select nspname from pg_namespace where nspname in ('bad', 'bad_migrate')`);
    expect(rows).toEqual([]);
  });

  test('gives values of the same kind on both', async () => {
    const knex = connect(kind);
    const { rows } = await knex.raw(`select 9007199254740991::int8 as big, 9223372036854775807::int8 as bigger,
      count(*) as n, date '2019-01-30' as day, 1.50::numeric as price, '{"a":1}'::jsonb as data,
      timestamptz '2019-01-30 00:00+01' as at, array['x','y'] as list, true as yes from (values (1)) v`);
    expect(rows).toEqual([
      {
        big: 9007199254740991,
        bigger: '9223372036854775807',
        n: 1,
        day: '2019-01-30',
        price: '1.50',
        data: { a: 1 },
        at: new Date('2019-01-29T23:00:00Z'),
        list: ['x', 'y'],
        yes: true,
      },
    ]);
  });

  test('rolls back a transaction that fails', async () => {
    const knex = connect(kind);
    const table = () => knex.withSchema('small').table('one');
    await expect(
      knex.transaction(async (trx) => {
        await trx.withSchema('small').table('one').insert({ n: 1 });
        throw new Error('stop here');
      }),
    ).rejects.toThrow('stop here');
    expect(await table().count({ n: '*' })).toEqual([{ n: 0 }]);
    expect(await table().insert({ n: 2 }).returning('n')).toEqual([{ n: 2 }]);
    expect(await table().where({ n: 2 }).update({ n: 3 })).toBe(1);
    expect(await table().where({ n: 3 }).delete()).toBe(1);
  });
});

test('five installs at once on one server do no harm', async () => {
  const fresh = await createDatabase();
  const all = Array.from({ length: 5 }, () => createKnex({ kind: 'postgres', url: fresh.url }));
  const ran = await Promise.all(all.map((knex) => migrate(knex, OPTIONS)));
  expect(ran.flat()).toEqual(NAMES);
  expect((await migrationStatus(all[0]!, OPTIONS)).state).toBe('current');
  await Promise.all(all.map((knex) => knex.destroy()));
  await fresh.drop();
});

test('an account without rights is told which right it lacks', async () => {
  const fresh = await createDatabase();
  const owner = createKnex({ kind: 'postgres', url: fresh.url });
  await owner.raw(`create role ezd_guest login password 'guest'`);
  const guestUrl = new URL(fresh.url);
  guestUrl.username = 'ezd_guest';
  guestUrl.password = 'guest';
  const guest = createKnex({ kind: 'postgres', url: guestUrl.href });
  await expect(migrate(guest, OPTIONS)).rejects.toMatchObject({
    code: 'TARGET_RIGHTS',
    hint: expect.stringContaining('grant create on database'),
  });
  await guest.destroy();
  await owner.raw('drop role ezd_guest');
  await owner.destroy();
  await fresh.drop();
});

test('a schema name that would need quoting is refused before anything happens', async () => {
  const knex = connect('postgres');
  await expect(migrate(knex, { ...OPTIONS, schema: 'Ezd; drop' })).rejects.toMatchObject({ code: 'CONFIG' });
});

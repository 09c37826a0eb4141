import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { createMemorySource } from '../../src/sources/memory/memory-source.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { createPglitePool } from '../../src/write/postgres/pglite-pool.ts';
import { openShop, type Shop, shopData, tablesOf } from '../pipeline/small-shop.ts';
import { createDatabase } from '../support/postgres.ts';
import { nextNight, rollback, stateOf } from './shop-state.ts';

const SIZE = 400;
const first = () => createMemorySource(tablesOf(shopData(SIZE)));
const second = () => createMemorySource(tablesOf(nextNight(SIZE)));

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

const shops: Readonly<Record<string, () => Promise<Shop>>> = {
  'a server': async () => {
    const { url, drop } = await createDatabase();
    const pool = createPgPool({ url, max: 6, applicationName: 'test' });
    closers.push(async () => {
      await pool.close();
      await drop();
    });
    return openShop(pool);
  },
  'the embedded database': async () => {
    const pool = createPglitePool(await PGlite.create());
    closers.push(() => pool.close());
    return openShop(pool);
  },
};

const sql = async <Row>({ pool }: Shop, text: string): Promise<Row[]> => {
  const session = await pool.session();
  try {
    return await session.query<Row>(text);
  } finally {
    await session.release();
  }
};

describe('a rollback', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await shops['a server']!();
  });

  test('a first load leaves nothing behind, and loading again ends as before', async () => {
    const empty = await stateOf(shop.pool);
    const { run } = await shop.run(first());
    const loaded = await shop.fingerprint();
    const outcome = await rollback(shop, run.id);
    expect(outcome).toMatchObject({ kind: 'done', resumed: false, plan: { conflicts: [] } });
    expect(await stateOf(shop.pool)).toEqual(empty);
    expect(outcome.plan.entities.every(({ whole }) => whole)).toBe(true);
    expect((await shop.ledger.getRun('UM-TEST', run.id))!.status).toBe('rolled-back');
    await shop.run(first());
    const { rejects: _rejects, ...again } = await shop.fingerprint();
    expect(loaded).toMatchObject(again);
  });

  test('a second load with changes, new records and parents that arrive is taken back to the last bit', async () => {
    await shop.run(first());
    const before = await stateOf(shop.pool);
    const { run } = await shop.run(second());
    expect(await stateOf(shop.pool)).not.toEqual(before);
    const outcome = await rollback(shop, run.id);
    expect(outcome.plan.entities.map(({ entity, whole }) => [entity, whole])).toEqual([
      ['unit', false],
      ['folder', false],
      ['case_file', false],
    ]);
    expect(await stateOf(shop.pool)).toEqual(before);
  });

  test.each(Object.entries(shops))(
    'of three runs, newest first, on %s goes through every state between',
    async (_name, open) => {
      shop = await open();
      const states = [await stateOf(shop.pool)];
      const runs: number[] = [];
      for (const source of [first(), second(), first()]) {
        runs.push((await shop.run(source)).run.id);
        states.push(await stateOf(shop.pool));
      }
      for (const run of runs.toReversed()) {
        states.pop();
        expect(await rollback(shop, run)).toMatchObject({ kind: 'done' });
        expect(await stateOf(shop.pool)).toEqual(states.at(-1));
      }
    },
  );

  test('foreign keys that would cost a whole table for each record come off meanwhile and are back afterwards', async () => {
    await shop.run(first());
    const before = await stateOf(shop.pool);
    const { run } = await shop.run(second());
    const keys = (): Promise<{ oid: number }[]> =>
      sql(
        shop,
        `SELECT oid::int8 AS oid FROM pg_constraint WHERE conrelid = 'shop.case_file'::regclass AND contype = 'f' ORDER BY conname`,
      );
    const made = await keys();
    await rollback(shop, run.id, { scanPages: 0 });
    expect(await stateOf(shop.pool)).toEqual(before);
    expect((await keys()).map(({ oid }) => oid)).not.toEqual(made.map(({ oid }) => oid));
  });

  test('a run that a later one changed is refused with that run and the first keys, and nothing is touched', async () => {
    const { run } = await shop.run(first());
    const later = (await shop.run(second())).run.id;
    const before = await stateOf(shop.pool);
    const outcome = await rollback(shop, run.id);
    expect(outcome.kind).toBe('refused');
    expect(outcome.plan.conflicts).toContainEqual(
      expect.objectContaining({
        kind: 'run',
        entity: 'folder',
        run: later,
        count: 54,
        keys: ['2', '4', '12', '22', '26'],
      }),
    );
    expect(await stateOf(shop.pool)).toEqual(before);
  });
});

describe('what speaks against it', () => {
  let shop: Shop;
  beforeEach(async () => {
    shop = await shops['a server']!();
  });

  test('a row changed by hand is found, wherever it was changed, and goes with --force and a reason that the ledger keeps', async () => {
    await shop.run(first());
    const before = await stateOf(shop.pool);
    const { run } = await shop.run(second());
    await sql(shop, `UPDATE shop.folder SET title = 'ręcznie' WHERE title = 'Teczka 1 – Żółw (zm.)'`);
    const outcome = await rollback(shop, run.id);
    expect(outcome.plan.conflicts).toEqual([{ kind: 'hand', entity: 'folder', run: null, count: 1, keys: ['2'] }]);
    const forced = await rollback(shop, run.id, { force: { reason: 'próba' } });
    expect(forced).toMatchObject({
      kind: 'done',
      by: { options: { rollback: { run: run.id, force: true, reason: 'próba' } } },
    });
    expect(await stateOf(shop.pool)).toEqual(before);
  });

  test('a row deleted by hand after it was changed is found; one that came with the run is gone anyway', async () => {
    await shop.run(first());
    const { run } = await shop.run(second());
    await sql(shop, `DELETE FROM shop.case_file WHERE sign IN ('OR.120.22.2023', 'OR.130.1.2024')`);
    const outcome = await rollback(shop, run.id);
    expect(outcome.plan.conflicts).toEqual([{ kind: 'hand', entity: 'case_file', run: null, count: 1, keys: ['23'] }]);
  });

  test('records that refer to what would go are named, also those made by hand, and --force does not go over them', async () => {
    await shop.run(first());
    const { run } = await shop.run(second());
    await sql(
      shop,
      `INSERT INTO shop.case_file (id, sign, id_folder, id_unit) SELECT gen_random_uuid(), 'ręczna', id, (SELECT id FROM shop.unit LIMIT 1) FROM shop.folder WHERE title = 'Wzór 1'`,
    );
    const outcome = await rollback(shop, run.id, { force: { reason: 'x' } });
    expect(outcome.kind).toBe('refused');
    expect(outcome.plan.conflicts).toEqual([
      { kind: 'reference', entity: 'case_file', run: null, count: 1, keys: [expect.any(String)] },
    ]);
  });

  test('forced over a later run, its records go too, and the later run then has nothing of them to take back', async () => {
    const empty = await stateOf(shop.pool);
    const { run } = await shop.run(first());
    const changed = createMemorySource(
      tablesOf({
        ...shopData(SIZE),
        cases: shopData(SIZE).cases.map((row) => [row[0]!, `${String(row[1])} bis`, ...row.slice(2)]),
      }),
    );
    const later = (await shop.run(changed)).run.id;
    expect((await rollback(shop, run.id, { force: { reason: 'od nowa' } })).kind).toBe('done');
    expect(await stateOf(shop.pool)).toEqual(empty);
    const rest = await rollback(shop, later);
    expect(rest).toMatchObject({ kind: 'done', plan: { entities: [], conflicts: [] } });
    expect(await stateOf(shop.pool)).toEqual(empty);
  });
});

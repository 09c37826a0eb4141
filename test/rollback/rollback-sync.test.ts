import { afterAll, expect, test } from 'vitest';
import type { SourceRow } from '../../src/core/record.ts';
import { createMemorySource } from '../../src/sources/memory/memory-source.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { openShop, type ShopData, shopData, tablesOf } from '../pipeline/small-shop.ts';
import { createDatabase } from '../support/postgres.ts';
import { rollback, stateOf } from './shop-state.ts';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

const SIZE = 300;
const without = (rows: readonly SourceRow[], ...keys: number[]): readonly SourceRow[] =>
  rows.filter(([key]) => !keys.includes(Number(key)));
const set = (rows: readonly SourceRow[], key: number, at: number, value: SourceRow[number]): readonly SourceRow[] =>
  rows.map((row) => (row[0] === key ? row.map((old, i) => (i === at ? value : old)) : row));

/** Nights with every kind of change: deletes with their children, parents that go, records that come back, move, are rejected and cured. */
const NIGHTS: readonly ((data: ShopData) => ShopData)[] = [
  ({ folders, ...rest }) => ({ ...rest, folders: without(folders, 34, 35) }),
  ({ units, ...rest }) => ({ ...rest, units: without(units, 12) }),
  ({ folders, ...rest }) => ({ ...rest, folders: [...folders, shopData(SIZE).folders[33]!] }),
  ({ units, cases, ...rest }) => ({
    ...rest,
    units: [...units, [12, 'W12 nowy', 4]],
    cases: [...set(set(cases, 7, 2, 8), 11, 4, 1700), [9001, 'OR.1.1.2024', 3, 2, 2024, '1.50']],
  }),
  ({ folders, ...rest }) => ({ ...rest, folders: set(set(folders, 5, 1, ''), 3, 1, 'Nowa nazwa') }),
  ({ folders, ...rest }) => ({ ...rest, folders: set(folders, 5, 1, 'Wyleczona') }),
];

test('nights of sync, with deletes of every kind, are taken back one by one to every state between; syncing again ends as the night had', async () => {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  const shop = await openShop(pool);
  let data = shopData(SIZE);
  const sourceOf = (of: ShopData) => createMemorySource(tablesOf(of));
  await shop.run(sourceOf(data));
  const states = [await stateOf(pool)];
  const runs: number[] = [];
  for (const night of NIGHTS) {
    data = night(data);
    runs.push((await shop.sync(sourceOf(data), { sync: { allowDeletes: true } })).run.id);
    states.push(await stateOf(pool));
  }
  const last = await shop.fingerprint();
  let returned = 0;
  for (const run of runs.toReversed()) {
    states.pop();
    const outcome = await rollback(shop, run);
    expect(outcome).toMatchObject({ kind: 'done', plan: { conflicts: [] } });
    returned += outcome.plan.entities.reduce((sum, entity) => sum + entity.returned, 0);
    expect(await stateOf(pool), `run ${run}`).toEqual(states.at(-1));
  }
  expect(returned).toBeGreaterThan(20);
  await shop.sync(sourceOf(data), { sync: { allowDeletes: true } });
  const { rejects: _, ...again } = await shop.fingerprint();
  expect(last).toMatchObject(again);
});

import { PGlite } from '@electric-sql/pglite';
import { afterAll, expect, test } from 'vitest';
import { verifyChain } from '../../src/ledger/verify-chain.ts';
import { createMemorySource } from '../../src/sources/memory/memory-source.ts';
import { createPglitePool } from '../../src/write/postgres/pglite-pool.ts';
import { openShop, shopData, tablesOf } from '../pipeline/small-shop.ts';
import { nextNight, rollback } from '../rollback/shop-state.ts';

const pool = createPglitePool(await PGlite.create());
afterAll(() => pool.close());

test('taking a run back is a run of the chain itself and no change of history', async () => {
  const shop = await openShop(pool);
  await shop.run(createMemorySource(tablesOf(shopData(120))));
  const { run } = await shop.run(createMemorySource(tablesOf(nextNight(120))));
  expect((await rollback(shop, run.id)).kind).toBe('done');
  await shop.run(createMemorySource(tablesOf(nextNight(120))));
  const session = await pool.session();
  const state = await verifyChain(session, 'm', { office: 'UM-TEST', runs: null, anchors: [] });
  expect(state).toMatchObject({ records: 4, compared: 4, rolledBack: [run.id], problems: [] });
  await session.query('UPDATE m.undo SET old_hash = old_hash + 1 WHERE run_id = 2');
  const touched = await verifyChain(session, 'm', { office: 'UM-TEST', runs: null, anchors: [] });
  await session.release();
  expect(touched.problems).toContainEqual(expect.objectContaining({ kind: 'rowsChanged', run: 2, set: 'undo' }));
});

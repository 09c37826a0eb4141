import { afterAll, expect, test } from 'vitest';
import { createMemorySource } from '../../src/sources/memory/memory-source.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { openShop } from '../pipeline/small-shop.ts';
import { type OfficeData, officeDesign, officeTables } from '../pipeline/sync/office-design.ts';
import { createDatabase } from '../support/postgres.ts';
import { rollback } from './shop-state.ts';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

test('records that refer to each other in a circle and left together are put back with their references', async () => {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  const shop = await openShop(pool, officeDesign('delete'));
  const office: OfficeData = {
    units: [
      [1, null, 'A', null, 11, 1],
      [2, null, 'B', 1, 12, 2],
    ],
    workers: [
      [11, 'Żaneta', 2, 3],
      [12, 'Łucja', 2, 4],
    ],
  };
  await shop.run(createMemorySource(officeTables(office)));
  const { rejects: _, ...before } = await shop.fingerprint();
  const less = { units: office.units.slice(0, 1), workers: office.workers.slice(0, 1) };
  const { run, entities } = await shop.sync(createMemorySource(officeTables(less)));
  expect(entities).toMatchObject([{ removed: 1 }, { removed: 1 }]);
  expect(await rollback(shop, run.id)).toMatchObject({ kind: 'done', plan: { conflicts: [] } });
  expect(await shop.fingerprint()).toMatchObject(before);
  const session = await pool.session();
  expect(await session.query('SELECT 1 FROM m.pending_ref')).toEqual([]);
  await session.release();
});

import { afterAll, describe, expect, test } from 'vitest';
import { createPgPool } from '../../../src/write/postgres/pg-pool.ts';
import { createDatabase } from '../../support/postgres.ts';
import { openShop, type Shop, type ShopSync } from '../small-shop.ts';
import { comesBack, OFFICE, type OfficeData, officeDesign, officeTables, without } from '../sync/office-design.ts';
import { createVersionedSource } from '../sync/versioned-source.ts';
import { inShort, reconcileShop } from './reconcile-shop.ts';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

/** An office that was loaded by a first sync. */
async function openOffice(gone: string): Promise<Shop> {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  const shop = await openShop(pool, officeDesign(gone));
  await shop.sync(sourceOf(OFFICE));
  return shop;
}

async function sql({ pool }: Shop, statement: string): Promise<void> {
  const session = await pool.session();
  await session.query(statement);
  await session.release();
}

const sourceOf = (data: OfficeData) => createVersionedSource(officeTables(data));

/** What differs, and what is accounted for, by entity. */
async function compared(shop: Shop, data: OfficeData) {
  const result = await reconcileShop(shop, sourceOf(data));
  const left = Object.fromEntries(result.entities.map((each) => [each.entity, each.left]));
  return { equal: result.equal, differences: inShort(result), ...left };
}

test('what is accounted for does not use up the number of differences that are told', async () => {
  const shop = await openOffice('ignore');
  const fewer: OfficeData = { ...OFFICE, workers: without(without(OFFICE.workers, 12), 13) };
  await shop.sync(sourceOf(fewer));
  await sql(shop, `UPDATE shop.unit SET symbol = 'Z' WHERE symbol = 'C'`);
  const result = await reconcileShop(shop, sourceOf(fewer), { limit: 1, together: 1 });
  expect(result.entities.map(({ entity, left, unexamined }) => [entity, left, unexamined.rows])).toEqual(
    expect.arrayContaining([['worker', { SOURCE_GONE: 2 }, 0]]),
  );
  expect(inShort(result)).toEqual(['unit 4 value target symbol']);
});

const WITHOUT_C: OfficeData = { units: without(OFFICE.units, 4), workers: without(OFFICE.workers, 13) };
const WITHOUT_12: OfficeData = { ...OFFICE, workers: without(OFFICE.workers, 12) };

describe('a record that is gone from the source and stays in the target', () => {
  test('because the target does not let it go is accounted for as long as the latest sync says so', async () => {
    const shop = await openOffice('delete');
    await sql(
      shop,
      `CREATE TABLE shop.note AS SELECT u.id AS id_unit, w.id AS id_worker FROM shop.unit u JOIN shop.worker w ON w.id = u.id_boss WHERE u.symbol = 'C';
       ALTER TABLE shop.note ADD FOREIGN KEY (id_unit) REFERENCES shop.unit, ADD FOREIGN KEY (id_worker) REFERENCES shop.worker`,
    );
    const unexplained = ['unit 4 extra source', 'worker 13 extra source'];
    expect((await compared(shop, WITHOUT_C)).differences, 'before a sync').toEqual(unexplained);
    await shop.sync(sourceOf(WITHOUT_C));
    const refused = { equal: true, differences: [], unit: { GONE_REFUSED: 1 }, worker: { GONE_REFUSED: 1 } };
    expect(await compared(shop, WITHOUT_C)).toEqual(refused);
    const back = { units: comesBack(OFFICE.units, 4), workers: comesBack(OFFICE.workers, 13) };
    await shop.sync(sourceOf(back));
    expect(await compared(shop, back)).toEqual({ equal: true, differences: [], unit: {}, worker: {} });
    expect((await compared(shop, WITHOUT_C)).differences, 'gone again after it came back').toEqual(unexplained);
  });

  const live: ShopSync = {
    change: (entity) =>
      entity.name === 'worker'
        ? {
            ...entity,
            from: { ...entity.from, unit: { kind: 'column', column: entity.from.columns.indexOf('IdUnit') } },
          }
        : entity,
  };
  const cases: [string, string, string, ((shop: Shop) => Promise<unknown>) | null, ShopSync][] = [
    ['the mapping ignores it', 'SOURCE_GONE', 'ignore', null, {}],
    ['the mapping marks it', 'SOURCE_GONE', '{ mark: gone }', null, {}],
    [
      'somebody changed it there by hand',
      'TARGET_CONFLICT',
      'delete',
      (shop) => sql(shop, `UPDATE shop.worker SET name = 'Ręką' WHERE name = 'Łucja'`),
      {},
    ],
    [
      'its unit works in the new system',
      'UNIT_LIVE',
      'delete',
      (shop) => shop.sync(sourceOf(OFFICE), { ...live, leavingUnits: ['2'], sync: { settings: 'leaving' } }),
      { ...live, frozenUnits: ['2'], sync: { settings: 'live' } },
    ],
  ];
  test.each(cases)('because %s is accounted for as %s', async (_why, code, gone, before, options) => {
    const shop = await openOffice(gone);
    await before?.(shop);
    expect((await compared(shop, WITHOUT_12)).equal, 'before the sync').toBe(false);
    await shop.sync(sourceOf(WITHOUT_12), options);
    const explained = { equal: true, differences: [], unit: {}, worker: { [code]: 1 } };
    expect(await compared(shop, WITHOUT_12)).toEqual(explained);
  });
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { unitsOfWaves } from '../../src/cli/units-of-waves.ts';
import { createMemorySource } from '../../src/sources/memory/memory-source.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { createPostgresSyncStore } from '../../src/write/postgres/sync/postgres-sync-store.ts';
import type { SyncStore } from '../../src/write/sync-store.ts';
import { openShop, type Shop, type ShopSync, shopData, tablesOf } from '../pipeline/small-shop.ts';
import { createDatabase } from '../support/postgres.ts';

const timezone = 'Europe/Warsaw';
const DAY = 86_400_000;
const NONE = { live: [], leaving: [] };

let shop: Shop;
let store: SyncStore;
const closers: (() => Promise<void>)[] = [];
beforeAll(async () => {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  shop = await openShop(pool);
  store = createPostgresSyncStore({ pool, office: 'UM-TEST', ledgerSchema: 'm' });
});
afterAll(async () => {
  for (const close of closers) await close();
});

const change: ShopSync['change'] = (entity) =>
  entity.name === 'folder'
    ? { ...entity, from: { ...entity.from, unit: { kind: 'column', column: entity.from.columns.indexOf('IdUnit') } } }
    : entity;

/** The day in Poland on which a moment falls. */
const dayOf = (moment: number): string => new Intl.DateTimeFormat('sv-SE', { timeZone: timezone }).format(moment);

describe('units of waves', () => {
  test.each([
    ['in winter', '2026-01-15', '2026-01-14T23:00:00Z'],
    ['in summer', '2026-07-01', '2026-06-30T22:00:00Z'],
    ['on the day that has 23 hours', '2026-03-29', '2026-03-28T23:00:00Z'],
    ['on the day that has 25 hours', '2026-10-25', '2026-10-24T22:00:00Z'],
  ])('leave at the start of their day in Poland, %s', async (_, since, start) => {
    const waves = [{ units: ['OR'], since }];
    const at = Date.parse(start);
    // Nothing was loaded since a day so far ahead, so what is asked here is the day alone.
    const none = { finishedSince: () => Promise.resolve(false) };
    expect(await unitsOfWaves({ waves, timezone }, at - 1, none)).toEqual(NONE);
    expect(await unitsOfWaves({ waves, timezone }, at, none)).toEqual({ live: [], leaving: ['OR'] });
  });

  test('are loaded once more on their day, and left alone from the next sync on', async () => {
    const data = shopData(40);
    const waves = [
      { units: ['3'], since: dayOf(Date.now() - DAY) },
      { units: ['4'], since: dayOf(Date.now() + 2 * DAY) },
    ];
    await shop.run(createMemorySource(tablesOf(data)));
    const nightly = async (title: string): Promise<string> => {
      const { live, leaving } = await unitsOfWaves({ waves, timezone }, Date.now(), store);
      const folders = data.folders.map((row) => (row[0] === 3 ? row.with(1, title) : row));
      await shop.sync(createMemorySource(tablesOf({ ...data, folders })), {
        change,
        ...(live.length === 0 ? {} : { frozenUnits: live }),
        ...(leaving.length === 0 ? {} : { leavingUnits: leaving }),
        sync: { settings: JSON.stringify([live, leaving]) },
      });
      const session = await shop.pool.session();
      const [row] = await session.query<{ title: string }>(
        `SELECT f.title FROM shop.folder f WHERE f.title LIKE 'Wersja%'`,
      );
      await session.release();
      return `live ${live}, leaving ${leaving}: ${row?.title}`;
    };
    expect(await nightly('Wersja ostatnia')).toBe('live , leaving 3: Wersja ostatnia');
    expect(await nightly('Wersja spóźniona')).toBe('live 3, leaving : Wersja ostatnia');
  });
});

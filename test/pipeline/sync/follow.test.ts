import { afterAll, describe, expect, test } from 'vitest';
import { createPgPool } from '../../../src/write/postgres/pg-pool.ts';
import { createDatabase } from '../../support/postgres.ts';
import { openShop, type Shop } from '../small-shop.ts';
import { comesBack, OFFICE, type OfficeData, officeDesign, officeTables, without } from './office-design.ts';
import { createVersionedSource } from './versioned-source.ts';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

async function openOffice(gone = 'delete'): Promise<Shop> {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  return openShop(pool, officeDesign(gone));
}

const sourceOf = (data: OfficeData) => createVersionedSource(officeTables(data));

/** Tables and crosswalk; rejects are those of a run, so they are left out. */
async function state(shop: Shop): Promise<Record<string, string>> {
  const { rejects: _, ...tables } = await shop.fingerprint();
  return tables;
}

async function freshState(data: OfficeData): Promise<Record<string, string>> {
  const fresh = await openOffice();
  await fresh.run(sourceOf(data));
  return state(fresh);
}

async function rowsOf<T extends Record<string, unknown>>({ pool }: Shop, sql: string): Promise<readonly T[]> {
  const session = await pool.session();
  try {
    return await session.query<T>(sql);
  } finally {
    await session.release();
  }
}

describe('a sync that follows row versions', () => {
  test('lets records go together that refer to each other in a circle', async () => {
    const shop = await openOffice();
    await shop.sync(sourceOf(OFFICE));
    // C has a boss who works in C.
    const less = { units: without(OFFICE.units, 4), workers: without(OFFICE.workers, 13) };
    const { run, entities } = await shop.sync(sourceOf(less));
    expect(entities).toMatchObject([
      { mode: 'keys', removed: 1 },
      { mode: 'keys', removed: 1 },
    ]);
    expect(await shop.ledger.countFindings(run.id)).toEqual([]);
    expect(await state(shop)).toEqual(await freshState(less));
    const back = {
      units: comesBack(OFFICE.units, 4),
      workers: comesBack(OFFICE.workers, 13),
    };
    await shop.sync(sourceOf(back));
    expect(await state(shop), 'the two came back').toEqual(await freshState(back));
  });

  test('leaves records that the new system still needs as they are, with their references to each other, until it needs them no more', async () => {
    const shop = await openOffice();
    await shop.sync(sourceOf(OFFICE));
    await rowsOf(
      shop,
      `CREATE TABLE shop.note AS SELECT u.id AS id_unit, w.id AS id_worker FROM shop.unit u JOIN shop.worker w ON w.id = u.id_boss WHERE u.symbol = 'C';
       ALTER TABLE shop.note ADD FOREIGN KEY (id_unit) REFERENCES shop.unit, ADD FOREIGN KEY (id_worker) REFERENCES shop.worker`,
    );
    const before = await state(shop);
    const less = { units: without(OFFICE.units, 4), workers: without(OFFICE.workers, 13) };
    for (const night of [1, 2]) {
      const { run, entities } = await shop.sync(sourceOf(less));
      expect(entities, `night ${night}`).toMatchObject([{ removed: 0 }, { removed: 0 }]);
      expect(await shop.ledger.countFindings(run.id)).toMatchObject([
        { entity: 'unit', code: 'GONE_REFUSED', count: 1 },
        { entity: 'worker', code: 'GONE_REFUSED', count: 1 },
      ]);
      expect(await state(shop)).toEqual(before);
    }
    await rowsOf(shop, 'DROP TABLE shop.note');
    expect(await shop.sync(sourceOf(less))).toMatchObject({ entities: [{ removed: 1 }, { removed: 1 }] });
    expect(await state(shop)).toEqual(await freshState(less));
    expect(await rowsOf(shop, 'SELECT * FROM m.sync_waiting'), 'nothing is asked for again').toEqual([]);
  });

  test('reads a record again when the version of another record of its kind that it names joins another lineage', async () => {
    const shop = await openOffice();
    await shop.sync(sourceOf(OFFICE));
    // Version 3, which C names as its parent, is one of D now. C itself did not change.
    const moved = { ...OFFICE, units: OFFICE.units.map((row) => (row[0] === 3 ? [3, 5, 'D2', 1, 12, 9] : row)) };
    const { entities } = await shop.sync(sourceOf(moved));
    expect(entities).toMatchObject([{ mode: 'keys', changed: 1 }, { mode: 'keys' }]);
    expect(await state(shop)).toEqual(await freshState(moved));
  });

  test('marks a record whose row is gone with the time of the sync, and takes the mark away when the row is back', async () => {
    const shop = await openOffice('{ mark: gone }');
    const first = Date.UTC(2026, 0, 15, 22);
    const DAY = 86_400_000;
    await shop.sync(sourceOf(OFFICE), { now: first });
    const before = await state(shop);
    const marks = () =>
      rowsOf<{ name: string; gone: string }>(
        shop,
        `SELECT name, to_char(gone AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI') AS gone FROM shop.worker WHERE gone IS NOT NULL`,
      );
    const less = { ...OFFICE, workers: without(OFFICE.workers, 12) };
    const { entities } = await shop.sync(sourceOf(less), { now: first + DAY });
    expect(entities[1]).toMatchObject({ entity: 'worker', removed: 0, kept: 1 });
    expect(await marks()).toEqual([{ name: 'Łucja', gone: '2026-01-16 22:00' }]);
    await shop.sync(sourceOf(less), { now: first + 2 * DAY });
    expect(await marks(), 'the first time stays').toEqual([{ name: 'Łucja', gone: '2026-01-16 22:00' }]);
    const back = { ...OFFICE, workers: comesBack(OFFICE.workers, 12) };
    await shop.sync(sourceOf(back), { now: first + 3 * DAY });
    expect(await marks()).toEqual([]);
    expect(await state(shop)).toEqual(before);
  });
});

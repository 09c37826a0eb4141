import { afterAll, expect, test } from 'vitest';
import type { EntityPlan } from '../../../src/core/plan.ts';
import { createPgPool } from '../../../src/write/postgres/pg-pool.ts';
import { createDatabase } from '../../support/postgres.ts';
import { openShop, type Shop, type ShopSync } from '../small-shop.ts';
import { comesBack, OFFICE, type OfficeData, officeDesign, officeTables, without } from './office-design.ts';
import { createVersionedSource } from './versioned-source.ts';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

async function openOffice(): Promise<Shop> {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  return openShop(pool, officeDesign('delete'));
}

async function rowsOf({ pool }: Shop, sql: string): Promise<readonly unknown[]> {
  const session = await pool.session();
  try {
    return await session.query(sql);
  } finally {
    await session.release();
  }
}

const sourceOf = (data: OfficeData) => createVersionedSource(officeTables(data));

async function state(shop: Shop): Promise<Record<string, string>> {
  const { rejects: _, ...tables } = await shop.fingerprint();
  return tables;
}

async function freshState(data: OfficeData): Promise<Record<string, string>> {
  const fresh = await openOffice();
  await fresh.run(sourceOf(data));
  return state(fresh);
}

/** What a sync said of records that it left, as `worker 14 SOURCE_GONE`. */
async function said(shop: Shop, data: OfficeData, options: ShopSync): Promise<string[]> {
  const { run } = await shop.sync(sourceOf(data), options);
  const lines: string[] = [];
  for (const code of ['SOURCE_GONE', 'TARGET_CONFLICT', 'RECORD_STALE'])
    for await (const { entity, key, params } of shop.ledger.findings(run.id, { code }))
      lines.push([entity, key, code, ...(params?.['what'] === undefined ? [] : [params['what']])].join(' '));
  return lines.sort();
}

/** Four who are nobody's boss: each has a story of their own. */
const hired = (...more: OfficeData['workers']): OfficeData['workers'] => [...OFFICE.workers, ...more];
const BEFORE: OfficeData = {
  ...OFFICE,
  workers: hired([14, 'Gustaw', 5, 9], [15, 'Hanna', 5, 10], [16, 'Idzi', 5, 11], [17, 'Jan', 5, 12]),
};
/** A lineage and two workers are gone, one got another name, one has none. */
const CHANGED: OfficeData = {
  units: without(OFFICE.units, 4),
  workers: hired([16, 'Ignacy', 5, 20], [17, null, 5, 21]),
};
/** The lineage is back and the name as well; what is gone was removed by hand. */
const AFTER: OfficeData = {
  units: comesBack(OFFICE.units, 4),
  workers: hired([16, 'Ignacy', 5, 20], [17, 'January', 5, 22]),
};
const FINDINGS = [
  'unit 4 SOURCE_GONE',
  'worker 14 SOURCE_GONE',
  'worker 15 TARGET_CONFLICT gone',
  'worker 16 TARGET_CONFLICT kept',
  'worker 17 RECORD_STALE',
];

const ways: readonly [string, EntityPlan['from']['changes'] | null][] = [
  ['they are compared', { kind: 'compare' }],
  ['their changes are followed', null],
];

test.each(ways)(
  'records that stay as no fresh load would have them are told every night when %s, until that is over',
  async (_way, changes) => {
    const night = (number: number): ShopSync => ({
      now: Date.UTC(2026, 0, 15 + number, 22),
      // Keys are compared in the first night only, so that what is gone is named once
      sync: { deletesEvery: number === 1 ? 0 : 30 },
      change: (entity) => ({
        ...entity,
        from: { ...entity.from, gone: { kind: 'ignore' }, ...(changes === null ? {} : { changes }) },
      }),
    });
    const shop = await openOffice();
    await shop.sync(sourceOf(BEFORE), night(0));
    await rowsOf(shop, `UPDATE shop.worker SET name = name || ' ręką' WHERE name IN ('Hanna', 'Idzi')`);
    for (const number of [1, 2, 3])
      expect(await said(shop, CHANGED, night(number)), `night ${number}`).toEqual(FINDINGS);
    await rowsOf(
      shop,
      `DELETE FROM shop.worker WHERE name IN ('Gustaw', 'Hanna ręką'); UPDATE shop.worker SET name = 'Idzi' WHERE name = 'Idzi ręką'`,
    );
    expect(await said(shop, AFTER, night(4))).toEqual([]);
    expect(await state(shop)).toEqual(await freshState(AFTER));
    expect(await rowsOf(shop, 'SELECT * FROM m.sync_waiting'), 'nothing is asked for again').toEqual([]);
  },
);

test.each(ways)('rejects stand when %s until the record is read again and let in', async (_way, changes) => {
  const night = (number: number): ShopSync => ({
    now: Date.UTC(2026, 0, 15 + number, 22),
    change: (entity) => (changes === null ? entity : { ...entity, from: { ...entity.from, changes } }),
  });
  const shop = await openOffice();
  const standing = async (data: OfficeData, number: number): Promise<unknown> => {
    const { run } = await shop.sync(sourceOf(data), night(number));
    const rejects: string[] = [];
    for await (const { entity, key, source } of shop.ledger.rejects(run.id, { standing: true }))
      rejects.push(`${entity} ${key} ${source['IdUnit']}`);
    expect(await shop.ledger.countStandingRejects(run.id)).toBe(rejects.length);
    return rejects.sort();
  };
  const workers = (...two: OfficeData['workers']): OfficeData => ({ ...OFFICE, workers: hired(...two) });
  expect(await standing(workers([17, 'Jan', 5, 12], [18, null, 5, 13]), 0), 'never loaded').toEqual(['worker 18 5']);
  const both = ['worker 17 5', 'worker 18 5'];
  expect(await standing(workers([17, null, 5, 21], [18, null, 5, 13]), 1), 'loaded before').toEqual(both);
  expect(await standing(workers([17, null, 5, 21], [18, null, 5, 13]), 2), 'nothing changed').toEqual(both);
  const again = ['worker 17 5', 'worker 18 1'];
  expect(await standing(workers([17, null, 5, 21], [18, null, 1, 23]), 3), 'once each').toEqual(again);
  expect(await standing(workers([17, 'Jan', 5, 24], [18, 'Kamil', 5, 25]), 4), 'as loaded, and loaded').toEqual([]);
});

import { afterAll, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import type { SourceRow } from '../../../src/core/record.ts';
import { createIdSpace } from '../../../src/core/target-id.ts';
import type { Reconciliation } from '../../../src/pipeline/reconcile/reconcile.ts';
import { createMemorySource } from '../../../src/sources/memory/memory-source.ts';
import type { Source } from '../../../src/sources/source.ts';
import { createPgPool } from '../../../src/write/postgres/pg-pool.ts';
import { createDatabase } from '../../support/postgres.ts';
import { openShop, type Shop, type ShopData, type ShopSync, shopData, tablesOf } from '../small-shop.ts';
import { inShort, reconcileShop } from './reconcile-shop.ts';

const SIZE = 1500;
const data = shopData(SIZE);
const source = (of: ShopData = data): Source => createMemorySource(tablesOf(of));
const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

async function newShop(): Promise<Shop> {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  return openShop(pool);
}

async function sql(shop: Shop, statement: string): Promise<void> {
  const session = await shop.pool.session();
  await session.query(statement);
  await session.release();
}

const id = (entity: string, key: number): string => createIdSpace('UM-TEST', entity).text(key);
const ALL = ['unit', 'folder', 'case_file'];
const titledAs = (row: SourceRow, title: string): SourceRow => row.map((old, i) => (i === 1 ? title : old));
const notLoaded = ({ entities }: Reconciliation): number =>
  entities.reduce((sum, { counts }) => sum + counts.notLoaded, 0);

test('after a run with a limit what was loaded is compared, the rest counts as not loaded', async () => {
  const shop = await newShop();
  await shop.run(source(), { jobs: 1, limit: 200 });
  const result = await reconcileShop(shop, source(), { jobs: 1, partial: ALL });
  expect(inShort(result)).toEqual([]);
  expect(notLoaded(result)).toBeGreaterThan(2 * SIZE - 700);
  expect(result.equal).toBe(false);
});

test('between an interruption and its resume nothing is told as lost, and after the resume all is equal', async () => {
  const shop = await newShop();
  const stop = new AbortController();
  let batches = 0;
  const emit = (event: RunEvent): void => {
    if (event.kind === 'batch-committed' && ++batches === 6) stop.abort();
  };
  await expect(shop.run(source(), { jobs: 1, batchRows: 200, signal: stop.signal, emit })).rejects.toThrow();
  const between = await reconcileShop(shop, source(), { jobs: 1, partial: ALL, unsettled: true });
  expect(inShort(between)).toEqual([]);
  expect(notLoaded(between)).toBeGreaterThan(500);
  await shop.run(source(), { jobs: 1 });
  expect((await reconcileShop(shop, source(), { jobs: 1 })).equal).toBe(true);
});

test('records put right in the source are told until the next run, which makes all equal again', async () => {
  const shop = await newShop();
  await shop.run(source(), { jobs: 1 });
  const put = (table: keyof ShopData, key: number, column: number, value: SourceRow[number]): void => {
    better[table] = better[table].map((row) =>
      row[0] === key ? row.map((old, i) => (i === column ? value : old)) : row,
    );
  };
  const better: { -readonly [Table in keyof ShopData]: ShopData[Table] } = { ...data };
  put('folders', 51, 1, 'Tytuł wreszcie jest');
  put('folders', 8, 2, '2023-05-05 08:00:00.000');
  put('folders', 10, 5, null);
  put('cases', 21, 2, 22);
  const told = await reconcileShop(shop, source(better), { jobs: 1 });
  expect(inShort(told)).toEqual([
    'folder 8 value source created',
    'folder 10 missing unknown',
    'folder 51 missing source',
    'case_file 21 missing source',
  ]);
  await shop.run(source(better), { jobs: 1 });
  const after = await reconcileShop(shop, source(better), { jobs: 1 });
  expect(inShort(after)).toEqual([]);
  expect(after.equal).toBe(true);
});

test('a reference that lost its value differs once its parent is there, and is excused while the parent is not', async () => {
  const shop = await newShop();
  await shop.run(source(), { jobs: 1 });
  await sql(
    shop,
    `UPDATE shop.folder SET id_copied_from = NULL WHERE id = (SELECT id FROM shop.folder WHERE id_copied_from IS NOT NULL ORDER BY id LIMIT 1)`,
  );
  const result = await reconcileShop(shop, source(), { jobs: 1 });
  expect(inShort(result)).toEqual([expect.stringMatching(/^folder \d+ value target id_copied_from$/)]);
});

test('a limit of differences leaves ranges unexamined and says so', async () => {
  const shop = await newShop();
  await shop.run(source(), { jobs: 1 });
  await sql(shop, `UPDATE shop.case_file SET year = year + 1`);
  const result = await reconcileShop(shop, source(), { jobs: 1, limit: 5 });
  const cases = result.entities.find(({ entity }) => entity === 'case_file')!;
  expect(cases.differences.length).toBeGreaterThanOrEqual(5);
  expect(cases.differences.length + cases.unexamined.rows).toBe(cases.rows);
  expect(result.equal).toBe(false);
});

test('a range with very many rows is divided before rows are fetched', async () => {
  const many = 60_000;
  const folders = Array.from({ length: many }, (_, i): SourceRow => [i + 1, `T${i}`, null, null, 1, null]);
  // One key far away makes the ranges so wide that all others fall into one
  const skewed: ShopData = {
    units: data.units,
    folders: [...folders, [2 ** 40, 'daleko', null, null, 2, null]],
    cases: [],
  };
  const shop = await newShop();
  await shop.run(source(skewed), { jobs: 1, batchRows: 20_000 });
  await sql(shop, `UPDATE shop.folder SET title = 'X' WHERE id IN ('${id('folder', 777)}', '${id('folder', 59_999)}')`);
  await sql(shop, `DELETE FROM shop.folder WHERE id = '${id('folder', 30_000)}'`);
  const result = await reconcileShop(shop, source(skewed), { jobs: 1 });
  expect(inShort(result)).toEqual([
    'folder 777 value target title',
    'folder 30000 missing target',
    'folder 59999 value target title',
  ]);
});

test('what a sync followed is equal, and what it left with a finding is accounted for', async () => {
  const shop = await newShop();
  const small = shopData(600);
  await shop.run(source(small), { jobs: 1 });
  const titled = small.folders.map((row) => (row[0] === 60 ? titledAs(row, 'Nowy tytuł') : row));
  const next: ShopData = {
    units: small.units,
    folders: titled.map((row) => (row[0] === 62 ? titledAs(row, '') : row)),
    cases: small.cases.filter((row) => row[0] !== 70 && row[0] !== 62),
  };
  const before = inShort(await reconcileShop(shop, source(next), { jobs: 1 }));
  expect(before).toEqual([
    'folder 60 value source title',
    'folder 62 extra rejected',
    'case_file 62 extra source',
    'case_file 70 extra source',
  ]);
  const change: ShopSync['change'] = (entity) => ({ ...entity, from: { ...entity.from, gone: { kind: 'ignore' } } });
  await shop.sync(source(next), { change });
  const after = await reconcileShop(shop, source(next), { jobs: 1 });
  expect(inShort(after)).toEqual([]);
  expect(after.entities.map(({ left }) => left)).toEqual([{}, { RECORD_STALE: 1 }, { SOURCE_GONE: 2 }]);
  expect(after.equal).toBe(true);
  await sql(shop, `UPDATE shop.folder SET title = 'Ręką' WHERE id = '${id('folder', 60)}'`);
  expect(inShort(await reconcileShop(shop, source(next), { jobs: 1 }))).toEqual(['folder 60 value target title']);
});

test('told to stop, it stops at once, keeps nothing, and leaves every connection usable', async () => {
  const shop = await newShop();
  await shop.run(source(), { jobs: 1 });
  const stop = new AbortController();
  const slow: Source = {
    ...source(),
    async *read(request, position) {
      for await (const slice of source().read({ ...request, sliceRows: 100 }, position)) {
        if (request.table === 'dbo.Folders') stop.abort();
        yield slice;
      }
    },
  };
  await expect(reconcileShop(shop, slow, { signal: stop.signal })).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect((await reconcileShop(shop, source(), { jobs: 1 })).equal).toBe(true);
});

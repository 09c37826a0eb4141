import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { SourceRow } from '../../../src/core/record.ts';
import { createIdSpace } from '../../../src/core/target-id.ts';
import { allDifferences } from '../../../src/pipeline/reconcile/reconcile.ts';
import { createMemorySource } from '../../../src/sources/memory/memory-source.ts';
import type { Source } from '../../../src/sources/source.ts';
import { createPgPool } from '../../../src/write/postgres/pg-pool.ts';
import { createPglitePool } from '../../../src/write/postgres/pglite-pool.ts';
import type { SqlPool } from '../../../src/write/session.ts';
import { createDatabase } from '../../support/postgres.ts';
import { openShop, type Shop, type ShopData, shopData, tablesOf } from '../small-shop.ts';
import { inShort, reconcileShop } from './reconcile-shop.ts';

const SIZE = 3000;
const data = shopData(SIZE);
const source = (of: ShopData = data): Source => createMemorySource(tablesOf(of));
const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

async function serverPool(): Promise<SqlPool> {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  return pool;
}

async function embeddedPool(): Promise<SqlPool> {
  const pool = createPglitePool(await PGlite.create());
  closers.push(() => pool.close());
  return pool;
}

const id = (entity: string, key: number): string => createIdSpace('UM-TEST', entity).text(key);

async function sql(pool: SqlPool, ...statements: readonly string[]): Promise<void> {
  const session = await pool.session();
  try {
    for (const statement of statements) await session.query(statement);
  } finally {
    await session.release();
  }
}

/** Source with one row of a table replaced. */
const withRow = (table: keyof ShopData, key: number, change: (row: SourceRow) => SourceRow | null): ShopData => ({
  ...data,
  [table]: data[table].map((row) => (row[0] === key ? change(row) : row)).filter((row) => row !== null),
});

const put =
  (column: number, value: SourceRow[number]) =>
  (row: SourceRow): SourceRow =>
    row.map((old, i) => (i === column ? value : old));

describe.each([
  ['a server', serverPool],
  ['the embedded database', embeddedPool],
])('reconcile on %s', (_name, open) => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop(await open());
    await shop.run(source(), { jobs: 1 });
  });

  test('a dirty shop with its rejects, duplicates and waiting references is equal', async () => {
    const result = await reconcileShop(shop, source(), { jobs: 1 });
    expect(inShort(result)).toEqual([]);
    expect(result.equal).toBe(true);
    for (const { entity, counts, rows, sets } of result.entities) {
      const skipped = Object.values(counts.skipped).reduce((sum, number) => sum + number, 0);
      expect(counts.expected + counts.rejected + skipped, entity).toBe(counts.read);
      expect(rows, entity).toBe(counts.expected);
      expect(sets.every(({ equal }) => equal)).toBe(true);
    }
  });

  test('every kind of difference is found on its record, and nothing else', async () => {
    await sql(
      shop.pool,
      'BEGIN',
      `UPDATE shop.folder SET title = 'Ręcznie zmieniony tytuł' WHERE id = '${id('folder', 17)}'`,
      `UPDATE shop.folder SET created = NULL WHERE id = '${id('folder', 1800)}'`,
      `UPDATE shop.case_file SET id_folder = '${id('folder', 40)}' WHERE id = '${id('case_file', 41)}'`,
      `UPDATE shop.case_file SET amount = amount + 0.01 WHERE id = '${id('case_file', 555)}'`,
      `DELETE FROM shop.case_file WHERE id = '${id('case_file', 1234)}'`,
      `INSERT INTO shop.case_file SELECT '${id('case_file', 900_000)}', 'OR.1', id_folder, id_unit, 2020, 1 FROM shop.case_file WHERE id = '${id('case_file', 5)}'`,
      `INSERT INTO shop.unit VALUES ('00000000-0000-4000-8000-000000000001', 'OBCA', NULL)`,
      'COMMIT',
    );
    const result = await reconcileShop(shop, source(), { jobs: 1 });
    expect(inShort(result)).toEqual([
      'folder 17 value target title',
      'folder 1800 value target created',
      'case_file 41 moved target id_folder',
      'case_file 555 value target amount',
      'case_file 1234 missing target',
      'case_file 900000 extra unknown',
    ]);
    expect(result.foreign).toEqual([{ table: 'shop.unit', id: '00000000-0000-4000-8000-000000000001' }]);
    expect(result.equal).toBe(false);
    const [title] = allDifferences(result)[0]!.fields;
    expect(JSON.stringify(title)).not.toContain('zmieniony');
    const moved = allDifferences(result).find(({ kind }) => kind === 'moved')!;
    expect(moved.fields).toEqual([{ field: 'id_folder', source: 'folder 41', target: 'folder 40' }]);
  });
});

describe('what changed in the source', () => {
  let shop: Shop;

  beforeAll(async () => {
    shop = await openShop(await serverPool());
    await shop.run(source(), { jobs: 1 });
  });

  test.each<[string, ShopData, string]>([
    ['a changed value', withRow('folders', 20, put(1, 'Nowy tytuł')), 'folder 20 value source title'],
    ['another parent', withRow('cases', 37, put(2, 31)), 'case_file 37 moved source id_folder'],
    ['a deleted record', withRow('cases', 33, () => null), 'case_file 33 extra source'],
    ['a record that is kept out now', withRow('folders', 24, put(1, '')), 'folder 24 extra rejected'],
    ['a record that left the scope', withRow('folders', 25, put(5, 1)), 'folder 25 extra source'],
  ])('%s is told as that', async (_name, changed, difference) => {
    const result = await reconcileShop(shop, source(changed), { jobs: 1 });
    expect(inShort(result)).toEqual([difference]);
    expect(allDifferences(result)[0]!.run).toBe(1);
  });
});

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { EntityCounts, RunEvent } from '../../src/core/events.ts';
import { createCsvSource } from '../../src/sources/csv/csv-source.ts';
import { createMemorySource, type MemoryTable } from '../../src/sources/memory/memory-source.ts';
import type { Source } from '../../src/sources/source.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { createPglitePool } from '../../src/write/postgres/pglite-pool.ts';
import { createDatabase } from '../support/postgres.ts';
import { openShop, type Shop, type ShopRun, shopData, tablesOf } from './small-shop.ts';

const SIZE = 1500;
const source = () => createMemorySource(tablesOf(shopData(SIZE)));
const accounted = (counts: EntityCounts): number => counts.loaded + counts.unchanged + counts.rejected + counts.skipped;
const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

async function realShop(): Promise<Shop> {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  return openShop(pool);
}

async function embeddedShop(): Promise<Shop> {
  const pool = createPglitePool(await PGlite.create());
  closers.push(() => pool.close());
  return openShop(pool);
}

/** The tables as a folder of CSV files. */
function writeDump(tables: readonly MemoryTable[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-shop-dump-'));
  for (const { name, columns, rows } of tables) {
    const lines = [columns, ...rows].map((row) =>
      row.map((value) => (value === null ? '' : `"${String(value)}"`)).join(','),
    );
    writeFileSync(join(folder, `${name}.csv`), `${lines.join('\n')}\n`);
  }
  return folder;
}

describe('a run over the small shop', () => {
  let reference: Readonly<Record<string, string>>;
  let shop: Shop;
  let dump: string;

  beforeAll(async () => {
    dump = writeDump(tablesOf(shopData(SIZE)));
    closers.push(async () => rmSync(dump, { recursive: true }));
    shop = await realShop();
    await shop.run(source());
    reference = await shop.fingerprint();
  });

  test('accounts for every row that was read', async () => {
    const [run] = await shop.ledger.listRuns('UM-TEST', 1);
    for (const { entity, counts } of run!.entities) {
      expect(counts.read, entity).toBe(entity === 'unit' ? 12 : SIZE);
      expect(accounted(counts), entity).toBe(counts.read);
    }
    const cases = run!.entities.find(({ entity }) => entity === 'case_file')!;
    expect(cases.counts.rejected).toBeGreaterThan(50);
    expect(run!.entities.find(({ entity }) => entity === 'folder')!.skipReasons).toEqual({
      deleted: Math.ceil((SIZE - 9) / 53),
    });
  });

  test('rejects name their reasons and keep the source row whole', async () => {
    const [run] = await shop.ledger.listRuns('UM-TEST', 1);
    const codes = (await shop.ledger.countFindings(run!.id)).map(({ code }) => code);
    expect(new Set(codes)).toEqual(
      new Set([
        'FIELD_REQUIRED',
        'TYPE_INVALID',
        'KEY_DUPLICATE',
        'PARENT_MISSING',
        'PARENT_REJECTED',
        'DB_REFUSED',
        'REF_MISSING',
      ]),
    );
    const stored = [];
    for await (const reject of shop.ledger.rejects(run!.id, { entity: 'case_file', code: 'DB_REFUSED' }))
      stored.push(reject);
    expect(stored[0]!.source).toMatchObject({ Sign: expect.any(String), Year: 1812 });
  });

  test('twice is once: nothing loaded, the same rejects, the same tables', async () => {
    const { totals, run } = await shop.run(source());
    expect(totals.loaded).toBe(0);
    expect(totals.unchanged).toBeGreaterThan(2 * SIZE - 200);
    expect(run.status).toBe('finished');
    expect(await shop.fingerprint()).toEqual(reference);
  });

  test.each<[string, ShopRun, () => Promise<Shop>]>([
    ['batches of 7 rows', { batchRows: 7 }, realShop],
    ['one batch', { batchRows: 1_000_000 }, realShop],
    ['one job', { jobs: 1 }, realShop],
    ['worker threads', { threads: 2 }, realShop],
    ['the embedded database', { batchRows: 100 }, embeddedShop],
  ])('batch size, job count and database do not matter: %s', async (_name, options, open) => {
    const other = await open();
    await other.run(source(), options);
    expect(await other.fingerprint()).toEqual(reference);
  });

  test.each<[string, () => Source]>([
    ['rows in memory', source],
    ['a dump', () => createCsvSource({ folder: dump })],
  ])('an interrupted run keeps its checkpoint and goes on to the same end: %s', async (_name, read) => {
    const undisturbed = await realShop();
    await undisturbed.run(read());
    const other = await realShop();
    let interruptions = 0;
    for (;;) {
      const stop = new AbortController();
      let batches = 0;
      const emit = (event: RunEvent): void => {
        if (event.kind === 'batch-committed' && ++batches === 3) stop.abort();
      };
      try {
        const { resumed, run } = await other.run(read(), {
          batchRows: 200 + 10 * interruptions,
          jobs: 1,
          signal: stop.signal,
          emit,
        });
        expect(resumed).toBe(true);
        expect(run.entities.map(({ counts }) => counts.read)).toEqual([12, SIZE, SIZE]);
        break;
      } catch (error) {
        expect(error).toMatchObject({ code: 'INTERRUPTED' });
        interruptions += 1;
      }
    }
    expect(interruptions).toBeGreaterThan(3);
    expect(await other.fingerprint()).toEqual(await undisturbed.fingerprint());
  });

  test('two runs at once: the second is told who holds the lock', async () => {
    let begun: () => void = () => undefined;
    const started = new Promise<void>((resolve) => {
      begun = resolve;
    });
    const first = shop.run(source(), { emit: ({ kind }) => (kind === 'run-started' ? begun() : undefined) });
    await started;
    await expect(shop.run(source())).rejects.toMatchObject({
      code: 'LOCKED',
      message: expect.stringContaining('UM-TEST'),
    });
    await first;
  });

  test('a limit reads that many rows of each entity and no more', async () => {
    const { run } = await shop.run(source(), { limit: 40, jobs: 1 });
    expect(run.entities.map(({ counts }) => counts.read)).toEqual([12, 40, 40]);
  });
});

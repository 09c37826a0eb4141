import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareRuns } from '../../src/report/compare-runs.ts';
import { streamRows } from '../../src/report/findings/stream-rows.ts';
import type { SqlPool } from '../../src/write/session.ts';
import { openReportOffice, type ReportOffice } from './report-office.ts';

let office: ReportOffice;
beforeAll(async () => {
  office = await openReportOffice();
}, 240_000);
afterAll(() => office.close());

/** Adds findings `first` … `last` of one code to a run. */
const fill = (run: number, first: number, last: number): Promise<unknown> =>
  office.sql(`INSERT INTO ezd_migrate.finding (run_id, entity_id, legacy_key, code, severity, effect)
    SELECT ${run}, (SELECT id FROM ezd_migrate.entity WHERE name = 'sprawa'), i::text, 'NIP_CHECKSUM', 'error', 'load' FROM generate_series(${first}, ${last}) i`);

/** The pool, with a note of how many rows each statement answered. */
function watched(pool: SqlPool): { pool: SqlPool; answers: number[] } {
  const answers: number[] = [];
  return {
    answers,
    pool: {
      ...pool,
      async session() {
        const session = await pool.session();
        return {
          ...session,
          async query<Row>(sql: string, parameters?: Parameters<typeof session.query>[1]): Promise<Row[]> {
            const rows = await session.query<Row>(sql, parameters);
            answers.push(rows.length);
            return rows;
          },
        };
      },
    },
  };
}

test('findings are read one page at a time, and a reader that stops early leaves nothing open', async () => {
  const run = await office.addRun([]);
  await fill(run, 1, 7000);
  const { pool, answers } = watched(office.store.pool);
  let read = 0;
  for await (const { key } of streamRows({ ...office.store, pool }, run)) {
    read += 1;
    expect(key).toBe(String(read));
    if (read === 1) expect(answers.filter((rows) => rows > 1)).toEqual([2000]);
  }
  expect(read).toBe(7000);
  expect(Math.max(...answers)).toBe(2000);
  for await (const _ of streamRows(office.store, run)) break;
  expect((await office.sql('SELECT name FROM pg_cursors')).length).toBe(0);
});

test('two runs are compared by code and record: new, gone, the same, as often as each stands', async () => {
  const before = await office.addRun([
    { key: 11, code: 'CASE_NUMBER_GAP' },
    { key: 11, code: 'CASE_NUMBER_GAP' },
  ]);
  const now = await office.addRun([
    { key: 11, code: 'CASE_NUMBER_GAP' },
    { key: 5000, field: 'nip' },
    { key: null, code: 'KEY_MISSING' },
  ]);
  await office.report(now);
  await fill(before, 1, 3000);
  await fill(now, 2, 3001);
  const { pool, answers } = watched(office.store.pool);
  const { changes, rows } = await compareRuns({ ...office.store, pool }, before, now);
  expect(changes).toEqual({
    fresh: 3,
    gone: 2,
    same: 3000,
    byCode: {
      CASE_NUMBER_GAP: { fresh: 0, gone: 1, same: 1 },
      KEY_MISSING: { fresh: 1, gone: 0, same: 0 },
      NIP_CHECKSUM: { fresh: 2, gone: 1, same: 2999 },
    },
  });
  const told: string[] = [];
  for await (const { change, unit, code, key, field } of rows()) told.push([change, unit, code, key, field].join(' '));
  expect(told).toEqual([
    'fresh  KEY_MISSING  ',
    'fresh  NIP_CHECKSUM 3001 ',
    'fresh  NIP_CHECKSUM 5000 nip',
    'gone WO CASE_NUMBER_GAP 11 ',
    'gone  NIP_CHECKSUM 1 ',
  ]);
  expect(Math.max(...answers)).toBeLessThanOrEqual(2000);
});

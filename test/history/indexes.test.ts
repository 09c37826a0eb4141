import { afterAll, expect, test } from 'vitest';
import { subjectOfKey } from '../../src/history/find-subject.ts';
import { readHistory } from '../../src/history/read-history.ts';
import { allPlaces } from '../../src/rollback/read-places.ts';
import { createMemorySource } from '../../src/sources/memory/memory-source.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import type { SqlParameter, SqlSession } from '../../src/write/session.ts';
import { openShop, shopData, tablesOf } from '../pipeline/small-shop.ts';
import { createDatabase } from '../support/postgres.ts';

const closers: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of closers) await close();
});

/** Tables that grow with the office; the others (runs, entities, corrections) stay small. */
const GROWING =
  /Seq Scan on (crosswalk\w*|undo|finding|reject|pending_ref|content|correction_use|unit|folder|case_file)\b/;

test('every query of a history has an index, for records that are there, that are missing and that nobody knows', async () => {
  const { url, drop } = await createDatabase();
  const pool = createPgPool({ url, max: 6, applicationName: 'test' });
  closers.push(async () => {
    await pool.close();
    await drop();
  });
  const shop = await openShop(pool);
  await shop.run(createMemorySource(tablesOf(shopData(200))));
  const session = await pool.session();
  await session.query('SET enable_seqscan = off');
  const asked: { readonly sql: string; readonly parameters: readonly SqlParameter[] }[] = [];
  const watched: SqlSession = {
    ...session,
    query: async (sql, parameters = []) => {
      asked.push({ sql, parameters });
      return session.query(sql, parameters);
    },
  };
  const places = await allPlaces(session, '"m"', 'UM-TEST', []);
  const told = [];
  for (const key of ['1', '51', '21', '777777'])
    told.push(
      await readHistory(watched, { s: '"m"', office: 'UM-TEST', places }, subjectOfKey('UM-TEST', 'case_file', key)),
    );
  expect(told.map(({ absence }) => absence?.kind ?? 'there')).toEqual(['there', 'rejected', 'rejected', 'unknown']);
  expect(asked.length).toBeGreaterThan(25);
  for (const { sql, parameters } of asked) {
    const plan = await session.query<Record<string, string>>(`EXPLAIN ${sql}`, parameters);
    const text = plan.map((line) => Object.values(line)[0]).join('\n');
    expect(text, `${sql}\n${text}`).not.toMatch(GROWING);
  }
  await session.query('RESET enable_seqscan');
  await session.release();
});

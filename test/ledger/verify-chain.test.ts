import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ChainState, verifyChain } from '../../src/ledger/verify-chain.ts';
import { createMemorySource } from '../../src/sources/memory/memory-source.ts';
import { createPglitePool } from '../../src/write/postgres/pglite-pool.ts';
import type { SqlPool, SqlSession } from '../../src/write/session.ts';
import { openShop, type Shop, shopData, tablesOf } from '../pipeline/small-shop.ts';

let pool: SqlPool;
let shop: Shop;
beforeAll(async () => {
  pool = createPglitePool(await PGlite.create());
  shop = await openShop(pool);
  const data = shopData(300);
  await shop.run(createMemorySource(tablesOf(data)));
  const changed = data.folders.map((row, i) => (i < 3 ? row.with(1, `Nowy tytuł ${i}`) : row));
  await shop.run(createMemorySource(tablesOf({ ...data, folders: changed })));
  await stoppedRun();
  await shop.run(createMemorySource(tablesOf(data)));
});
afterAll(() => pool.close());

/** A run that stopped and was never gone on with, and one that was killed. */
async function stoppedRun(): Promise<void> {
  const request = { office: 'UM-TEST', command: 'run', options: { entities: null, units: ['W1'], limit: null } };
  const by = { planHash: 'x', toolVersion: 'test', host: 'here', user: 'me', entities: [] };
  const { id } = await shop.ledger.createRun({ ...request, ...by });
  await inSession((session) => session.query(correctionsOf(id)));
  await shop.ledger.finishRun(id, 'failed', 'TARGET_UNREACHABLE');
  await shop.ledger.createRun({ ...request, ...by });
}

/** One correction of an office, and what it did in a run. */
const correctionsOf = (run: number): string => `
  INSERT INTO m.correction (set_hash, number, kind, entity, legacy_key, field, new_value, reason, author, made_on, file, line)
    VALUES ('c1', 1, 'record', 'folder', '7', 'title', 'Teczka', 'literówka', 'J. K.', '2026-11-20', 'a.csv', 2);
  UPDATE m.run SET corrections_hash = 'c1' WHERE id = ${run};
  INSERT INTO m.correction_use SELECT ${run}, id, 1, '7', 'title', 'Tezcka', 'Teczka', 'applied' FROM m.entity WHERE name = 'folder';`;

async function inSession<T>(work: (session: SqlSession) => Promise<T>): Promise<T> {
  const session = await pool.session();
  try {
    return await work(session);
  } finally {
    await session.release();
  }
}

const ALL = { office: 'UM-TEST', runs: null, anchors: [] };

/** The chain as it would be seen after a statement; the statement is taken back. */
const after = (statement: string, options: Parameters<typeof verifyChain>[2] = ALL): Promise<ChainState> =>
  inSession(async (session) => {
    await session.query('BEGIN');
    try {
      if (statement !== '') await session.query(statement);
      return await verifyChain(session, 'm', options);
    } finally {
      await session.query('ROLLBACK');
    }
  });

test('every run has its record, also those that failed or were killed, and nothing was touched', async () => {
  const state = await after('');
  expect(state.problems).toEqual([]);
  expect(state.records).toBe(5);
  expect(state.compared).toBe(5);
  expect(state.head).toMatchObject({ number: 5 });
  const records = await inSession((session) =>
    session.query<{ record: string }>('SELECT record FROM m.run_record ORDER BY number'),
  );
  const told = records.map(({ record }) => JSON.parse(record) as Record<string, unknown>);
  expect(told.map(({ status }) => status)).toEqual(['finished', 'finished', 'failed', 'running', 'finished']);
  expect(told[0]!['findings']).toEqual(expect.arrayContaining([expect.objectContaining({ entity: 'case_file' })]));
  expect(told[1]!['undo']).toEqual([expect.objectContaining({ entity: 'folder', rows: 3 })]);
});

const ONE_FINDING = "(SELECT min(ctid) FROM m.finding WHERE run_id = 1 AND code = 'KEY_DUPLICATE')";
test.each([
  [
    'a changed user',
    "UPDATE m.run SET os_user = 'ktoś inny' WHERE id = 1",
    { kind: 'runChanged', run: 1, members: ['user'] },
  ],
  [
    'a changed start',
    "UPDATE m.run SET started_at = started_at - interval '1 microsecond' WHERE id = 2",
    { kind: 'runChanged', run: 2, members: ['startedAt'] },
  ],
  [
    'a failure told away',
    "UPDATE m.run SET status = 'finished', failure = NULL WHERE id = 3",
    { kind: 'runChanged', run: 3, members: ['failure', 'status'] },
  ],
  [
    'a changed count',
    'UPDATE m.run_entity SET loaded = loaded + 1, read_rows = read_rows + 1 WHERE run_id = 1 AND position = 2',
    { kind: 'countsChanged', run: 1, entity: 'case_file' },
  ],
  [
    'a changed reason of skipping',
    "UPDATE m.run_skip SET reason = 'inny' WHERE run_id = 2",
    { kind: 'countsChanged', run: 2, entity: 'folder' },
  ],
  [
    'a finding gone',
    `DELETE FROM m.finding WHERE ctid = ${ONE_FINDING}`,
    { kind: 'rowsChanged', run: 1, entity: 'case_file', set: 'findings' },
  ],
  [
    'a finding on another record, its code and number unchanged',
    `UPDATE m.finding SET legacy_key = '1' WHERE ctid = ${ONE_FINDING}`,
    { kind: 'rowsChanged', run: 1, entity: 'case_file', set: 'findings' },
  ],
  [
    'a value moved from NULL to an empty text',
    `UPDATE m.finding SET field = '' WHERE ctid = ${ONE_FINDING}`,
    { kind: 'rowsChanged', run: 1, entity: 'case_file', set: 'findings' },
  ],
  [
    'a softened reason of a reject',
    "UPDATE m.reject SET reasons = '[]' WHERE id = (SELECT min(id) FROM m.reject)",
    { kind: 'rowsChanged', run: 1, set: 'rejects' },
  ],
  [
    'a reject added',
    "INSERT INTO m.reject (run_id, entity_id, source, reasons) SELECT 1, min(entity_id), '{}', '[]' FROM m.reject",
    { kind: 'rowsChanged', run: 1, set: 'rejects' },
  ],
  [
    'a changed row of undo',
    'UPDATE m.undo SET old_hash = old_hash + 1 WHERE target_id = (SELECT min(target_id::text)::uuid FROM m.undo WHERE run_id = 2) AND run_id = 2',
    { kind: 'rowsChanged', run: 2, entity: 'folder', set: 'undo', was: 3, now: 3 },
  ],
  [
    'another reason of a correction',
    "UPDATE m.correction SET reason = 'inny' WHERE set_hash = 'c1'",
    { kind: 'rowsChanged', run: 3, entity: 'folder', set: 'corrections', was: 1, now: 1 },
  ],
  [
    'a correction told as not applied',
    "UPDATE m.correction_use SET outcome = 'stale'",
    { kind: 'rowsChanged', run: 3, set: 'corrections' },
  ],
  [
    'other corrections',
    'UPDATE m.run SET corrections_hash = NULL WHERE id = 3',
    { kind: 'runChanged', run: 3, members: ['correctionsHash'] },
  ],
  ['a run gone', 'DELETE FROM m.run WHERE id = 3', { kind: 'runMissing', run: 3 }],
  [
    'a run put in between',
    "INSERT INTO m.run (id, office, command, status, tool_version, plan_hash, host, os_user) OVERRIDING SYSTEM VALUE VALUES (0, 'UM-TEST', 'run', 'failed', '', '', '', '')",
    { kind: 'runUnrecorded', run: 0 },
  ],
  [
    'a finished run without a record',
    "INSERT INTO m.run (office, command, status, tool_version, plan_hash, host, os_user) VALUES ('UM-TEST', 'run', 'finished', '', '', '', '')",
    { kind: 'runUnrecorded' },
  ],
  ['a record gone', 'DELETE FROM m.run_record WHERE number = 2', { kind: 'recordMissing', number: 2 }],
  [
    'a record rewritten',
    'UPDATE m.run_record SET record = replace(record, \'"me"\', \'"ja"\') WHERE number = 1',
    { kind: 'recordChanged', number: 1 },
  ],
  [
    'a record of another run',
    'UPDATE m.run_record SET run_id = 9 WHERE number = 1',
    { kind: 'recordChanged', number: 1 },
  ],
  [
    'a record rewritten with its hash',
    "UPDATE m.run_record SET record_hash = encode(sha256(convert_to(E'\\n' || replace(record, '\"me\"', '\"ja\"'), 'UTF8')), 'hex'), record = replace(record, '\"me\"', '\"ja\"') WHERE number = 1",
    { kind: 'linkBroken', number: 2 },
  ],
])('%s is seen', async (_title, statement, problem) => {
  const { problems } = await after(statement);
  expect(problems).toContainEqual(expect.objectContaining(problem));
});

test('a record of an earlier version that knows less is compared in what it knows; one that tells nothing is only told of as changed', async () => {
  const refit = (record: string): string =>
    `UPDATE m.run_record SET record = ${record}, record_hash = encode(sha256(convert_to(previous_hash || E'\\n' || ${record}, 'UTF8')), 'hex') WHERE number = 5`;
  const less = refit(`(record::jsonb - 'corrections')::text`);
  expect((await after(less)).problems).toEqual([]);
  const touched = await after(`${less}; DELETE FROM m.reject WHERE run_id = 5`);
  expect(touched.problems).toContainEqual(expect.objectContaining({ kind: 'rowsChanged', run: 5, set: 'rejects' }));
  const { problems } = await after(`UPDATE m.run_record SET record = '{"run":5}' WHERE number = 5`);
  expect(problems).toContainEqual({ kind: 'recordChanged', number: 5, run: 5 });
});

test('a run rolled back later, and undo rows dropped as a whole, are no change of history', async () => {
  const state = await after(
    "UPDATE m.run SET status = 'rolled-back' WHERE id = 5; DELETE FROM m.undo WHERE run_id = 2",
  );
  expect(state.problems).toEqual([]);
  expect(state.rolledBack).toEqual([5]);
});

test('only the head in a filed protocol tells that the newest run was removed with its record', async () => {
  const { head } = await after('');
  const cut = 'DELETE FROM m.run_record WHERE number = 5; DELETE FROM m.run WHERE id = 5';
  expect((await after(cut)).problems).toEqual([]);
  const anchored = { ...ALL, anchors: [{ ...head!, file: 'protokol.json' }] };
  expect((await after('', anchored)).problems).toEqual([]);
  expect((await after(cut, anchored)).problems).toEqual([{ kind: 'anchorDiffers', number: 5, file: 'protokol.json' }]);
});

test('an interrupted run that may still go on is not compared; when it is finished it gets a second record', async () => {
  const stop = new AbortController();
  const source = createMemorySource(tablesOf(shopData(301)));
  const stopping = shop.run(source, {
    signal: stop.signal,
    batchRows: 50,
    emit: ({ kind }) => {
      if (kind === 'batch-committed') stop.abort();
    },
  });
  await expect(stopping).rejects.toMatchObject({ code: 'INTERRUPTED' });
  expect(await after('UPDATE m.run_entity SET loaded = 0 WHERE run_id = 6')).toMatchObject({
    problems: [],
    compared: 5,
  });
  await shop.run(source);
  expect(await after('')).toMatchObject({ problems: [], records: 7, compared: 6 });
});

test('a run alone can be compared', async () => {
  const { problems, compared } = await after('DELETE FROM m.reject WHERE run_id = 1', { ...ALL, runs: [2] });
  expect({ problems, compared }).toEqual({ problems: [], compared: 1 });
});

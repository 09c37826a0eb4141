import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createStages } from '../../src/cli/open-stages.ts';
import type { Correction, CorrectionSet } from '../../src/core/correction.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { Plan } from '../../src/core/plan.ts';
import { NO_POLICY } from '../../src/core/policy.ts';
import type { UsedCorrection } from '../../src/ledger/ledger.ts';
import { createMemoryLedger } from '../../src/ledger/memory-ledger.ts';
import { createPostgresLedger } from '../../src/ledger/postgres-ledger.ts';
import { type RunSummary, runPlan } from '../../src/pipeline/run-plan.ts';
import { createMemoryTarget } from '../../src/write/memory/memory-target.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { createPostgresTarget } from '../../src/write/postgres/postgres-target.ts';
import type { SqlPool } from '../../src/write/session.ts';
import { FOLDER_TARGET, folderPlan, folderSource } from '../corrections/folder-plan.ts';
import { ledgerSql } from '../support/ledger-sql.ts';
import { createDatabase } from '../support/postgres.ts';

const ORIGIN = { reason: 'typo', author: 'Jan', date: '2026-03-01', file: 'corrections/a.csv', line: 2 } as const;

const setOf = (...corrections: readonly Correction[]): CorrectionSet => ({
  corrections,
  hash: corrections.map((correction) => JSON.stringify(correction)).join(),
});
const single = (entity: string, key: number | string, column: string, old: string | null, wanted: string | null) =>
  ({ ...ORIGIN, kind: 'record', entity, key, column, old, new: wanted }) as const;

const FOLDERS = [
  [1, 'Teczka 1', '2023-03-15 10:15:00.000', 1, null],
  [2, null, '2023-03-15 10:15:00.000', 1, null],
  [3, 'Teczka 3', 'nonsense', 2, null],
  [4, 'Teczka 4', null, 2, 1],
];
const VERSIONS = [
  [10, 10, 0, 'pierwsza'],
  [11, 10, 1, 'druga'],
];
const PAGES = [
  [1, 1, 'a'],
  [1, 2, 'b'],
];

/** A run over the little source into memory; the same target sees run after run. */
function openOffice(plan: Plan, threads: number) {
  const ledger = createMemoryLedger();
  const target = createMemoryTarget('UM-TEST', FOLDER_TARGET, (commit) => ledger.commit(commit));
  const source = folderSource({ folders: FOLDERS, versions: VERSIONS, pages: PAGES });
  return {
    ledger,
    run: (corrections?: CorrectionSet) => runOver(plan, { ledger, target, source, threads }, corrections),
  };
}

interface RunParts {
  readonly ledger: Parameters<typeof runPlan>[1]['ledger'];
  readonly target: Parameters<typeof runPlan>[1]['target'];
  readonly source: ReturnType<typeof folderSource>;
  readonly threads: number;
  readonly signal?: AbortSignal;
  readonly emit?: (event: RunEvent) => void;
}

async function runOver(plan: Plan, parts: RunParts, corrections?: CorrectionSet): Promise<RunSummary> {
  const stages = createStages({ plan, policy: NO_POLICY, threads: parts.threads });
  const request = {
    plan,
    command: 'run',
    options: { entities: null, units: null, limit: null },
    batchRows: 2,
    batchBytes: 1 << 20,
    jobs: 1,
    checks: [],
    toolVersion: 'test',
    host: 'here',
    user: 'me',
    now: Date.UTC(2026, 0, 15),
    ...(corrections === undefined ? {} : { corrections }),
  };
  const { ledger, target, source, signal = new AbortController().signal, emit = () => undefined } = parts;
  try {
    const ports = { source, target, ledger, stages, resolveUnits: () => Promise.resolve([]), emit, signal };
    return await runPlan(request, ports);
  } finally {
    await stages.close();
  }
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
const told = ({ entity, key, field, old, new: wanted, outcome }: UsedCorrection): string =>
  `${entity} ${key} ${field}: ${old} → ${wanted} ${outcome}`;

describe.each([0, 1])('corrections in a run (%i worker threads)', (threads) => {
  let plan: Plan;
  beforeAll(async () => {
    plan = await folderPlan();
  });

  test('a second run loads exactly the records that were corrected, a third one nothing', async () => {
    const { ledger, run } = openOffice(plan, threads);
    expect((await run()).totals).toMatchObject({ loaded: 5, rejected: 1 });
    const set = setOf(
      single('folder', 2, 'Title', null, 'Teczka 2'),
      single('folder', 3, 'Created', 'nonsense', '2023-01-02'),
      single('version', 10, 'Name', 'druga', 'poprawiona'),
      single('page', '1|2', 'Text', 'b', 'B'),
    );
    const second = await run(set);
    expect(second.totals).toMatchObject({ loaded: 4, unchanged: 2, rejected: 0 });
    expect((await collect(ledger.corrections(second.run.id, {}))).map(told)).toEqual([
      'folder 2 Title: null → Teczka 2 applied',
      'folder 3 Created: nonsense → 2023-01-02 applied',
      'page 1|2 Text: b → B applied',
      'version 10 Name: druga → poprawiona applied',
    ]);
    expect((await run(set)).totals).toMatchObject({ loaded: 0, unchanged: 6 });
    const back = await run();
    expect(back.totals).toMatchObject({ loaded: 3, unchanged: 2, rejected: 1 });
  });

  test('one that does not fit, one that is not needed, one out of scope and one without a record are told apart', async () => {
    const { ledger, run } = openOffice(plan, threads);
    const { run: state, totals } = await run(
      setOf(
        single('folder', 1, 'Title', 'Teczka 9', 'x'),
        single('folder', 3, 'Title', 'stara', 'Teczka 3'),
        single('folder', 4, 'Title', 'Teczka 4', 'x'),
        single('folder', 99, 'Title', 'x', 'y'),
        single('version', 11, 'Name', 'druga', 'x'),
      ),
    );
    expect(totals).toMatchObject({ loaded: 5 });
    const findings = (await collect(ledger.findings(state.id, {}))).filter(({ code }) => code.startsWith('CORRECTION'));
    expect(findings.map(({ code, entity, key, severity }) => `${code} ${entity} ${key} ${severity}`)).toEqual([
      'CORRECTION_STALE folder 1 warning',
      'CORRECTION_NEEDLESS folder 3 info',
      'CORRECTION_NO_RECORD folder 99 warning',
      'CORRECTION_NO_RECORD version 11 warning',
    ]);
    expect((await collect(ledger.corrections(state.id, { outcome: 'skipped' }))).map(told)).toEqual([
      'folder 4 Title: Teczka 4 → x skipped',
    ]);
  });

  test('a correction can bring a record into scope or take it out, and a reject keeps the row as the source has it', async () => {
    const { ledger, run } = openOffice(plan, threads);
    const { run: state, totals } = await run(
      setOf(single('folder', 4, 'Deleted', '1', null), single('folder', 1, 'Title', 'Teczka 1', null)),
    );
    expect(totals).toMatchObject({ loaded: 5, rejected: 2, skipped: 1 });
    const rejects = await collect(ledger.rejects(state.id, { entity: 'folder', key: '1' }));
    expect(rejects[0]?.source).toMatchObject({ Title: 'Teczka 1' });
    const out = await run(setOf(single('folder', 3, 'Deleted', null, '1')));
    expect((await collect(ledger.corrections(out.run.id, {}))).map(told)).toEqual([
      'folder 3 Deleted: null → 1 applied',
    ]);
  });

  test('look-ups and rules change every record that fits; the correction of the single record wins', async () => {
    const { ledger, run } = openOffice(plan, threads);
    const { run: state } = await run(
      setOf(
        {
          ...ORIGIN,
          kind: 'rule',
          entity: 'folder',
          when: { text: 'IdUnit == 1', names: ['IdUnit'] },
          set: { Title: 'z reguły' },
        },
        { ...ORIGIN, kind: 'lookup', entity: 'folder', column: 'IdUnit', values: { '2': '3' }, when: null },
        { ...ORIGIN, kind: 'lookup', entity: 'folder', column: 'IdUnit', values: { ' 2 ': '4' }, when: null },
        single('folder', 1, 'Title', 'Teczka 1', 'ręcznie'),
      ),
    );
    expect((await collect(ledger.corrections(state.id, {}))).map(told)).toEqual([
      'folder 1 Title: Teczka 1 → ręcznie applied',
      'folder 2 Title: null → z reguły applied',
      'folder 3 IdUnit: 2 → 3 applied',
    ]);
  });
});

describe('corrections in the ledger of a real database', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let pool: SqlPool;
  let plan: Plan;
  beforeAll(async () => {
    database = await createDatabase();
    pool = createPgPool({ url: database.url, max: 4, applicationName: 'test' });
    plan = await folderPlan();
    await query(`CREATE SCHEMA shop;
      CREATE TABLE shop.folder (id uuid PRIMARY KEY, title text NOT NULL, created timestamptz, unit int4, label text);
      CREATE TABLE shop.version (id uuid PRIMARY KEY, name text);
      CREATE TABLE shop.page (id uuid PRIMARY KEY, text text);
      CREATE SCHEMA m; ${await ledgerSql('m')}`);
  });
  afterAll(async () => {
    await pool.close();
    await database.drop();
  });

  async function query<Row>(sql: string): Promise<Row[]> {
    const session = await pool.session();
    try {
      return await session.query<Row>(sql);
    } finally {
      await session.release();
    }
  }

  const office = (signal?: AbortSignal, emit?: (event: RunEvent) => void): RunParts => ({
    ledger: createPostgresLedger(pool, 'm'),
    target: createPostgresTarget({ pool, office: 'UM-TEST', ledgerSchema: 'm' }),
    source: folderSource({ folders: FOLDERS, versions: VERSIONS, pages: PAGES }),
    threads: 0,
    ...(signal === undefined ? {} : { signal }),
    ...(emit === undefined ? {} : { emit }),
  });

  test('who corrected what, when and why stands in the ledger, of a set once; what has no record is a finding', async () => {
    const set = setOf(single('folder', 1, 'Title', 'Teczka 1', 'Teczka I'), single('page', '1|2', 'Text', 'b', null), {
      ...single('folder', 99, 'Title', null, 'x'),
      line: 7,
      date: null,
    });
    const parts = office();
    const { run } = await runOver(plan, parts, set);
    expect(run.correctionsHash).toBe(set.hash);
    expect(await query(`SELECT * FROM m.correction_of_run ORDER BY number`)).toMatchObject([
      {
        run_id: run.id,
        entity: 'folder',
        legacy_key: '1',
        field: 'Title',
        old_value: 'Teczka 1',
        new_value: 'Teczka I',
        ...{ outcome: 'applied', reason: 'typo', author: 'Jan', file: 'corrections/a.csv', line: 2 },
      },
      { entity: 'page', legacy_key: '1|2', field: 'Text', old_value: 'b', new_value: null, outcome: 'applied' },
    ]);
    expect((await collect(parts.ledger.corrections(run.id, { entity: 'page' }))).map(told)).toEqual([
      'page 1|2 Text: b → null applied',
    ]);
    expect(await parts.ledger.countCorrections(run.id)).toEqual([
      { entity: 'folder', outcome: 'applied', count: 1 },
      { entity: 'page', outcome: 'applied', count: 1 },
    ]);
    const lost = await collect(parts.ledger.findings(run.id, { code: 'CORRECTION_NO_RECORD' }));
    expect(lost).toMatchObject([{ entity: 'folder', key: '99', params: { file: 'corrections/a.csv', line: 7 } }]);
    await runOver(plan, parts, set);
    expect(await query('SELECT count(*)::int4 AS stored FROM m.correction')).toEqual([{ stored: 3 }]);
  });

  test('an interrupted run goes on with the same corrections; with others a new run begins', async () => {
    const set = setOf(single('folder', 3, 'Title', 'Teczka 3', 'Teczka III'));
    const stop = new AbortController();
    const stopping = office(stop.signal, (event) => {
      if (event.kind === 'entity-started') stop.abort();
    });
    await expect(runOver(plan, stopping, set)).rejects.toThrow('interrupted');
    const resumed = await runOver(plan, office(), set);
    expect(resumed.resumed).toBe(true);
    const again = new AbortController();
    const stoppedAgain = office(again.signal, (event) => {
      if (event.kind === 'entity-started') again.abort();
    });
    await expect(runOver(plan, stoppedAgain, set)).rejects.toThrow('interrupted');
    const notes: string[] = [];
    const others = setOf(single('folder', 3, 'Title', 'Teczka 3', 'Teczka trzecia'));
    const fresh = await runOver(
      plan,
      office(undefined, (event) => {
        if (event.kind === 'note') notes.push(event.code);
      }),
      others,
    );
    expect(fresh.resumed).toBe(false);
    expect(notes).toEqual(['CORRECTIONS_CHANGED']);
    expect(fresh.totals.loaded).toBe(1);
  });
});

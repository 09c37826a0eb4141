import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { subjectOfKey } from '../../src/history/find-subject.ts';
import { readHistory } from '../../src/history/read-history.ts';
import { createPostgresLedger } from '../../src/ledger/postgres-ledger.ts';
import { allPlaces } from '../../src/rollback/read-places.ts';
import { rollbackRun } from '../../src/rollback/rollback-run.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { withSession } from '../../src/write/postgres/postgres-target.ts';
import type { SqlPool } from '../../src/write/session.ts';
import { startPostgres } from '../support/postgres.ts';
import { reset } from './load/bench-database.ts';

/**
 * `npm run bench -- rollback [--json] [--rows N]`: a million rows are loaded and taken back, each way: a first load (the table is emptied at once), all but the
 * first thousand rows (row by row), and a run that changed every row; each beside the time of the run it takes back. And the history of one record among them.
 */
const OFFICE = 'UM-BENCH';
const json = process.argv.includes('--json');
const at = process.argv.indexOf('--rows');
const rows = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const round = (value: number): number => Math.round(value * 100) / 100;
const server = await startPostgres({ fsync: true, settings: { shared_buffers: '1GB', max_wal_size: '8GB' } });
const pool = createPgPool({ url: server.url, max: 4, applicationName: 'ezd-migrate bench' });

try {
  await reset(server.url);
  const first = await measured('first load', await load(rows));
  await load(1000);
  const most = await measured('all but 1,000 rows', await load(rows));
  await load(rows);
  // Every row looks changed to the next run, which then writes and remembers all of them
  await sql(pool, 'UPDATE bench_ledger.crosswalk SET row_hash = row_hash # 1');
  const changing = await load(rows);
  const history = await historySeconds();
  const changed = await measured('every row changed', changing);
  const result = { rows, first, most, changed, history };
  process.stdout.write(json ? `${JSON.stringify(result, null, 2)}\n` : `${table(result)}\n`);
} finally {
  await pool.close();
  await server.stop();
}

/** Loads the first rows of the made-up table; returns its seconds. */
async function load(count: number): Promise<number> {
  const here = dirname(fileURLToPath(import.meta.url));
  const child = spawn(process.execPath, [join(here, 'load/run-child.js'), server.url, 'memory', String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.on('data', (piece) => {
    out += String(piece);
  });
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error('the load failed');
  return (JSON.parse(out) as { seconds: number }).seconds;
}

interface Measured {
  readonly loadSeconds: number;
  readonly rollbackSeconds: number;
  readonly ratio: number;
  readonly records: number;
}

/** Takes the newest load back. */
async function measured(what: string, loadSeconds: number): Promise<Measured> {
  const ledger = createPostgresLedger(pool, 'bench_ledger');
  const [run] = (await ledger.listRuns(OFFICE, 5)).filter(({ command }) => command === 'run');
  const started = performance.now();
  const outcome = await rollbackRun(
    {
      run: run!,
      known: [],
      force: null,
      chunk: 20_000,
      contentsRoot: null,
      toolVersion: 'bench',
      host: 'bench',
      user: 'bench',
    },
    { pool, ledger, ledgerSchema: 'bench_ledger', emit: () => undefined, signal: new AbortController().signal },
  );
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome.plan.conflicts));
  const rollbackSeconds = round((performance.now() - started) / 1000);
  const records = outcome.by.entities.reduce((sum, { counts }) => sum + counts.read, 0);
  say(`${what}: loaded in ${round(loadSeconds)} s, taken back in ${rollbackSeconds} s`);
  return { loadSeconds: round(loadSeconds), rollbackSeconds, ratio: round(rollbackSeconds / loadSeconds), records };
}

/** Seconds of the history of one record in the middle. */
async function historySeconds(): Promise<number> {
  return withSession(pool, async (session) => {
    const places = await allPlaces(session, '"bench_ledger"', OFFICE, []);
    const started = performance.now();
    const subject = subjectOfKey(OFFICE, 'pismo', String(Math.floor(rows / 2)));
    const told = await readHistory(session, { s: '"bench_ledger"', office: OFFICE, places }, subject);
    if (told.runs.length < 2) throw new Error('the history of the record is not whole');
    return round((performance.now() - started) / 1000);
  });
}

async function sql(from: SqlPool, text: string): Promise<void> {
  await withSession(from, (session) => session.query(text));
}

function table({
  first,
  most,
  changed,
  history,
}: Record<'first' | 'most' | 'changed', Measured> & { readonly history: number }): string {
  const line = (what: string, { loadSeconds, rollbackSeconds, ratio, records }: Measured): string =>
    `| ${what} | ${records} | ${loadSeconds} | ${rollbackSeconds} | ${ratio} |`;
  return [
    '| run | records taken back | its seconds | seconds of the rollback | ratio |',
    '| --- | ---: | ---: | ---: | ---: |',
    line('first load', first),
    line('all but the first 1,000 rows', most),
    line('every row changed', changed),
    `history of one record: ${history} s`,
  ].join('\n');
}

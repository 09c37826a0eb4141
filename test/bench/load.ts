import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ledgerTables } from '../../src/ledger/ledger-tables.ts';
import { startPostgres } from '../support/postgres.ts';
import { BARE_TABLE, BENCH_TABLES } from './load/wide-mapping.ts';
import { UNITS, wideLine } from './load/wide-rows.ts';

/**
 * `npm run bench -- load [--json] [--rows N]`: a million rows of a middle-width entity with ids, checks, hashes and ledger into a real PostgreSQL, beside
 * `\copy` of the same rows into a bare table with a primary key, on the same server in the same run. Ratios count, not seconds.
 */
interface Run {
  readonly seconds: number;
  readonly peakMb: number;
  readonly loaded: number;
  readonly unchanged: number;
}

const json = process.argv.includes('--json');
const at = process.argv.indexOf('--rows');
const rows = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
const round = (value: number): number => Math.round(value * 100) / 100;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const folder = mkdtempSync(join(tmpdir(), 'ezd-bench-'));
const settings = { shared_buffers: '1GB', max_wal_size: '8GB' };
const server = await startPostgres({ fsync: true, settings });
try {
  say(`writing a dump of ${rows} rows …`);
  await writeDump(join(folder, 'full'), rows);
  await writeDump(join(folder, 'tenth'), rows / 10);
  say('copy …');
  const copySeconds = await copyBare(join(folder, 'full', 'dbo.Pisma.csv'));
  say(`copy: ${copySeconds.toFixed(2)} s`);
  const small = {
    memory: await measure('memory', rows / 10),
    dump: await measure('dump', rows / 10, join(folder, 'tenth')),
  };
  const memory = await measure('memory', rows);
  const again = await run('memory', rows);
  const dump = await measure('dump', rows, join(folder, 'full'));
  report({ rows, copySeconds, memory, again, dump, small });
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}

function report(of: {
  rows: number;
  copySeconds: number;
  memory: Run;
  again: Run;
  dump: Run;
  small: { memory: Run; dump: Run };
}): void {
  const part = (run: Run, small: Run) => ({
    seconds: round(run.seconds),
    ratioToCopy: round(run.seconds / of.copySeconds),
    peakMb: round(run.peakMb),
    peakMbAtTenth: round(small.peakMb),
    peakRatio: round(run.peakMb / small.peakMb),
  });
  const result = {
    rows: of.rows,
    copySeconds: round(of.copySeconds),
    fromMemory: part(of.memory, of.small.memory),
    fromDump: part(of.dump, of.small.dump),
    secondRun: {
      seconds: round(of.again.seconds),
      ratioToFirst: round(of.again.seconds / of.memory.seconds),
      loaded: of.again.loaded,
      unchanged: of.again.unchanged,
    },
  };
  if (json) process.stdout.write(`${JSON.stringify(result)}\n`);
  else process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
}

/** A run into empty tables. */
async function measure(kind: 'memory' | 'dump', count: number, dump = ''): Promise<Run> {
  await reset();
  return run(kind, count, dump);
}

async function run(kind: 'memory' | 'dump', count: number, dump = ''): Promise<Run> {
  const child = join(dirname(fileURLToPath(import.meta.url)), 'load', 'run-child.js');
  const started = spawn(process.execPath, [child, server.url, kind, String(count), dump], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  started.stdout.on('data', (piece) => {
    text += String(piece);
  });
  const [code] = (await once(started, 'close')) as [number];
  if (code !== 0) throw new Error(`the measured run ended with ${code}`);
  const result = JSON.parse(text) as Run;
  say(
    `${kind} ${count}: ${result.seconds.toFixed(2)} s, peak ${result.peakMb.toFixed(0)} MB, loaded ${result.loaded}, unchanged ${result.unchanged}`,
  );
  return result;
}

async function reset(): Promise<void> {
  await sql(
    `DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench; DROP SCHEMA IF EXISTS bench_ledger CASCADE; CREATE SCHEMA bench_ledger; ${BENCH_TABLES} ${ledgerTables('bench_ledger')}`,
  );
  await sql('CHECKPOINT');
}

async function sql(text: string): Promise<void> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(text);
  await client.end();
}

/** `psql \copy` where psql is installed, else the same bytes piped through the driver. */
async function copyBare(file: string): Promise<number> {
  await reset();
  await sql(BARE_TABLE);
  await sql('CHECKPOINT');
  const started = performance.now();
  if (spawnSync('psql', ['--version']).status === 0) {
    const { status, stderr } = spawnSync(
      'psql',
      [server.url, '-q', '-c', `\\copy bench.bare from '${file}' csv header`],
      { encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(stderr);
  } else {
    const client = new Client({ connectionString: server.url });
    await client.connect();
    await pipeline(createReadStream(file), client.query(copyFrom('COPY bench.bare FROM STDIN (FORMAT csv, HEADER)')));
    await client.end();
  }
  return (performance.now() - started) / 1000;
}

async function writeDump(into: string, count: number): Promise<void> {
  mkdirSync(into);
  writeFileSync(
    join(into, 'dbo.Jednostki.csv'),
    `ID,Symbol\n${Array.from({ length: UNITS }, (_, i) => `${i + 1},W${i + 1}\n`).join('')}`,
  );
  const out = createWriteStream(join(into, 'dbo.Pisma.csv'));
  out.write('ID,IdJednostki,Nazwa,Opis,Uwagi,Znak,Rok,LP,DataUtworzenia,DataZakonczenia,Kategoria,Wrazliwa\n');
  for (let i = 0; i < count; i += 1000) {
    const lines = Array.from({ length: Math.min(1000, count - i) }, (_, k) => wideLine(i + k)).join('');
    if (!out.write(lines)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startPostgres } from '../support/postgres.ts';
import { copyBare, reset, writeDump } from './load/bench-database.ts';

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
  const copySeconds = await copyBare(server.url, join(folder, 'full', 'dbo.Pisma.csv'));
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
  await reset(server.url);
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

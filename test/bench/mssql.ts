import { type ChildProcess, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { MssqlConfig } from '../../src/sources/mssql/mssql-config.ts';
import { startPostgres } from '../support/postgres.ts';
import { copyBare, reset, writeDump } from './load/bench-database.ts';

/**
 * `npm run bench -- mssql [--json] [--rows N]`: `run` from SQL Server (the test server, TLS on) into a real PostgreSQL, beside a bare streaming read of the same columns
 * with the driver and `\copy` of the same rows, three rounds in turn. The median ratio to their sum counts, not seconds.
 */
interface Measured {
  readonly seconds: number;
  readonly peakMb: number;
}

const ROUNDS = 3;
const here = dirname(fileURLToPath(import.meta.url));
const json = process.argv.includes('--json');
const at = process.argv.indexOf('--rows');
const rows = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
const round = (value: number): number => Math.round(value * 100) / 100;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const folder = mkdtempSync(join(tmpdir(), 'ezd-bench-'));
const postgres = await startPostgres({ fsync: true, settings: { shared_buffers: '1GB', max_wal_size: '8GB' } });
const children: ChildProcess[] = [];
try {
  say(`writing a dump of ${rows} rows for \\copy …`);
  await writeDump(join(folder, 'full'), rows);
  const versioned = await openServer(rows, 'versioned');
  const [copies, bares, runs]: [number[], Measured[], Measured[]] = [[], [], []];
  for (let round = 0; round < ROUNDS; round++) {
    const copySeconds = await copyBare(postgres.url, join(folder, 'full', 'dbo.Pisma.csv'));
    say(`copy: ${copySeconds.toFixed(2)} s`);
    copies.push(copySeconds);
    bares.push(await read('bare', versioned));
    runs.push(await load(versioned, rows));
  }
  const stream = await read('source', versioned);
  const pages = await read('source', await openServer(rows, 'locks'));
  const tenth = await load(await openServer(rows / 10, 'versioned'), rows / 10);
  report({ copies, bares, runs, stream, pages, tenth });
} finally {
  for (const child of children) child.disconnect();
  await postgres.stop();
  rmSync(folder, { recursive: true });
}

async function openServer(count: number, isolation: 'versioned' | 'locks'): Promise<MssqlConfig> {
  const child = fork(join(here, 'mssql', 'server-child.js'), [String(count), isolation]);
  children.push(child);
  const [config] = (await once(child, 'message')) as [MssqlConfig];
  return config;
}

async function load(config: MssqlConfig, count: number): Promise<Measured> {
  await reset(postgres.url);
  return measure(
    `run, ${count} rows`,
    'load/run-child.js',
    postgres.url,
    'mssql',
    String(count),
    JSON.stringify(config),
  );
}

async function measure(what: string, file: string, ...parameters: string[]): Promise<Measured> {
  const child = spawn(process.execPath, [join(here, file), ...parameters], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (piece) => {
    text += String(piece);
  });
  const [code] = (await once(child, 'close')) as [number];
  if (code !== 0) throw new Error(`${what} ended with ${code}`);
  say(`${what}: ${text}`);
  return JSON.parse(text) as Measured;
}

function read(kind: 'bare' | 'source', config: MssqlConfig): Promise<Measured> {
  return measure(`${kind} read`, 'mssql/read-child.js', kind, JSON.stringify(config));
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

interface Result {
  readonly copies: readonly number[];
  readonly bares: readonly Measured[];
  readonly runs: readonly Measured[];
  readonly stream: Measured;
  readonly pages: Measured;
  readonly tenth: Measured;
}

function report({ copies, bares, runs, stream, pages, tenth }: Result): void {
  const ratios = runs.map((run, i) => run.seconds / (bares[i]!.seconds + copies[i]!));
  const peakMb = Math.max(...runs.map((run) => run.peakMb));
  const result = {
    rows,
    copySeconds: round(median(copies)),
    bareReadSeconds: round(median(bares.map(({ seconds }) => seconds))),
    sourceRead: {
      streamSeconds: round(stream.seconds),
      pagesSeconds: round(pages.seconds),
      peakMb: round(stream.peakMb),
    },
    run: {
      seconds: round(median(runs.map(({ seconds }) => seconds))),
      ratioToReadPlusCopy: round(median(ratios)),
      ratios: ratios.map(round),
      peakMb: round(peakMb),
      peakMbAtTenth: round(tenth.peakMb),
      peakRatio: round(peakMb / tenth.peakMb),
    },
  };
  process.stdout.write(`${json ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`);
}

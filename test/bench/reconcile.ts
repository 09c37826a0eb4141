import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startPostgres } from '../support/postgres.ts';
import { reset, writeDump } from './load/bench-database.ts';
import { plant } from './reconcile/plant.ts';
import { verifyDamaged } from './reconcile/plant-contents.ts';

/**
 * `npm run bench -- reconcile [--json] [--rows N] [--memory]`: a million rows loaded from a dump and compared: equal; then 200 differences planted (value, missing,
 * extra, moved: 40 each in the rows; content byte: 40 in a store of 4,000 files), which must all be found and nothing else; a sample; memory at a tenth.
 * `--memory`: rows are made as they are asked for, so that ten million need no dump of gigabytes.
 */
interface Compared {
  readonly seconds: number;
  readonly peakMb: number;
  readonly equal: boolean;
  readonly differences: readonly { readonly kind: string; readonly key: number }[];
}

const EACH = 40;
const at = process.argv.indexOf('--rows');
const rows = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
const kind = process.argv.includes('--memory') ? 'memory' : 'dump';
const round = (value: number): number => Math.round(value * 100) / 100;
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const here = dirname(fileURLToPath(import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'ezd-bench-'));
const server = await startPostgres({ fsync: true, settings: { shared_buffers: '1GB', max_wal_size: '8GB' } });

try {
  const small = await measure(rows / 10);
  const full = await measure(rows);
  const contents = await verifyDamaged(join(folder, 'contents'), 4000, EACH);
  report(small, full, contents);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}

interface Measured {
  readonly load: { readonly seconds: number; readonly peakMb: number };
  readonly equal: Compared;
  readonly sampled: Compared;
  readonly different: Compared;
  readonly found: number;
  readonly planted: number;
  readonly wrong: number;
}

async function measure(count: number): Promise<Measured> {
  await reset(server.url);
  const dump = join(folder, `dump-${count}`);
  if (kind === 'dump') await writeDump(dump, count);
  const load = await child<Measured['load']>('load/run-child.js', kind, count, dump);
  say(`${count}: loaded in ${round(load.seconds)} s, peak ${round(load.peakMb)} MB`);
  const equal = await compare('equal', count, dump);
  const sampled = await compare('a twentieth', count, dump, '20', '7');
  const { planted, statements } = plant(count, EACH);
  await sql(statements);
  const different = await compare('planted', count, dump);
  if (kind === 'dump') rmSync(dump, { recursive: true });
  const name = (difference: { kind: string; key: number }): string => `${difference.kind} ${difference.key}`;
  const told = new Set(different.differences.map(name));
  const found = planted.filter((difference) => told.has(name(difference))).length;
  return { load, equal, sampled, different, found, planted: planted.length, wrong: told.size - found };
}

async function compare(what: string, count: number, dump: string, ...more: string[]): Promise<Compared> {
  const result = await child<Compared>('reconcile/reconcile-child.js', kind, count, dump, ...more);
  say(
    `${count}, ${what}: ${round(result.seconds)} s, peak ${round(result.peakMb)} MB, ${result.differences.length} differences`,
  );
  return result;
}

function report(
  small: Measured,
  full: Measured,
  contents: { readonly told: readonly string[]; readonly planted: readonly string[] },
): void {
  const planted = new Set(contents.planted);
  const found = contents.told.filter((key) => planted.has(key)).length;
  const result = {
    rows,
    source: kind,
    planted: full.planted + planted.size,
    found: full.found + found,
    false: full.wrong + contents.told.length - found,
    equalAfterLoad: full.equal.equal && small.equal.equal,
    loadSeconds: round(full.load.seconds),
    equal: part(full.equal, full, small.equal),
    planted200: part(full.different, full, small.different),
    sample5: part(full.sampled, full, small.sampled),
  };
  process.stdout.write(
    `${process.argv.includes('--json') ? JSON.stringify(result) : JSON.stringify(result, null, 2)}\n`,
  );
  if (result.found !== result.planted || result.false !== 0 || !result.equalAfterLoad) process.exitCode = 1;
}

function part(run: Compared, { load }: Measured, small: Compared): Readonly<Record<string, number>> {
  return {
    seconds: round(run.seconds),
    ofLoad: round(run.seconds / load.seconds),
    peakMb: round(run.peakMb),
    peakMbAtTenth: round(small.peakMb),
    peakRatio: round(run.peakMb / small.peakMb),
  };
}

async function sql(statements: readonly string[]): Promise<void> {
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}

async function child<T>(file: string, ...more: (string | number)[]): Promise<T> {
  const started = spawn(process.execPath, [join(here, file), server.url, ...more.map(String)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let text = '';
  started.stdout.on('data', (piece) => {
    text += String(piece);
  });
  const [code] = (await once(started, 'close')) as [number];
  if (code !== 0) throw new Error(`${file} ended with ${code}`);
  return JSON.parse(text) as T;
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { openStore } from '../../src/cli/open-store.ts';
import { startPostgres } from '../support/postgres.ts';
import { BENCH_OFFICE, fillOffice } from './report/fill-office.ts';

/**
 * `npm run bench -- report [--json] [--findings N]`: the report of a run with a tenth of N and with N findings (default 1,000,000): seconds of the model and of all
 * files, and the peak memory of the process, which must not grow with the findings.
 */
interface Measured {
  readonly findings: number;
  readonly units: number;
  readonly files: number;
  /** With looking up case, unit and year of every record, once a run. */
  readonly firstModelSeconds: number;
  readonly modelSeconds: number;
  /** `findings.csv` and the lists of the units. */
  readonly listsSeconds: number;
  /** All files: lists, pages, JSON. */
  readonly allFilesSeconds: number;
  /** Of this process; the database works beside it. */
  readonly processorSeconds: number;
  /** Before pages are made, of which each holds at most 50,000 findings. */
  readonly peakOfListsMb: number;
  readonly peakMb: number;
}

const at = process.argv.indexOf('--findings');
const most = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
const round = (value: number): number => Math.round(value * 10) / 10;
const child = join(dirname(fileURLToPath(import.meta.url)), 'report', 'report-child.js');
const folder = mkdtempSync(join(tmpdir(), 'ezd-bench-report-'));
const server = await startPostgres({ settings: { max_wal_size: '8GB' } });

try {
  const results: Measured[] = [];
  for (const findings of [most / 10, most]) {
    await fill(findings);
    const said = execFileSync(process.execPath, [child, server.url, folder], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    results.push(JSON.parse(said) as Measured);
  }
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
  else
    console.table(
      results.map((result) => Object.fromEntries(Object.entries(result).map(([name, value]) => [name, round(value)]))),
    );
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}

async function fill(findings: number): Promise<void> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query('DROP SCHEMA IF EXISTS ezd CASCADE; DROP SCHEMA IF EXISTS ezd_migrate CASCADE');
    const store = await openStore({
      office: BENCH_OFFICE,
      place: { kind: 'postgres', url: server.url },
      connections: 1,
    });
    await store.close();
    for (const statement of fillOffice(findings)) await client.query(statement);
  } finally {
    await client.end();
  }
}

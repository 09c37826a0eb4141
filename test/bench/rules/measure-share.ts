import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { generateOffice } from '../../../fixtures/office/generate-office.ts';
import { startPostgres } from '../../support/postgres.ts';

/** One load: `record` and `all` as in `run-child.ts`. Seconds of the processor are ours and the server's. */
export interface SharedRun {
  readonly rules: 'none' | 'record' | 'all';
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly serverCpuSeconds: number;
  readonly peakMb: number;
  readonly rows: number;
}

export interface RulesShare {
  readonly cases: number;
  readonly rows: number;
  readonly runs: readonly SharedRun[];
  /** Medians, and what rules cost on top of the run without them, in processor seconds of both sides and in seconds of the clock. */
  readonly recordRulesCpu: number;
  readonly allRulesCpu: number;
  readonly recordRulesClock: number;
  readonly allRulesClock: number;
}

const here = dirname(fileURLToPath(import.meta.url));

/** Loads a clean office of `cases` cases (about 62 rows a case) `rounds` times without rules, with those on records, with all; in turn, each into an empty store. */
export async function measureShare(cases: number, rounds: number, say: (text: string) => void): Promise<RulesShare> {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-rules-'));
  const server = await startPostgres({ fsync: true, settings: { shared_buffers: '1GB', max_wal_size: '8GB' } });
  try {
    say(`generating an office of ${cases} cases …`);
    await generateOffice({ out: folder, cases, units: 50, seed: 'rules', files: 'none' });
    const runs: SharedRun[] = [];
    for (let round = 0; round < rounds; round++) {
      for (const rules of ['none', 'record', 'all'] as const) {
        await empty(server.url);
        const before = serverCpu(server.pid());
        const { stdout, stderr, status } = spawnSync(
          process.execPath,
          [join(here, 'run-child.js'), server.url, join(folder, 'tables'), rules],
          { encoding: 'utf8' },
        );
        if (status !== 0) throw new Error(stderr);
        const run = JSON.parse(stdout) as Omit<SharedRun, 'rules' | 'serverCpuSeconds'>;
        runs.push({ ...run, rules, serverCpuSeconds: serverCpu(server.pid()) - before });
        say(JSON.stringify(runs.at(-1)));
      }
    }
    return shareOf(cases, runs);
  } finally {
    await server.stop();
    rmSync(folder, { recursive: true });
  }
}

function shareOf(cases: number, runs: readonly SharedRun[]): RulesShare {
  const median = (rules: SharedRun['rules'], of: (run: SharedRun) => number): number => {
    const values = runs
      .filter((run) => run.rules === rules)
      .map(of)
      .sort((a, b) => a - b);
    return values[Math.floor(values.length / 2)]!;
  };
  const onTop = (rules: 'record' | 'all', of: (run: SharedRun) => number): number =>
    Math.round((median(rules, of) / median('none', of) - 1) * 1000) / 1000;
  const cpu = (run: SharedRun): number => run.cpuSeconds + run.serverCpuSeconds;
  const clock = (run: SharedRun): number => run.seconds;
  return {
    cases,
    rows: runs[0]!.rows,
    runs,
    recordRulesCpu: onTop('record', cpu),
    allRulesCpu: onTop('all', cpu),
    recordRulesClock: onTop('record', clock),
    allRulesClock: onTop('all', clock),
  };
}

async function empty(url: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('DROP SCHEMA IF EXISTS ezd CASCADE; DROP SCHEMA IF EXISTS ezd_migrate CASCADE');
  await client.query('CHECKPOINT');
  await client.end();
}

/** Processor seconds of a server and of the connections that have ended (Linux); 0 where that cannot be told. */
function serverCpu(pid: number): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return [11, 12, 13, 14].reduce((sum, index) => sum + Number(fields[index]), 0) / 100;
  } catch {
    return 0;
  }
}

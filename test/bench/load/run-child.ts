import { availableParallelism } from 'node:os';
import { createStages } from '../../../src/cli/open-stages.ts';
import { keepHeapSmall } from '../../../src/cli/small-heap.ts';
import { NO_POLICY } from '../../../src/core/policy.ts';
import { createPostgresLedger } from '../../../src/ledger/postgres-ledger.ts';
import { runPlan } from '../../../src/pipeline/run-plan.ts';
import type { MssqlConfig } from '../../../src/sources/mssql/mssql-config.ts';
import { createMssqlSource } from '../../../src/sources/mssql/mssql-source.ts';
import type { Source } from '../../../src/sources/source.ts';
import { createPgPool } from '../../../src/write/postgres/pg-pool.ts';
import { createPostgresTarget } from '../../../src/write/postgres/postgres-target.ts';
import { benchPlan } from './wide-mapping.ts';
import { openDump, rowsInMemory } from './wide-sources.ts';

/** One measured run in a process of its own, so that its peak memory is its own: `run-child.js URL memory|dump|mssql ROWS [FOLDER or configuration as JSON]`. */
keepHeapSmall();
const [url = '', kind = '', rowsText = '0', place = ''] = process.argv.slice(2);
const rows = Number(rowsText);
const pool = createPgPool({ url, max: 4, applicationName: 'ezd-migrate bench' });
const target = createPostgresTarget({ pool, office: 'UM-BENCH', ledgerSchema: 'bench_ledger' });
const plan = await benchPlan(target);
const source: Source = openSource();

function openSource(): Source {
  if (kind === 'memory') return rowsInMemory(rows);
  return kind === 'mssql' ? createMssqlSource(JSON.parse(place) as MssqlConfig) : openDump(place);
}

const stages = createStages({
  plan,
  policy: NO_POLICY,
  threads: kind === 'memory' ? 0 : Math.max(1, availableParallelism() - 1),
});
const started = performance.now();
const { run } = await runPlan(
  {
    plan,
    command: 'run',
    options: { entities: null, units: null, limit: null },
    batchRows: 20_000,
    batchBytes: 8 << 20,
    jobs: 1,
    checks: [],
    toolVersion: 'bench',
    host: 'bench',
    user: 'bench',
    now: Date.now(),
  },
  {
    source,
    target,
    ledger: createPostgresLedger(pool, 'bench_ledger'),
    stages,
    resolveUnits: () => Promise.resolve([]),
    emit: () => undefined,
    signal: new AbortController().signal,
  },
);
const seconds = (performance.now() - started) / 1000;
const wide = run.entities.find(({ entity }) => entity === 'pismo')!;
process.stdout.write(
  JSON.stringify({
    seconds,
    peakMb: process.resourceUsage().maxRSS / 1024,
    cpuSeconds: (process.cpuUsage().user + process.cpuUsage().system) / 1e6,
    loaded: wide.counts.loaded,
    unchanged: wide.counts.unchanged,
  }),
);
await stages.close();
await source.close();
await pool.close();

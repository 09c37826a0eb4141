import { createStages } from '../../src/cli/open-stages.ts';
import type { ChangesPlan } from '../../src/core/plan.ts';
import { NO_POLICY } from '../../src/core/policy.ts';
import { createPostgresLedger } from '../../src/ledger/postgres-ledger.ts';
import { type RunRequest, runPlan } from '../../src/pipeline/run-plan.ts';
import { syncPlan } from '../../src/pipeline/sync/sync-plan.ts';
import type { SyncOptions } from '../../src/pipeline/sync/sync-request.ts';
import { createPgPool } from '../../src/write/postgres/pg-pool.ts';
import { createPostgresTarget } from '../../src/write/postgres/postgres-target.ts';
import { createPostgresSyncStore } from '../../src/write/postgres/sync/postgres-sync-store.ts';
import { startPostgres } from '../support/postgres.ts';
import { reset } from './load/bench-database.ts';
import { benchPlan } from './load/wide-mapping.ts';
import { livingRows } from './sync/living-rows.ts';

/**
 * `npm run bench -- sync [--json] [--rows N] [--every N]`: a night with one changed row in a thousand, after a first load and a first sync, for each strategy. The
 * source hands over rows at memory speed, so the time is that of this program and of a real PostgreSQL with fsync, not of a legacy server. Shares count, not seconds.
 */
const option = (name: string, otherwise: number): number => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const rows = option('--rows', 1_000_000);
const every = option('--every', 1000);
interface Taken {
  readonly seconds: number;
  readonly processor: number;
  readonly rows: number;
  readonly keys: number;
}
const round = (value: number): number => Math.round(value * 1000) / 1000;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const STRATEGIES: readonly ChangesPlan[] = [
  { kind: 'rowversion', column: 'WersjaWiersza' },
  { kind: 'changeTracking' },
  { kind: 'compare' },
];
const SYNC: SyncOptions = {
  full: false,
  allowDeletes: false,
  goneShare: 0.01,
  goneAtLeast: 20,
  deletesEvery: 7,
  fullEvery: null,
  changes: { kind: 'compare' },
  rejected: 'keep',
  keepConflicts: true,
  settings: '',
};

const server = await startPostgres({ fsync: true, settings: { shared_buffers: '1GB', max_wal_size: '8GB' } });
try {
  await reset(server.url);
  const living = livingRows(rows);
  const pool = createPgPool({ url: server.url, max: 4, applicationName: 'ezd-migrate bench' });
  const target = createPostgresTarget({ pool, office: 'UM-BENCH', ledgerSchema: 'bench_ledger' });
  const plan = await benchPlan(target);
  const stages = createStages({ plan, policy: NO_POLICY, threads: 0 });
  const store = createPostgresSyncStore({ pool, office: 'UM-BENCH', ledgerSchema: 'bench_ledger' });
  const ports = {
    source: living.source,
    target,
    ledger: createPostgresLedger(pool, 'bench_ledger'),
    stages,
    store,
    resolveUnits: () => Promise.resolve([]),
    emit: () => undefined,
    signal: new AbortController().signal,
  };
  const request: RunRequest = {
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
  };
  const timed = async (what: string, work: () => Promise<unknown>): Promise<Taken> => {
    living.taken();
    const [started, before] = [performance.now(), process.cpuUsage()];
    await work();
    const { user, system } = process.cpuUsage(before);
    const taken = {
      seconds: (performance.now() - started) / 1000,
      processor: (user + system) / 1e6,
      ...living.taken(),
    };
    say(`${what}: ${taken.seconds.toFixed(2)} s, ${taken.processor.toFixed(2)} processor seconds of the program`);
    return taken;
  };
  const load = await timed('full load', () => runPlan(request, ports));
  const nights: Record<string, unknown> = {};
  for (const changes of STRATEGIES) {
    const { kind } = changes;
    const sync = { ...SYNC, changes };
    const night = (): Promise<unknown> => syncPlan({ ...request, command: 'sync', sync }, ports);
    const first = kind === 'compare' ? null : await timed(`${kind}: first sync`, night);
    // The first night of a strategy warms the program up: start-up is not what is measured.
    if (first !== null) {
      living.change(every);
      await timed(`${kind}: a night to warm up`, night);
    }
    const changed = living.change(every);
    const taken = await timed(`${kind}: a night`, night);
    const quiet = first === null ? null : await timed(`${kind}: a night without changes`, night);
    nights[kind] = {
      changed,
      rowsRead: taken.rows,
      keysRead: taken.keys,
      shareOfRowsRead: round((taken.rows + taken.keys) / rows),
      seconds: round(taken.seconds),
      shareOfLoad: round(taken.seconds / load.seconds),
      shareOfProcessor: round(taken.processor / load.processor),
      firstSyncSeconds: first === null ? null : round(first.seconds),
      quietNightSeconds: quiet === null ? null : round(quiet.seconds),
    };
  }
  await stages.close();
  await pool.close();
  const result = { rows, loadSeconds: round(load.seconds), loadProcessorSeconds: round(load.processor), nights };
  process.stdout.write(`${JSON.stringify(result, null, process.argv.includes('--json') ? 0 : 2)}\n`);
} finally {
  await server.stop();
}

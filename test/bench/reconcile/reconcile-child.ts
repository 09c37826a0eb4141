import { availableParallelism } from 'node:os';
import { createStages } from '../../../src/cli/open-stages.ts';
import { keepHeapSmall } from '../../../src/cli/small-heap.ts';
import { NO_POLICY } from '../../../src/core/policy.ts';
import { allDifferences, reconcile } from '../../../src/pipeline/reconcile/reconcile.ts';
import { createPgPool } from '../../../src/write/postgres/pg-pool.ts';
import { createPostgresTarget } from '../../../src/write/postgres/postgres-target.ts';
import { openTargetReader } from '../../../src/write/postgres/target-reader.ts';
import { benchPlan } from '../load/wide-mapping.ts';
import { openDump, rowsInMemory } from '../load/wide-sources.ts';

/** One measured comparison in a process of its own: `reconcile-child.js URL memory|dump ROWS FOLDER [SHARE TURN]`. */
keepHeapSmall();
const [url = '', kind = '', rowsText = '0', folder = '', of = '1', turn = '0'] = process.argv.slice(2);
const pool = createPgPool({ url, max: 4, applicationName: 'ezd-migrate bench' });
const plan = await benchPlan(createPostgresTarget({ pool, office: 'UM-BENCH', ledgerSchema: 'bench_ledger' }));
const source = kind === 'memory' ? rowsInMemory(Number(rowsText)) : openDump(folder);
const threads = kind === 'memory' ? 0 : Math.max(1, availableParallelism() - 1);
const stages = createStages({ plan, policy: NO_POLICY, threads });
const started = performance.now();
const result = await reconcile(
  {
    plan,
    entities: plan.entities,
    units: null,
    sample: of === '1' ? null : { of: Number(of), turn: Number(turn) },
    partial: new Set(),
    unsettled: false,
    jobs: 1,
    limit: 10_000,
    now: Date.now(),
  },
  {
    source,
    reader: await openTargetReader({ pool, office: 'UM-BENCH', ledgerSchema: 'bench_ledger' }, plan.entities),
    stages,
    resolveUnits: () => Promise.resolve([]),
    emit: () => undefined,
    signal: new AbortController().signal,
  },
);
process.stdout.write(
  JSON.stringify({
    seconds: (performance.now() - started) / 1000,
    peakMb: process.resourceUsage().maxRSS / 1024,
    equal: result.equal,
    read: result.entities.map(({ counts }) => counts.read).reduce((sum, read) => sum + read, 0),
    differences: allDifferences(result).map(({ kind: what, key }) => ({ kind: what, key: Number(key) })),
  }),
);
await stages.close();
await source.close();
await pool.close();

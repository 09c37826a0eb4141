import { availableParallelism } from 'node:os';
import { createStages } from '../../../src/cli/open-stages.ts';
import { openStore } from '../../../src/cli/open-store.ts';
import { keepHeapSmall } from '../../../src/cli/small-heap.ts';
import type { Plan } from '../../../src/core/plan.ts';
import { compilePlan } from '../../../src/mapping/compile-plan.ts';
import { runPlan } from '../../../src/pipeline/run-plan.ts';
import { createCsvSource } from '../../../src/sources/csv/csv-source.ts';
import { TRANSFORMS } from '../../../src/transform/transforms/registry.ts';
import { makePolicy } from '../../../src/validate/explain.ts';
import { RULE_SIGNATURES } from '../../../src/validate/rule-book.ts';
import { setChecks } from '../../../src/validate/set-checks.ts';
import { DEFAULT_SET_CONTEXT } from '../../../src/validate/set-rule.ts';

/**
 * One measured load of a dump in a process of its own: `run-child.js URL DUMP none|record|all`, with no rules, the rules on single records, or those across records
 * too. Tells seconds of the clock, processor seconds of this process with its threads, and its peak memory.
 */
keepHeapSmall();
const [url = '', folder = '', rules = 'all'] = process.argv.slice(2);
const office = 'UM-BENCH';
const store = await openStore({ office, place: { kind: 'postgres', url }, connections: 4 });
const source = createCsvSource({ folder, dialect: {}, tables: {} });
const { plan: whole } = compilePlan({
  bundleDir: 'mappings/ezd-puw',
  office,
  timezone: 'Europe/Warsaw',
  transforms: TRANSFORMS,
  rules: RULE_SIGNATURES,
  source: await source.catalogue(),
  target: await store.target.catalogue(store.schema),
});
const policy = makePolicy(false, {});
const plan: Plan =
  rules === 'none' ? { ...whole, entities: whole.entities.map((entity) => ({ ...entity, rules: [] })) } : whole;
const stages = createStages({ plan, policy, threads: Math.max(1, availableParallelism() - 1) });
const started = performance.now();
const before = process.cpuUsage();
const { totals } = await runPlan(
  {
    plan,
    command: 'run',
    options: { entities: null, units: null, limit: null },
    batchRows: 20_000,
    batchBytes: 32 << 20,
    jobs: 2,
    checks: rules === 'all' ? setChecks(policy, { ...DEFAULT_SET_CONTEXT, schema: store.schema }) : [],
    toolVersion: 'bench',
    host: 'bench',
    user: 'bench',
    now: Date.parse('2026-01-15T12:00:00Z'),
  },
  {
    source,
    target: store.target,
    ledger: store.ledger,
    stages,
    resolveUnits: () => Promise.resolve([]),
    emit: () => undefined,
    signal: new AbortController().signal,
  },
);
const seconds = (performance.now() - started) / 1000;
const { user, system } = process.cpuUsage(before);
process.stdout.write(
  JSON.stringify({
    seconds,
    cpuSeconds: (user + system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
    rows: totals.read,
    loaded: totals.loaded,
    rejected: totals.rejected,
  }),
);
await stages.close();
await source.close();
await store.close();

import { createStages } from '../../../src/cli/open-stages.ts';
import { openStore, type Store } from '../../../src/cli/open-store.ts';
import { copyProjectContents } from '../../../src/cli/project-contents.ts';
import { VALUE_COLUMN } from '../../../src/contents/store-items.ts';
import type { ChangesPlan, Plan } from '../../../src/core/plan.ts';
import { NO_POLICY } from '../../../src/core/policy.ts';
import { compilePlan } from '../../../src/mapping/compile-plan.ts';
import { type RunPorts, type RunRequest, type RunSummary, runPlan } from '../../../src/pipeline/run-plan.ts';
import { foreseeSync } from '../../../src/pipeline/sync/foresee-sync.ts';
import { syncPlan } from '../../../src/pipeline/sync/sync-plan.ts';
import type {
  ForeseenEntity,
  SyncOptions,
  SyncPorts,
  SyncRequest,
  SyncSummary,
} from '../../../src/pipeline/sync/sync-request.ts';
import { createMssqlSource, type MssqlSource } from '../../../src/sources/mssql/mssql-source.ts';
import type { Source } from '../../../src/sources/source.ts';
import { TRANSFORMS } from '../../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../../src/validate/rule-book.ts';
import { createPostgresTarget } from '../../../src/write/postgres/postgres-target.ts';
import { createPostgresSyncStore } from '../../../src/write/postgres/sync/postgres-sync-store.ts';
import { readStore } from '../../contents/sample-office.ts';

const OFFICE = 'UM-NOCE';

/** Where a living office is; plain data, so that a process of its own can be told. */
export interface ServerPlace {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  readonly database: { readonly name: string };
}

/** A store that follows a living office. */
export interface OfficeStore {
  readonly plan: Plan;
  readonly store: Store;
  run(server: ServerPlace, now: number): Promise<RunSummary>;
  sync(server: ServerPlace, now: number, choice: NightChoice): Promise<SyncSummary>;
  foresee(server: ServerPlace, now: number, choice: NightChoice): Promise<readonly ForeseenEntity[]>;
  /** Copies the contents of what is loaded from `repository` and from the database into the folder `into`. Throws when one that a row names does not lie there whole. */
  copyContents(server: ServerPlace, repository: string, into: string): Promise<void>;
  /** Hash of every table, but for the moments at which contents were copied, and of the crosswalk. */
  fingerprint(): Promise<Readonly<Record<string, string>>>;
  /** Records that are kept out after the newest run, as `entity key codes`. */
  rejects(): Promise<readonly string[]>;
  /** Empties everything, so that the next run is a first load. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

export interface NightChoice {
  readonly changes: ChangesPlan;
  readonly signal?: AbortSignal;
  readonly emit?: RunPorts['emit'];
  readonly batchRows?: number;
  readonly options?: Partial<SyncOptions>;
}

export async function openOfficeStore(url: string, server: ServerPlace): Promise<OfficeStore> {
  const store = await openStore({ office: OFFICE, place: { kind: 'postgres', url }, connections: 4 });
  const first = sourceOf(server);
  const { plan } = compilePlan({
    bundleDir: 'mappings/ezd-puw',
    office: OFFICE,
    timezone: 'Europe/Warsaw',
    transforms: TRANSFORMS,
    rules: RULE_SIGNATURES,
    source: await first.catalogue(),
    target: await store.target.catalogue('ezd'),
    schema: 'ezd',
  });
  await first.close();
  return {
    plan,
    store,
    run: (server, now) =>
      using(server, async (source) => {
        const ports = portsOf(plan, source, store, {});
        return runPlan(requestOf(plan, 'run', now, 2000), ports).finally(() => ports.stages.close());
      }),
    sync: (server, now, choice) =>
      using(server, async (source) => {
        const [request, ports] = syncOf(plan, source, store, now, choice);
        return syncPlan(request, ports).finally(() => ports.stages.close());
      }),
    foresee: (server, now, choice) =>
      using(server, async (source) => {
        const [request, ports] = syncOf(plan, source, store, now, choice);
        return foreseeSync(request, ports).finally(() => ports.stages.close());
      }),
    copyContents: (server, repository, into) => copyContents(store, server, repository, into),
    fingerprint: () => fingerprint(store),
    rejects: () => rejectsOf(store),
    empty: () => empty(store),
    close: () => store.close(),
  };
}

function syncOf(plan: Plan, source: Source, store: Store, now: number, choice: NightChoice): [SyncRequest, SyncPorts] {
  const sync = { ...SYNC_OPTIONS, changes: choice.changes, ...choice.options };
  const ports = {
    ...portsOf(plan, source, store, choice),
    store: createPostgresSyncStore({ pool: store.pool, office: OFFICE, ledgerSchema: 'ezd_migrate' }),
  };
  return [{ ...requestOf(plan, 'sync', now, choice.batchRows ?? 2000), sync }, ports];
}

/** Everything equals a fresh load: what is rejected goes, keys are compared each night. */
const SYNC_OPTIONS: SyncOptions = {
  full: false,
  allowDeletes: true,
  goneShare: 1,
  goneAtLeast: 0,
  deletesEvery: 0,
  fullEvery: null,
  changes: { kind: 'compare' },
  rejected: 'remove',
  keepConflicts: true,
  settings: '',
};

const sourceOf = (server: ServerPlace, emit?: RunPorts['emit']): MssqlSource =>
  createMssqlSource(
    {
      server: server.host,
      port: server.port,
      database: server.database.name,
      user: server.user,
      password: server.password,
      encrypt: false,
      connections: 2,
    },
    emit === undefined ? {} : { emit },
  );

async function using<T>(server: ServerPlace, work: (source: Source) => Promise<T>): Promise<T> {
  const source = sourceOf(server);
  try {
    return await work(source);
  } finally {
    await source.close();
  }
}

async function copyContents(store: Store, server: ServerPlace, repository: string, into: string): Promise<void> {
  const source = sourceOf(server);
  const actor = { office: OFFICE, policy: NO_POLICY, toolVersion: 'test', host: 'here', user: 'me' };
  const { signal } = new AbortController();
  try {
    await copyProjectContents(store, actor, {
      roots: [repository],
      layout: { kind: 'flat' },
      storeRoot: into,
      timezone: 'Europe/Warsaw',
      jobs: 1,
      minFree: 0,
      openColumn: ({ key }) => source.readValue({ ...VALUE_COLUMN, key: Number(key) }, signal),
    });
  } finally {
    await source.close();
  }
  const lying = readStore(into);
  const named = await rowsOf(store, 'SELECT DISTINCT sha256 AS sum FROM ezd.tresc WHERE sha256 IS NOT NULL');
  const lost = named.filter(({ sum }) => !lying.has(sum));
  if (named.length === 0 || lost.length > 0) throw new Error(`${lost.length} of ${named.length} contents are lost`);
}

const requestOf = (plan: Plan, command: string, now: number, batchRows: number): RunRequest => ({
  plan,
  command,
  options: { entities: null, units: null, limit: null },
  batchRows,
  batchBytes: 8 << 20,
  jobs: 1,
  checks: [],
  toolVersion: 'test',
  host: 'here',
  user: 'me',
  now,
});

/** Targets of their own, so that nothing known from an earlier night is left in memory. */
const portsOf = (plan: Plan, source: Source, store: Store, choice: Partial<NightChoice>): RunPorts => ({
  source,
  target: createPostgresTarget({ pool: store.pool, office: OFFICE, ledgerSchema: 'ezd_migrate' }),
  ledger: store.ledger,
  stages: createStages({ plan, policy: NO_POLICY, threads: 0 }),
  resolveUnits: () => Promise.resolve([]),
  emit: choice.emit ?? (() => undefined),
  signal: choice.signal ?? new AbortController().signal,
});

async function fingerprint(store: Store): Promise<Record<string, string>> {
  const tables = await rowsOf<{ name: string }>(
    store,
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'ezd' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const each = tables.map(({ name }) => {
    const text = name === 'tresc' ? `(to_jsonb(t) - 'przeniesiono')::text` : 't::text';
    return `SELECT '${name}' AS name, count(*) || ' ' || coalesce(md5(string_agg(${text}, '|' ORDER BY id)), '') AS sum FROM ezd."${name}" t`;
  });
  each.push(
    `SELECT 'crosswalk', count(*) || ' ' || coalesce(md5(string_agg(e.name || x.target_id || x.row_hash, '|' ORDER BY x.target_id)), '')
     FROM ezd_migrate.crosswalk x JOIN ezd_migrate.entity e ON e.id = x.entity_id`,
  );
  const rows = await rowsOf<{ name: string; sum: string }>(store, `${each.join(' UNION ALL ')} ORDER BY 1`);
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]));
}

async function rowsOf<Row = { sum: string }>({ pool }: Store, sql: string): Promise<readonly Row[]> {
  const session = await pool.session();
  try {
    return await session.query<Row>(sql);
  } finally {
    await session.release();
  }
}

async function rejectsOf({ ledger }: Store): Promise<string[]> {
  const [newest] = await ledger.listRuns(OFFICE, 1);
  const rejects: string[] = [];
  for await (const { entity, key, reasons } of ledger.rejects(newest!.id, { standing: true }))
    rejects.push(`${entity} ${key} ${reasons.map(({ code }) => code).sort()}`);
  return rejects.sort();
}

async function empty({ pool }: Store): Promise<void> {
  const session = await pool.session();
  try {
    await session.query(`DO $$ BEGIN
      EXECUTE (SELECT 'TRUNCATE ' || string_agg(format('%I.%I', table_schema, table_name), ', ') || ' CASCADE' FROM information_schema.tables
        WHERE table_type = 'BASE TABLE' AND (table_schema = 'ezd' OR (table_schema = 'ezd_migrate' AND table_name NOT LIKE 'migrations%' AND table_name <> 'entity')));
    END $$`);
  } finally {
    await session.release();
  }
}

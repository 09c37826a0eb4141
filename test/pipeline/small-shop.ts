import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createStages } from '../../src/cli/open-stages.ts';
import type { RunEvent } from '../../src/core/events.ts';
import type { EntityPlan, Plan } from '../../src/core/plan.ts';
import { NO_POLICY } from '../../src/core/policy.ts';
import type { SourceRow } from '../../src/core/record.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import { createPostgresLedger } from '../../src/ledger/postgres-ledger.ts';
import { compilePlan } from '../../src/mapping/compile-plan.ts';
import { type RunPorts, type RunRequest, type RunSummary, runPlan } from '../../src/pipeline/run-plan.ts';
import { syncPlan } from '../../src/pipeline/sync/sync-plan.ts';
import type { SyncOptions, SyncSummary } from '../../src/pipeline/sync/sync-request.ts';
import { createMemorySource, type MemoryTable } from '../../src/sources/memory/memory-source.ts';
import type { Source } from '../../src/sources/source.ts';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';
import { createPostgresTarget } from '../../src/write/postgres/postgres-target.ts';
import { createPostgresSyncStore } from '../../src/write/postgres/sync/postgres-sync-store.ts';
import type { SqlPool } from '../../src/write/session.ts';
import type { Target } from '../../src/write/target.ts';
import { ledgerSql } from '../support/ledger-sql.ts';

/** A little office of three kinds: units in a tree, folders with an optional source folder, cases that need both. */
const TABLES = `
CREATE SCHEMA shop;
CREATE TABLE shop.unit (id uuid PRIMARY KEY, symbol text NOT NULL, id_parent uuid REFERENCES shop.unit);
CREATE TABLE shop.folder (id uuid PRIMARY KEY, title text NOT NULL, created timestamptz, id_copied_from uuid REFERENCES shop.folder, id_unit uuid REFERENCES shop.unit);
CREATE TABLE shop.case_file (id uuid PRIMARY KEY, sign text NOT NULL, id_folder uuid NOT NULL REFERENCES shop.folder, id_unit uuid NOT NULL REFERENCES shop.unit,
  year int2 CONSTRAINT year_is_plausible CHECK (year > 1900), amount numeric);
`;

const MAPPINGS: Readonly<Record<string, string>> = {
  'unit.yaml': `entity: unit
from: { table: dbo.Units, key: Id }
to: { table: shop.unit }
fields:
  symbol: { of: Symbol, do: [trim] }
  id_parent: { ref: unit, of: IdParent, late: true }
`,
  'folder.yaml': `entity: folder
from: { table: dbo.Folders, key: Id, where: { Deleted: null }, whereReason: deleted }
to: { table: shop.folder }
fields:
  title: { of: Title, do: [trim] }
  created: { of: Created, do: [localTime] }
  id_copied_from: { ref: folder, of: IdSource, late: true }
  id_unit: { ref: unit, of: IdUnit }
`,
  'case-file.yaml': `entity: case_file
from: { table: dbo.Cases, key: Id }
to: { table: shop.case_file }
fields:
  sign: { of: Sign, do: [trim] }
  id_folder: { ref: folder, of: IdFolder, required: true }
  id_unit: { ref: unit, of: IdUnit, required: true }
  year: Year
  amount: Amount
`,
};

/** What a shop is made of. */
export interface ShopDesign {
  /** Statements that make its tables. */
  readonly ddl: string;
  /** Mappings by file name. */
  readonly mappings: Readonly<Record<string, string>>;
  /** Source tables; their rows do not matter. */
  readonly source: readonly MemoryTable[];
  /** Target tables, for the fingerprint. */
  readonly tables: readonly string[];
}

export interface ShopData {
  readonly units: readonly SourceRow[];
  readonly folders: readonly SourceRow[];
  readonly cases: readonly SourceRow[];
}

/** A shop of `size` cases: deterministic, with every kind of trouble the write path knows. */
export function shopData(size: number): ShopData {
  const units = Array.from(
    { length: 12 },
    (_, i): SourceRow => [i + 1, `W${i + 1}`, i === 0 ? null : Math.ceil(i / 3)],
  );
  const folders = Array.from(
    { length: size },
    (_, i): SourceRow => [
      i + 1,
      i % 97 === 50 ? '' : `Teczka ${i} – Żółw`,
      i % 89 === 7 ? 'nonsense' : `2023-0${1 + (i % 9)}-1${i % 10} 0${i % 10}:15:00.000`,
      i % 11 === 3 ? (i % 22 === 3 ? size + 1000 + i : 1 + ((i * 7) % size)) : null,
      1 + (i % 12),
      i % 53 === 9 ? 1 : null,
    ],
  );
  const cases = Array.from(
    { length: size },
    (_, i): SourceRow => [
      i % 101 === 100 ? i - 50 : i + 1,
      `OR.120.${i}.2023`,
      i % 61 === 20 ? size + 5000 : i + 1,
      1 + ((i * 5) % 12),
      i % 47 === 30 ? 1812 : 2023,
      `${i}.${i % 100}`,
    ],
  );
  return { units, folders, cases };
}

export const tablesOf = ({ units, folders, cases }: ShopData): MemoryTable[] => [
  { name: 'dbo.Units', columns: ['Id', 'Symbol', 'IdParent'], primaryKey: ['Id'], rows: units },
  {
    name: 'dbo.Folders',
    columns: ['Id', 'Title', 'Created', 'IdSource', 'IdUnit', 'Deleted'],
    primaryKey: ['Id'],
    rows: folders,
  },
  {
    name: 'dbo.Cases',
    columns: ['Id', 'Sign', 'IdFolder', 'IdUnit', 'Year', 'Amount'],
    primaryKey: ['Id'],
    rows: cases,
  },
];

const SHOP: ShopDesign = {
  ddl: TABLES,
  mappings: MAPPINGS,
  source: tablesOf(shopData(1)),
  tables: ['shop.unit', 'shop.folder', 'shop.case_file'],
};

export interface Shop {
  readonly plan: Plan;
  readonly target: Target;
  readonly ledger: Ledger;
  readonly pool: SqlPool;
  run(source: Source, options?: ShopRun): Promise<RunSummary>;
  sync(source: Source, options?: ShopSync): Promise<SyncSummary>;
  /** Hash of every target table and of what the run counted, for comparing end states. */
  fingerprint(): Promise<Readonly<Record<string, string>>>;
}

export interface ShopRun {
  readonly batchRows?: number;
  readonly jobs?: number;
  readonly signal?: AbortSignal;
  readonly emit?: (event: RunEvent) => void;
  readonly limit?: number;
  readonly threads?: number;
}

export interface ShopSync extends ShopRun {
  readonly sync?: Partial<SyncOptions>;
  readonly now?: number;
  /** Keys of units that work in the new system already. */
  readonly frozenUnits?: readonly string[];
  readonly leavingUnits?: readonly string[];
  /** Changes the mappings. */
  readonly change?: (entity: EntityPlan) => EntityPlan;
}

/** Makes the shop's schemas in an empty database. */
export async function openShop(pool: SqlPool, design: ShopDesign = SHOP): Promise<Shop> {
  const session = await pool.session();
  await session.query(`${design.ddl} CREATE SCHEMA m; ${await ledgerSql('m')}`);
  await session.release();
  return useShop(pool, design);
}

/** The shop of a database that has its schemas. */
export async function useShop(pool: SqlPool, design: ShopDesign = SHOP): Promise<Shop> {
  const target = createPostgresTarget({ pool, office: 'UM-TEST', ledgerSchema: 'm' });
  const ledger = createPostgresLedger(pool, 'm');
  const plan = await compileShop(target, design);
  return {
    plan,
    target,
    ledger,
    pool,
    async run(source, options = {}) {
      const ports = portsOf(plan, source, target, ledger, options);
      try {
        return await runPlan(requestOf(plan, options), ports);
      } finally {
        await ports.stages.close();
      }
    },
    async sync(source, options = {}) {
      const { change = (entity) => entity } = options;
      const changed = { ...plan, entities: plan.entities.map(change) };
      const store = createPostgresSyncStore({ pool, office: 'UM-TEST', ledgerSchema: 'm' });
      const ports = { ...portsOf(changed, source, target, ledger, options), store };
      const { frozenUnits, leavingUnits } = options;
      const frozen = {
        ...(frozenUnits === undefined ? {} : { frozenUnits }),
        ...(leavingUnits === undefined ? {} : { leavingUnits }),
      };
      const request = { ...requestOf(changed, options), ...frozen };
      const sync = { ...SYNC_DEFAULTS, ...options.sync };
      try {
        return await syncPlan({ ...request, command: 'sync', now: options.now ?? request.now, sync }, ports);
      } finally {
        await ports.stages.close();
      }
    },
    fingerprint: () => fingerprint(pool, design.tables),
  };
}

const SYNC_DEFAULTS: SyncOptions = {
  full: false,
  allowDeletes: false,
  goneShare: 0.5,
  goneAtLeast: 1000,
  deletesEvery: 0,
  fullEvery: null,
  changes: { kind: 'compare' },
  rejected: 'keep',
  keepConflicts: true,
  settings: '',
};

async function compileShop(target: Target, { mappings, source }: ShopDesign): Promise<Plan> {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-shop-'));
  try {
    for (const [name, text] of Object.entries(mappings)) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
    }
    const catalogue = await target.catalogue('shop');
    const { plan } = compilePlan({
      bundleDir: folder,
      office: 'UM-TEST',
      timezone: 'Europe/Warsaw',
      transforms: TRANSFORMS,
      rules: RULE_SIGNATURES,
      source: await createMemorySource(source).catalogue(),
      target: catalogue,
      schema: 'shop',
      mappingSchema: 'shop',
    });
    return plan;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const requestOf = (plan: Plan, { batchRows = 500, jobs = 2, limit }: ShopRun): RunRequest => ({
  plan,
  command: 'run',
  options: { entities: null, units: null, limit: limit ?? null },
  batchRows,
  batchBytes: 8 << 20,
  jobs,
  checks: [],
  toolVersion: 'test',
  host: 'here',
  user: 'me',
  now: Date.UTC(2026, 0, 15),
});

const portsOf = (
  plan: Plan,
  source: Source,
  target: Target,
  ledger: Ledger,
  { signal, emit, threads = 0 }: ShopRun,
): RunPorts => ({
  source,
  target,
  ledger,
  stages: createStages({ plan, policy: NO_POLICY, threads }),
  resolveUnits: () => Promise.resolve([]),
  emit: emit ?? (() => undefined),
  signal: signal ?? new AbortController().signal,
});

async function fingerprint(pool: SqlPool, tables: readonly string[]): Promise<Record<string, string>> {
  const session = await pool.session();
  try {
    const sums: Record<string, string> = {};
    for (const table of tables) {
      const [row] = await session.query<{ sum: string }>(
        `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY id)), '') AS sum FROM ${table} t`,
      );
      sums[table] = row!.sum;
    }
    const [crosswalk] = await session.query<{ sum: string }>(
      `SELECT count(*) || ' ' || md5(string_agg(e.name || x.target_id || x.row_hash, '|' ORDER BY x.target_id)) AS sum FROM m.crosswalk x JOIN m.entity e ON e.id = x.entity_id`,
    );
    sums['crosswalk'] = crosswalk!.sum;
    const [rejects] = await session.query<{ sum: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(e.name || coalesce(legacy_key, '') || source || reasons, '|' ORDER BY e.name, legacy_key, source)), '') AS sum
       FROM m.reject j JOIN m.entity e ON e.id = j.entity_id WHERE run_id = (SELECT max(id) FROM m.run)`,
    );
    sums['rejects'] = rejects!.sum;
    return sums;
  } finally {
    await session.release();
  }
}

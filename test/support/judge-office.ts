import { join } from 'node:path';
import { createStages } from '../../src/cli/open-stages.ts';
import { openStore, type Store } from '../../src/cli/open-store.ts';
import type { Plan } from '../../src/core/plan.ts';
import { NO_POLICY } from '../../src/core/policy.ts';
import { compilePlan } from '../../src/mapping/compile-plan.ts';
import { runPlan } from '../../src/pipeline/run-plan.ts';
import { createCsvSource } from '../../src/sources/csv/csv-source.ts';
import type { Source } from '../../src/sources/source.ts';
import { TRANSFORM_SIGNATURES } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';
import { setChecks } from '../../src/validate/set-checks.ts';
import { DEFAULT_SET_CONTEXT } from '../../src/validate/set-rule.ts';
import { createLedgerNames } from '../../src/write/postgres/ledger-names.ts';
import { runSetChecks } from '../../src/write/postgres/run-set-checks.ts';
import type { SqlSession } from '../../src/write/session.ts';

/** A finding with the legacy table of its record, so that it can be held against the defects of the fixture office. */
export interface JudgedFinding {
  readonly code: string;
  readonly severity: string;
  readonly effect: string;
  readonly field: string | null;
  readonly value: string | null;
  readonly params: Readonly<Record<string, string | number>> | null;
  readonly entity: string;
  readonly table: string;
  readonly key: string | null;
}

const OFFICE = 'UM-PRZYKLADOWO';

/** Loads the dump in a folder into an embedded store, runs every rule on it, and answers all findings. */
export async function judgeOffice(folder: string, now: number): Promise<JudgedFinding[]> {
  const store = await openStore({ office: OFFICE, place: { kind: 'embedded', folder: null }, connections: 1 });
  const source = createCsvSource({ folder });
  try {
    const { plan } = compilePlan({
      bundleDir: join('mappings', 'ezd-puw'),
      office: OFFICE,
      timezone: 'Europe/Warsaw',
      transforms: TRANSFORM_SIGNATURES,
      rules: RULE_SIGNATURES,
      source: await source.catalogue(),
      target: await store.target.catalogue('ezd'),
    });
    await load(plan, source, store, now);
    const session = await store.pool.session();
    try {
      const names = createLedgerNames(OFFICE, 'ezd_migrate');
      const run = { id: 1, office: OFFICE, scoped: false };
      const checks = setChecks(NO_POLICY, DEFAULT_SET_CONTEXT);
      await runSetChecks(session, run, plan.entities, names, checks);
      const again = await runSetChecks(session, run, plan.entities, names, checks);
      if (again.size !== checks.length) throw new Error('a rule across records has no entity to judge');
      return await findings(session, plan);
    } finally {
      await session.release();
    }
  } finally {
    await source.close();
    await store.close();
  }
}

async function load(plan: Plan, source: Source, store: Store, now: number): Promise<void> {
  await runPlan(
    {
      plan,
      command: 'run',
      options: { entities: null, units: null, limit: null },
      batchRows: 20_000,
      batchBytes: 16 << 20,
      jobs: 1,
      checks: [],
      toolVersion: 'test',
      host: 'test',
      user: 'test',
      now,
    },
    {
      source,
      target: store.target,
      ledger: store.ledger,
      stages: createStages({ plan, policy: NO_POLICY, threads: 0 }),
      resolveUnits: () => Promise.resolve([]),
      emit: () => undefined,
      signal: new AbortController().signal,
    },
  );
}

async function findings(session: SqlSession, plan: Plan): Promise<JudgedFinding[]> {
  const rows = await session.query<Omit<JudgedFinding, 'table'>>(
    `SELECT e.name AS entity, f.legacy_key AS key, f.code, f.severity, f.effect, f.field, f.value, f.params
     FROM ezd_migrate.finding f JOIN ezd_migrate.entity e ON e.id = f.entity_id
     UNION ALL SELECT e.name, j.legacy_key, r->>'code', r->>'severity', r->>'effect', r->>'field', r->>'value', r->'params'
     FROM ezd_migrate.reject j JOIN ezd_migrate.entity e ON e.id = j.entity_id, jsonb_array_elements(j.reasons) r`,
  );
  const tables = new Map(plan.entities.map(({ name, from }) => [name, from.table.replace(/^dbo\./, '')]));
  return rows.map((row) => ({ ...row, table: tables.get(row.entity) ?? row.entity }));
}

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
import { DEFAULT_SET_CONTEXT, type SetRule } from '../../src/validate/set-rule.ts';
import { SET_RULES } from '../../src/validate/set-rules.ts';
import { LEGACY_KEY } from '../../src/write/postgres/settle-references.ts';
import type { SqlSession } from '../../src/write/session.ts';

/** A finding with the legacy table of its record, so that it can be held against the defects of the fixture office. */
export interface JudgedFinding {
  readonly code: string;
  readonly severity: string;
  readonly effect: string;
  readonly field: string | null;
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
      for (const rule of SET_RULES) await runSetRule(session, plan, rule);
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

async function runSetRule(session: SqlSession, plan: Plan, rule: SetRule): Promise<void> {
  for (const entity of plan.entities.filter(({ to }) => to.table === rule.table)) {
    const { code, severity, effect } = rule.entry;
    await session.query(
      `INSERT INTO ezd_migrate.finding (run_id, entity_id, legacy_key, code, severity, effect, field, value, params)
       SELECT 1, x.entity_id, ${LEGACY_KEY('x')}, $1, $2, $3, $4, r.value, r.params
       FROM (${rule.sql(DEFAULT_SET_CONTEXT)}) r JOIN ezd_migrate.crosswalk x ON x.target_id = r.id
       JOIN ezd_migrate.entity e ON e.id = x.entity_id AND e.name = $5`,
      [code, severity, effect, rule.field, entity.name],
    );
  }
}

async function findings(session: SqlSession, plan: Plan): Promise<JudgedFinding[]> {
  const rows = await session.query<Omit<JudgedFinding, 'table'>>(
    `SELECT e.name AS entity, f.legacy_key AS key, f.code, f.severity, f.effect, f.field
     FROM ezd_migrate.finding f JOIN ezd_migrate.entity e ON e.id = f.entity_id
     UNION SELECT e.name, j.legacy_key, r->>'code', r->>'severity', r->>'effect', r->>'field'
     FROM ezd_migrate.reject j JOIN ezd_migrate.entity e ON e.id = j.entity_id, jsonb_array_elements(j.reasons) r`,
  );
  const tables = new Map(plan.entities.map(({ name, from }) => [name, from.table.replace(/^dbo\./, '')]));
  return rows.map((row) => ({ ...row, table: tables.get(row.entity) ?? row.entity }));
}

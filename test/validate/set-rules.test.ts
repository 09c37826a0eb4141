import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { DEFAULT_SET_CONTEXT, type SetRule } from '../../src/validate/set-rule.ts';
import { SET_RULES } from '../../src/validate/set-rules.ts';
import { createKnex } from '../../src/write/postgres/knex.ts';
import { migrate } from '../../src/write/postgres/migrate.ts';
import { STORE_MIGRATIONS } from '../../src/write/postgres/schema/store-migrations.ts';
import { createDatabase, startEmbedded } from '../support/postgres.ts';
import { CASES, type Row, type SetRuleCase } from './set-rule-cases.ts';

const idOf = (key: number | string): string => `00000000-0000-8000-8000-${String(key).padStart(12, '0')}`;

/** Writes the rows without foreign keys, so that a case holds only what its rule looks at. */
async function give(trx: Knex.Transaction, given: SetRuleCase['given']): Promise<void> {
  await trx.raw('set local session_replication_role = replica');
  await trx.raw("set local timezone = 'Europe/Warsaw'");
  for (const [table, rows] of Object.entries(given)) {
    for (const row of rows) await trx.withSchema('ezd').table(table).insert(stored(row));
  }
}

function stored(row: Row): Record<string, unknown> {
  const { key, ...columns } = row;
  const values = Object.entries(columns).map(([name, value]) => [
    name,
    typeof value === 'string' && /^#\d+$/.test(value) ? idOf(value.slice(1)) : value,
  ]);
  return { id: idOf(String(key)), id_zrodla: String(key), ...Object.fromEntries(values) };
}

interface Found {
  readonly id: string;
  readonly value: string | null;
  readonly params: Record<string, string | number>;
}

async function run(knex: Knex, example: SetRuleCase, rule: SetRule): Promise<Found[]> {
  let found: Found[] = [];
  await knex
    .transaction(async (trx) => {
      await give(trx, example.given);
      const answer: { rows: Found[] } = await trx.raw(rule.sql(DEFAULT_SET_CONTEXT).replaceAll('?', '\\?'));
      found = answer.rows;
      throw new Undone();
    })
    .catch((error: unknown) => {
      if (!(error instanceof Undone)) throw error;
    });
  return found.sort((a, b) => (a.id < b.id ? -1 : 1));
}

class Undone extends Error {}

const STORES = [
  {
    name: 'the embedded store',
    open: async () => {
      const { db, close } = await startEmbedded();
      return { knex: createKnex({ kind: 'embedded', db }), close };
    },
  },
  {
    name: 'a PostgreSQL server',
    open: async () => {
      const { url, drop } = await createDatabase();
      return { knex: createKnex({ kind: 'postgres', url }), close: drop };
    },
  },
];

describe.each(STORES)('on $name a rule across records', ({ open }) => {
  let knex: Knex;
  let close: () => Promise<void>;
  beforeAll(async () => {
    ({ knex, close } = await open());
    await migrate(knex, { set: STORE_MIGRATIONS, schema: 'ezd', ledgerSchema: 'ezd_migrate' });
  });
  afterAll(async () => {
    await knex.destroy();
    await close();
  });

  test.each(CASES.map((example) => [example.code, example.title, example] as const))(
    '%s %s',
    async (code, _, example) => {
      const rule = SET_RULES.find(({ entry }) => entry.code === code)!;
      const found = await run(knex, example, rule);
      expect(found.map(({ id }) => Number(id.slice(-12)))).toEqual(example.finds.map(([key]) => key));
      for (const [index, [, params]] of example.finds.entries()) {
        expect(found[index]!.params).toMatchObject(params ?? {});
      }
    },
  );

  test.each(SET_RULES.map((rule) => [rule.entry.code, rule] as const))(
    '%s finds nothing in an empty store',
    async (code, rule) => {
      expect(await run(knex, { title: '', code, given: {}, finds: [] }, rule)).toEqual([]);
    },
  );
});

test('every rule across records has a case', () => {
  const tried = new Set(CASES.map(({ code }) => code));
  expect(SET_RULES.map(({ entry }) => entry.code).filter((code) => !tried.has(code))).toEqual([]);
});

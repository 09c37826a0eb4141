import type { Knex } from 'knex';
import { LEDGER_MIGRATIONS } from '../../src/ledger/ledger-migrations.ts';

/** The whole ledger as one SQL text: every migration in order, for a schema that is there. For tests and benchmarks that need no bookkeeping of migrations. */
export async function ledgerSql(schema: string): Promise<string> {
  const statements: string[] = [];
  const recorder = { raw: (statement: string) => Promise.resolve(statements.push(statement)) };
  for (const { up } of LEDGER_MIGRATIONS.migrations) await up(recorder as unknown as Knex, schema);
  return statements.map((statement) => `${statement};`).join('\n');
}

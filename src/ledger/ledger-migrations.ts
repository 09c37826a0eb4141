import type { MigrationSet } from '../write/postgres/schema/migration-set.ts';
import { contentTable } from './content-table.ts';
import { correctionTables } from './correction-tables.ts';
import { ledgerTables } from './ledger-tables.ts';
import { reconcileTables } from './reconcile-tables.ts';
import { reportTables } from './report-tables.ts';
import { rollbackTables } from './rollback-tables.ts';
import { runRecordTable } from './run-record-table.ts';
import { syncTables } from './sync-tables.ts';

/** A migration that runs statements; `statements` makes them for a quoted schema. */
const running = (
  name: string,
  statements: (schema: string) => readonly string[],
): MigrationSet['migrations'][number] => ({
  name,
  async up(trx, schema) {
    for (const statement of statements(`"${schema}"`)) await trx.raw(statement);
  },
});

/** Migrations of the ledger (`ezd_migrate`). */
export const LEDGER_MIGRATIONS: MigrationSet = {
  name: 'ledger',
  migrations: [
    running('0001_ledger', (s) =>
      ledgerTables(s)
        .split(/;\n/)
        .filter((statement) => statement.trim() !== ''),
    ),
    running('0002_content', contentTable),
    running('0003_correction', correctionTables),
    running('0004_sync', syncTables),
    running('0005_rollback', rollbackTables),
    running('0005_rollback_history', (s) => [
      `CREATE INDEX correction_use_record ON ${s}.correction_use (entity_id, legacy_key)`,
    ]),
    running('0007_reconcile', reconcileTables),
    running('0010_report', reportTables),
    running('0011_run_record', runRecordTable),
    running('0012_entity_numbers', (s) => [
      // Every run used to take a number for each entity it already knew, and there are 32,767 of them: after some two years of nights they would have been used up
      `SELECT setval(pg_get_serial_sequence('${s}.entity', 'id'), (SELECT coalesce(max(id), 0) + 1 FROM ${s}.entity), false)`,
    ]),
  ],
};

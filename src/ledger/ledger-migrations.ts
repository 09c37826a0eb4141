import type { MigrationSet } from '../write/postgres/schema/migration-set.ts';
import { contentTable } from './content-table.ts';
import { correctionTables } from './correction-tables.ts';
import { ledgerTables } from './ledger-tables.ts';
import { reconcileTables } from './reconcile-tables.ts';
import { reportTables } from './report-tables.ts';
import { rollbackTables } from './rollback-tables.ts';
import { runRecordTable } from './run-record-table.ts';
import { syncTables } from './sync-tables.ts';

/** Migrations of the ledger (`ezd_migrate`). */
export const LEDGER_MIGRATIONS: MigrationSet = {
  name: 'ledger',
  migrations: [
    {
      name: '0001_ledger',
      async up(trx, schema) {
        for (const statement of ledgerTables(`"${schema}"`).split(/;\n/))
          if (statement.trim() !== '') await trx.raw(statement);
      },
    },
    {
      name: '0002_content',
      async up(trx, schema) {
        for (const statement of contentTable(`"${schema}"`)) await trx.raw(statement);
      },
    },
    {
      name: '0003_correction',
      async up(trx, schema) {
        for (const statement of correctionTables(`"${schema}"`)) await trx.raw(statement);
      },
    },
    {
      name: '0004_sync',
      async up(trx, schema) {
        for (const statement of syncTables(`"${schema}"`)) await trx.raw(statement);
      },
    },
    {
      name: '0005_rollback',
      async up(trx, schema) {
        for (const statement of rollbackTables(`"${schema}"`)) await trx.raw(statement);
      },
    },
    {
      name: '0005_rollback_history',
      async up(trx, schema) {
        await trx.raw(`CREATE INDEX correction_use_record ON "${schema}".correction_use (entity_id, legacy_key)`);
      },
    },
    {
      name: '0007_reconcile',
      async up(trx, schema) {
        for (const statement of reconcileTables(`"${schema}"`)) await trx.raw(statement);
      },
    },
    {
      name: '0010_report',
      async up(trx, schema) {
        for (const statement of reportTables(`"${schema}"`)) await trx.raw(statement);
      },
    },
    {
      name: '0011_run_record',
      async up(trx, schema) {
        for (const statement of runRecordTable(`"${schema}"`)) await trx.raw(statement);
      },
    },
  ],
};

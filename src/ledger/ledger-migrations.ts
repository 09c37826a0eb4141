import type { MigrationSet } from '../write/postgres/schema/migration-set.ts';
import { ledgerTables } from './ledger-tables.ts';

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
  ],
};

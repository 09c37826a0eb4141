import { installTables } from './install-tables.ts';
import type { MigrationSet } from './migration-set.ts';
import { STORE_TABLES } from './store-tables.ts';

/** Migrations of the new store (`ezd`). */
export const STORE_MIGRATIONS: MigrationSet = {
  name: 'store',
  migrations: [{ name: '0001_store', up: (trx, schema) => installTables(trx, schema, STORE_TABLES) }],
};

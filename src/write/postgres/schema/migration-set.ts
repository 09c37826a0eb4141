import type { Knex } from 'knex';

/** One step of a schema. Its name sorts in order of application and never changes once released (`0001_store`). */
export interface SchemaMigration {
  readonly name: string;
  /** Runs inside the transaction of the whole installation; `schema` exists already. */
  up(trx: Knex, schema: string): Promise<void>;
}

/** The migrations of one schema, in order. The program is shipped compiled, so they are listed, not found in a folder. */
export interface MigrationSet {
  /** `store` (default schema `ezd`) or `ledger` (`ezd_migrate`). */
  readonly name: 'store' | 'ledger';
  readonly migrations: readonly SchemaMigration[];
}

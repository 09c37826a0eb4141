import type { Knex } from 'knex';
import { EzdError } from '../../core/errors.ts';
import type { MigrationSet } from './schema/migration-set.ts';

/** Schemas of a store: the store itself and the ledger, which also holds the bookkeeping of migrations of both. */
export const DEFAULT_SCHEMA = 'ezd';
export const DEFAULT_LEDGER_SCHEMA = 'ezd_migrate';

export interface MigrateOptions {
  readonly set: MigrationSet;
  /** Schema that the set's tables live in. A dry run names a scratch schema. */
  readonly schema: string;
  /** Schema of the bookkeeping tables (`migrations_<schema>`). */
  readonly ledgerSchema: string;
}

/** What a database has and what this program brings, by names of migrations. */
export interface MigrationStatus {
  readonly installed: readonly string[];
  readonly pending: readonly string[];
  /** In the database, but unknown to this program: a newer program was here. */
  readonly unknown: readonly string[];
  readonly state: 'absent' | 'behind' | 'current' | 'newer';
}

/**
 * Brings a schema to the version of this program, in one transaction: killed in the middle, nothing has happened. Run again, it does nothing;
 * several at once wait for each other. Returns the names of the migrations that ran. Refuses a newer database (`TARGET_NEWER`).
 */
export async function migrate(knex: Knex, options: MigrateOptions): Promise<readonly string[]> {
  const { set, schema, ledgerSchema } = options;
  checkSchemaNames(schema, ledgerSchema);
  const work = knex.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(hashtextextended(?, 0))', [`ezd-migrate migrations ${ledgerSchema}`]);
    refuseNewer(await migrationStatus(trx, options), options);
    await createSchema(trx, schema);
    await createSchema(trx, ledgerSchema);
    const [, names] = (await trx.migrate.latest({
      migrationSource: sourceOf(set, schema),
      schemaName: ledgerSchema,
      tableName: bookkeepingTable(schema),
    })) as [number, string[]];
    return names;
  });
  return work.catch((error: unknown) => {
    throw isRightsFault(error) ? rightsError(options, error) : error;
  });
}

/** Compares the database with this program. Writes nothing. */
export async function migrationStatus(knex: Knex, options: MigrateOptions): Promise<MigrationStatus> {
  const installed = await installedNames(knex, options);
  const bundled = options.set.migrations.map(({ name }) => name);
  const pending = bundled.filter((name) => !installed.includes(name));
  const unknown = installed.filter((name) => !bundled.includes(name));
  const state =
    unknown.length > 0 ? 'newer' : pending.length === 0 ? 'current' : installed.length === 0 ? 'absent' : 'behind';
  return { installed, pending, unknown, state };
}

/** Throws `TARGET_NEWER` when a newer program has changed the schema. Commands that write call it (or `migrate`) first. */
export function refuseNewer(status: MigrationStatus, options: MigrateOptions): void {
  const [first] = status.unknown;
  if (first === undefined) return;
  throw new EzdError('TARGET_NEWER', `The database has migration ${first} that this program does not know`, {
    subject: `schema ${options.schema}`,
    hint: 'Use the version of ezd-migrate that was used on this database last, or a newer one.',
  });
}

/** SQLSTATE insufficient_privilege. */
const isRightsFault = (error: unknown): boolean => (error as { code?: unknown }).code === '42501';

function rightsError({ schema, ledgerSchema }: MigrateOptions, cause: unknown): EzdError {
  return new EzdError('TARGET_RIGHTS', 'The account may not create or change the schemas of the store', {
    subject: `schemas ${schema}, ${ledgerSchema}`,
    hint: 'As an administrator: grant create on database … to the account, or make it the owner of both schemas.',
    cause,
  });
}

async function installedNames(knex: Knex, { schema, ledgerSchema }: MigrateOptions): Promise<string[]> {
  const table = bookkeepingTable(schema);
  if (!(await knex.schema.withSchema(ledgerSchema).hasTable(table))) return [];
  return knex.withSchema(ledgerSchema).table(table).orderBy('id').pluck('name');
}

async function createSchema(trx: Knex, schema: string): Promise<void> {
  const known = await trx.table('pg_namespace').where('nspname', schema).first('nspname');
  if (known === undefined) await trx.raw('create schema ??', [schema]);
}

const bookkeepingTable = (schema: string): string => `migrations_${schema}`;

function sourceOf(set: MigrationSet, schema: string): Knex.MigrationSource<MigrationSet['migrations'][number]> {
  return {
    getMigrations: async () => [...set.migrations],
    getMigrationName: ({ name }) => name,
    getMigration: async (migration) => ({
      up: (trx) => migration.up(trx, schema),
      down: () => {
        throw new EzdError('INTERNAL', `migration ${migration.name} cannot be taken back`);
      },
    }),
  };
}

/** Names are used inside constraint names and file names, so they are kept plain; the limit leaves room for `migrations_…_lock`. */
function checkSchemaNames(...names: string[]): void {
  for (const name of names) {
    if (/^[a-z_][a-z0-9_]{0,39}$/.test(name) && !name.startsWith('pg_')) continue;
    throw new EzdError('CONFIG', `"${name}" cannot be the name of a schema`, {
      hint: 'Use up to 40 small letters, digits and underscores, not starting with a digit or with pg_.',
    });
  }
}

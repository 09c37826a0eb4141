import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Knex } from 'knex';
import { EzdError } from '../core/errors.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { LEDGER_MIGRATIONS } from '../ledger/ledger-migrations.ts';
import { createPostgresLedger } from '../ledger/postgres-ledger.ts';
import { createKnex } from '../write/postgres/knex.ts';
import {
  DEFAULT_LEDGER_SCHEMA,
  DEFAULT_SCHEMA,
  migrate,
  migrationStatus,
  refuseNewer,
} from '../write/postgres/migrate.ts';
import { createPgPool } from '../write/postgres/pg-pool.ts';
import { createPglitePool } from '../write/postgres/pglite-pool.ts';
import { createPostgresTarget } from '../write/postgres/postgres-target.ts';
import { STORE_MIGRATIONS } from '../write/postgres/schema/store-migrations.ts';
import { SqlError, type SqlPool } from '../write/session.ts';
import type { Target } from '../write/target.ts';
import { retrying } from '../write/wrap/retry.ts';
import { openEmbedded } from './open-embedded.ts';

/** Where the new store is. */
export type StorePlace =
  | { readonly kind: 'postgres'; readonly url: string }
  /** `folder` null: in memory, gone with the process (dry runs, tests). */
  | { readonly kind: 'embedded'; readonly folder: string | null };

export interface StoreOptions {
  readonly office: string;
  readonly place: StorePlace;
  /** Schema of the store; default `ezd`. */
  readonly schema?: string;
  /** Schema of the ledger; default `ezd_migrate`. */
  readonly ledgerSchema?: string;
  /** Connections at most. */
  readonly connections: number;
}

/** The opened store: target, ledger and the pool that both use. */
export interface Store {
  readonly pool: SqlPool;
  readonly target: Target;
  readonly ledger: Ledger;
  readonly schema: string;
  readonly ledgerSchema: string;
  close(): Promise<void>;
}

/** Opens the store and brings its schemas to this program's version. Throws EzdError TARGET_…. */
export async function openStore(options: StoreOptions): Promise<Store> {
  const { schema = DEFAULT_SCHEMA, ledgerSchema = DEFAULT_LEDGER_SCHEMA } = options;
  const opened = await openPool(options);
  try {
    await retrying(
      () => install(opened, schema, ledgerSchema),
      'schema',
      () => undefined,
      new AbortController().signal,
    );
  } catch (error) {
    await opened.close();
    throw error;
  }
  return storeOf(options, opened);
}

/** Brings both schemas to this program's version; each in one transaction, so it may be repeated after a lost connection. */
async function install(opened: OpenedPool, schema: string, ledgerSchema: string): Promise<void> {
  const knex = opened.knex();
  try {
    await migrate(knex, { set: LEDGER_MIGRATIONS, schema: ledgerSchema, ledgerSchema });
    await migrate(knex, { set: STORE_MIGRATIONS, schema, ledgerSchema });
  } catch (error) {
    throw installFault(error);
  } finally {
    await knex.destroy();
  }
}

/** What knex threw, in the words of the write path, so that a fault of the connection can be tried again. */
function installFault(error: unknown): unknown {
  if (error instanceof EzdError) return error;
  const { code, message } = error as { code?: string; message: string };
  const lost = code === undefined || !/^[0-9A-Z]{5}$/.test(code);
  return new SqlError(message, lost ? '08006' : code, { cause: error });
}

/** Whether a store was begun there; changes nothing. Throws EzdError TARGET_…. */
export async function storeIsThere(options: StoreOptions): Promise<boolean> {
  const { place } = options;
  if (place.kind === 'embedded') return place.folder !== null && existsSync(join(place.folder, 'PG_VERSION'));
  const store = await openExistingStore(options);
  await store?.close();
  return store !== null;
}

/** Opens a store that is there already and changes nothing in it; null when there is none yet. Throws EzdError TARGET_…. */
export async function openExistingStore(options: StoreOptions): Promise<Store | null> {
  const { place, ledgerSchema = DEFAULT_LEDGER_SCHEMA } = options;
  if (place.kind === 'embedded' && (place.folder === null || !existsSync(join(place.folder, 'PG_VERSION'))))
    return null;
  const opened = await openPool(options);
  try {
    const knex = opened.knex();
    try {
      const ledger = { set: LEDGER_MIGRATIONS, schema: ledgerSchema, ledgerSchema };
      const status = await migrationStatus(knex, ledger);
      refuseNewer(status, ledger);
      if (status.state !== 'absent') return storeOf(options, opened);
    } finally {
      await knex.destroy();
    }
  } catch (error) {
    await opened.close();
    throw error;
  }
  await opened.close();
  return null;
}

function storeOf(options: StoreOptions, { pool, close }: OpenedPool): Store {
  const { office, schema = DEFAULT_SCHEMA, ledgerSchema = DEFAULT_LEDGER_SCHEMA } = options;
  return {
    pool,
    schema,
    ledgerSchema,
    target: createPostgresTarget({ pool, office, ledgerSchema }),
    ledger: createPostgresLedger(pool, ledgerSchema),
    close,
  };
}

interface OpenedPool {
  readonly pool: SqlPool;
  knex(): Knex;
  close(): Promise<void>;
}

async function openPool({ place, connections }: StoreOptions): Promise<OpenedPool> {
  if (place.kind === 'postgres') {
    const pool = createPgPool({ url: place.url, max: connections + 2, applicationName: 'ezd-migrate' });
    await (await pool.session()).release();
    return { pool, knex: () => createKnex({ kind: 'postgres', url: place.url }), close: () => pool.close() };
  }
  const { folder } = place;
  const { db, unlock } = await openEmbedded(folder);
  const pool = createPglitePool(db, { folder });
  const close = async (): Promise<void> => {
    await pool.close();
    unlock();
  };
  return { pool, knex: () => createKnex({ kind: 'embedded', db }), close };
}

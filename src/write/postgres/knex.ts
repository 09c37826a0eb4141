import type { PGlite } from '@electric-sql/pglite';
import knexModule, { type Knex } from 'knex';
import { types } from 'pg';
import { PgliteClient } from './pglite-client.ts';
import { VALUE_PARSERS } from './value-parsers.ts';

/** knex would print failures of migrations to stdout, where only documented output belongs; the errors themselves reach the caller. */
const quiet = (): void => undefined;
const SILENT: Knex.Logger = { warn: quiet, error: quiet, debug: quiet, deprecate: quiet };

/** Where the store is: a server, or a PostgreSQL inside this process. */
export type StoreConnection =
  | {
      readonly kind: 'postgres';
      /** `postgres://user@host/database`; may hold a password, so never log it. */
      readonly url: string;
      /** Most connections at once; default 4. */
      readonly maxConnections?: number;
    }
  | { readonly kind: 'embedded'; readonly db: PGlite };

/**
 * knex on a store. Both kinds give equal values: int8 as number (as text where a number cannot hold it), numeric and date as text,
 * timestamptz as Date. `destroy()` closes the connections to a server; an embedded database is closed by whoever opened it.
 */
export function createKnex(connection: StoreConnection): Knex {
  if (connection.kind === 'embedded') {
    const { db } = connection;
    return knexModule({
      client: PgliteClient as unknown as typeof Knex.Client,
      connection: { pglite: db } as object,
      pool: { min: 1, max: 1 },
      log: SILENT,
    });
  }
  return knexModule({
    client: 'pg',
    connection: {
      connectionString: connection.url,
      application_name: 'ezd-migrate',
      types: { getTypeParser: parserOf } as typeof types,
    } as Knex.PgConnectionConfig,
    pool: { min: 0, max: connection.maxConnections ?? 4 },
    log: SILENT,
  });
}

function parserOf(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  const own = format === 'binary' ? undefined : VALUE_PARSERS[oid];
  return own ?? (types.getTypeParser(oid as never, format as never) as (value: string) => unknown);
}

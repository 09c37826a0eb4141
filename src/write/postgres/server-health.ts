import type { SqlSession } from '../session.ts';

/** What a PostgreSQL says of itself, of the connection and of the role that is logged in. */
export interface ServerHealth {
  /** `server_version_num`. */
  readonly version: number;
  readonly encoding: string;
  readonly collation: string;
  readonly collationVersion: string | null;
  readonly collationActual: string | null;
  readonly tls: boolean;
  /** The connection stays on the machine of the server: a local socket, or the loop-back address. */
  readonly local: boolean;
  readonly standby: boolean;
  readonly readOnly: boolean;
  readonly maxConnections: number;
  readonly fsync: boolean;
  /** Seconds since 1970 by the server's clock. */
  readonly clock: number;
  readonly role: {
    readonly name: string;
    readonly superuser: boolean;
    readonly more: readonly string[];
    readonly create: boolean;
    readonly schemas: readonly { readonly name: string; readonly create: boolean }[];
  };
}

interface HealthRow {
  readonly version: number;
  readonly encoding: string;
  readonly collation: string;
  readonly tls: boolean;
  readonly local: boolean;
  readonly standby: boolean;
  readonly read_only: boolean;
  readonly max_connections: number;
  readonly fsync: boolean;
  readonly clock: number;
  readonly role: string;
  readonly superuser: boolean;
  readonly more: string;
  readonly may_create: boolean;
}

/** Asks; changes nothing. `schemas`: names of the schemas whose rights are asked for. */
export async function readServerHealth(session: SqlSession, schemas: readonly string[]): Promise<ServerHealth> {
  const [row] = await session.query<HealthRow>(HEALTH);
  const { version, read_only: readOnly, max_connections: maxConnections, ...rest } = row!;
  const there = await session.query<{ name: string; may_create: boolean }>(
    `SELECT nspname AS name, has_schema_privilege(oid, 'CREATE') AS may_create FROM pg_namespace WHERE nspname = ANY (string_to_array($1, ','))`,
    [schemas.join(',')],
  );
  const [collationVersion, collationActual] = version < 150_000 ? [null, null] : await collationVersions(session);
  const { encoding, collation, tls, local, standby, fsync, clock, role, superuser, more, may_create: create } = rest;
  return {
    ...{ version, encoding, collation, collationVersion, collationActual, tls, local, standby, readOnly },
    ...{ maxConnections, fsync, clock },
    role: {
      name: role,
      superuser,
      more: more.split(' ').filter((word) => word !== ''),
      create,
      schemas: there.map(({ name, may_create }) => ({ name, create: may_create })),
    },
  };
}

const HEALTH = `
SELECT current_setting('server_version_num')::int AS version, pg_encoding_to_char(d.encoding) AS encoding, d.datcollate AS collation,
  coalesce((SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()), false) AS tls,
  (inet_server_addr() IS NULL OR host(inet_server_addr()) = host(inet_client_addr())) AS local,
  pg_is_in_recovery() AS standby, current_setting('default_transaction_read_only')::bool AS read_only,
  current_setting('max_connections')::int AS max_connections, current_setting('fsync')::bool AS fsync,
  extract(epoch FROM clock_timestamp())::float8 AS clock, r.rolname AS role, r.rolsuper AS superuser,
  concat_ws(' ', CASE WHEN r.rolcreaterole THEN 'CREATEROLE' END, CASE WHEN r.rolcreatedb THEN 'CREATEDB' END,
    CASE WHEN r.rolreplication THEN 'REPLICATION' END, CASE WHEN r.rolbypassrls THEN 'BYPASSRLS' END) AS more,
  has_database_privilege(current_database(), 'CREATE') AS may_create
FROM pg_database d, pg_roles r WHERE d.datname = current_database() AND r.rolname = current_user`;

async function collationVersions(session: SqlSession): Promise<readonly [string | null, string | null]> {
  const [row] = await session.query<{ made: string | null; actual: string | null }>(
    `SELECT datcollversion AS made, pg_database_collation_actual_version(oid) AS actual FROM pg_database WHERE datname = current_database()`,
  );
  return [row?.made ?? null, row?.actual ?? null];
}

/** Minutes that the zone is ahead of UTC at the given moments, as the server knows it; null: it does not know the zone. */
export async function readZoneOffsets(
  session: SqlSession,
  zone: string,
  moments: readonly Date[],
): Promise<readonly number[] | null> {
  const [known] = await session.query('SELECT 1 AS known FROM pg_timezone_names WHERE name = $1', [zone]);
  if (known === undefined) return null;
  const rows = await session.query<{ minutes: number }>(
    `SELECT (extract(epoch FROM (m AT TIME ZONE $1::text) - (m AT TIME ZONE 'UTC')) / 60)::int AS minutes
     FROM unnest(string_to_array($2, ',')::timestamptz[]) WITH ORDINALITY AS t (m, i) ORDER BY i`,
    [zone, moments.map((moment) => moment.toISOString()).join(',')],
  );
  return rows.map(({ minutes }) => minutes);
}

/**
 * Writes and takes it back: a schema with a table and a row, and a table in each schema of the store that is there, in a transaction that is rolled
 * back. Throws SqlError when the server does not let it.
 */
export async function tryWriting(session: SqlSession, schemas: readonly string[]): Promise<void> {
  const name = `ezd_migrate_doctor_${process.pid}`;
  const there = await session.query<{ name: string }>(
    `SELECT nspname AS name FROM pg_namespace WHERE nspname = ANY (string_to_array($1, ','))`,
    [schemas.join(',')],
  );
  const own = there.length < schemas.length ? [`CREATE SCHEMA "${name}"`] : [];
  const places = [...there.map((schema) => schema.name), ...(own.length > 0 ? [name] : [])];
  await session.query('BEGIN');
  try {
    for (const statement of own) await session.query(statement);
    for (const place of places) {
      const table = `"${place.replaceAll('"', '""')}"."${name}"`;
      await session.query(`CREATE TABLE ${table} (id int PRIMARY KEY)`);
      await session.query(`INSERT INTO ${table} VALUES (1)`);
    }
  } finally {
    await session.query('ROLLBACK');
  }
}

/** Who holds the office's lock, as a person would say it; null: nobody. `key`: the text that the ledger hashes. */
export async function readLockHolder(session: SqlSession, key: string): Promise<string | null> {
  const [row] = await session.query<{ pid: number; client: string | null; since: string }>(
    `SELECT l.pid, host(a.client_addr) AS client, to_char(a.backend_start, 'YYYY-MM-DD HH24:MI') AS since
     FROM pg_locks l LEFT JOIN pg_stat_activity a USING (pid)
     WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1 AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
       AND ((l.classid::bigint << 32) | l.objid::bigint) = hashtextextended($1, 4711) LIMIT 1`,
    [key],
  );
  if (row === undefined) return null;
  return `${row.client ?? 'local'}, PostgreSQL process ${row.pid}, connected ${row.since}`;
}

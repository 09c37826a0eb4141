import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { EzdError } from '../../core/errors.ts';
import {
  type Int64Array,
  SqlError,
  type SqlParameter,
  type SqlPool,
  type SqlSession,
  type UuidArray,
} from '../session.ts';
import { copyChunks } from './copy-frame.ts';

const OID = { int8: 20, uuid: 2950 } as const;

export interface PgPoolOptions {
  readonly url: string;
  /** Upper bound of connections. */
  readonly max: number;
  /** Shown in pg_stat_activity. */
  readonly applicationName: string;
}

/** Sessions on a PostgreSQL server. */
export function createPgPool(options: PgPoolOptions): SqlPool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    application_name: options.applicationName,
    connectionTimeoutMillis: 15_000,
    keepAlive: true,
  });
  pool.on('error', () => undefined);
  return {
    kind: 'postgres',
    maxSessions: options.max,
    async session() {
      try {
        return pgSession(await pool.connect());
      } catch (error) {
        throw connectFault(error, options.url);
      }
    },
    close: () => pool.end(),
  };
}

function pgSession(client: pg.PoolClient): SqlSession {
  client.removeAllListeners('error');
  client.on('error', () => undefined);
  return {
    async query<Row>(sql: string, parameters: readonly SqlParameter[] = []): Promise<Row[]> {
      try {
        const result = await client.query(sql, parameters.map(encodeParameter));
        return (Array.isArray(result) ? [] : result.rows) as Row[];
      } catch (error) {
        throw sqlFault(error);
      }
    },
    async copy(target, images) {
      const stream = client.query(copyFrom(`COPY ${target} FROM STDIN (FORMAT binary)`));
      try {
        await pipeline(Readable.from(copyChunks(images), { objectMode: false, highWaterMark: 1 << 20 }), stream);
      } catch (error) {
        throw sqlFault(error);
      }
    },
    async *copyOut(query) {
      const stream = client.query(copyTo(`COPY (${query}) TO STDOUT (FORMAT binary)`, { highWaterMark: 1 << 18 }));
      try {
        for await (const chunk of stream) yield chunk as Uint8Array;
      } catch (error) {
        throw sqlFault(error);
      }
    },
    release(broken = false) {
      client.release(broken);
      return Promise.resolve();
    },
  };
}

function encodeParameter(parameter: SqlParameter): unknown {
  if (typeof parameter !== 'object' || parameter === null) return parameter;
  return encodeArray(parameter);
}

/** PostgreSQL's binary form of a one-dimensional array without NULLs. */
function encodeArray(array: UuidArray | Int64Array): Buffer {
  const [oid, width] = array.kind === 'uuid[]' ? [OID.uuid, 16] : [OID.int8, 8];
  const count = array.bytes.length / width;
  const out = Buffer.allocUnsafe(20 + count * (width + 4));
  out.writeInt32BE(count === 0 ? 0 : 1, 0);
  out.writeInt32BE(0, 4);
  out.writeInt32BE(oid, 8);
  if (count === 0) return out.subarray(0, 12);
  out.writeInt32BE(count, 12);
  out.writeInt32BE(1, 16);
  for (let i = 0, at = 20; i < count; i++, at += width + 4) {
    out.writeInt32BE(width, at);
    out.set(array.bytes.subarray(i * width, (i + 1) * width), at + 4);
  }
  return out;
}

/** Everything that is not a word of the server is a fault of the connection (class 08). */
function sqlFault(error: unknown): Error {
  if (error instanceof pg.DatabaseError && error.code !== undefined) {
    return new SqlError(error.message, error.code, {
      cause: error,
      ...(error.detail === undefined ? {} : { detail: error.detail }),
      ...(error.constraint === undefined ? {} : { constraint: error.constraint }),
      ...(error.column === undefined ? {} : { column: error.column }),
    });
  }
  return new SqlError(error instanceof Error ? error.message : String(error), '08006', { cause: error });
}

function connectFault(error: unknown, url: string): Error {
  const place = placeOf(url);
  if (error instanceof pg.DatabaseError) {
    const login = error.code?.startsWith('28') ?? false;
    return new EzdError('TARGET_UNREACHABLE', `PostgreSQL at ${place} refused the connection: ${error.message}.`, {
      subject: place,
      hint: login
        ? 'Check user, password and pg_hba.conf.'
        : 'Check that the database exists and the user may connect.',
      polish: {
        message: `PostgreSQL ${place} odrzucił połączenie: ${error.message}.`,
        hint: login
          ? 'Sprawdź użytkownika, hasło i pg_hba.conf.'
          : 'Sprawdź, czy baza istnieje i czy użytkownik może się z nią połączyć.',
      },
      cause: error,
      retryable: /^(57P0|53300)/.test(error.code ?? ''),
    });
  }
  const reason = error instanceof Error ? error.message || (error as NodeJS.ErrnoException).code : String(error);
  return new EzdError('TARGET_UNREACHABLE', `PostgreSQL at ${place} does not answer: ${reason}.`, {
    subject: place,
    hint: 'Check target.url in the project file, that the server runs and that a firewall lets the port through.',
    polish: {
      message: `PostgreSQL ${place} nie odpowiada: ${reason}.`,
      hint: 'Sprawdź target.url w pliku projektu, czy serwer działa i czy zapora przepuszcza port.',
    },
    cause: error,
    retryable: true,
  });
}

/** Host, port and database of a URL; never user or password. */
function placeOf(url: string): string {
  try {
    const { hostname, port, pathname } = new URL(url);
    return `${hostname === '' ? 'localhost' : hostname}:${port === '' ? '5432' : port}${pathname}`;
  } catch {
    return 'the address in target.url';
  }
}

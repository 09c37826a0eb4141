import type { PGlite } from '@electric-sql/pglite';
import { uuidText } from '../../core/target-id.ts';
import { SqlError, type SqlParameter, type SqlPool, type SqlSession } from '../session.ts';
import { copyChunks } from './copy-frame.ts';
import { requireRoom } from './embedded-room.ts';

/** Bytes on disk a byte of a COPY may become: table, indexes, log. */
const COPY_GROWTH = 4;

export interface PglitePoolOptions {
  /** Default true. */
  readonly closeDatabase?: boolean;
  /** Where the database lies: every COPY first looks whether its disk has room. null, the default: in memory. */
  readonly folder?: string | null;
}

/**
 * Sessions on the embedded database: a PostgreSQL inside this process. It has one connection, so sessions take turns: a session is handed out when
 * the one before it was given back.
 */
export function createPglitePool(database: PGlite, options: PglitePoolOptions = {}): SqlPool {
  const { closeDatabase = true, folder = null } = options;
  let turn: Promise<void> = Promise.resolve();
  return {
    kind: 'embedded',
    maxSessions: 1,
    async session() {
      const before = turn;
      let done: () => void = () => undefined;
      turn = new Promise((resolve) => {
        done = resolve;
      });
      await before;
      return pgliteSession(database, folder, done);
    },
    async close() {
      if (closeDatabase && !database.closed) await database.close();
    },
  };
}

function pgliteSession(database: PGlite, folder: string | null, done: () => void): SqlSession {
  return {
    async query<Row>(sql: string, parameters: readonly SqlParameter[] = []): Promise<Row[]> {
      try {
        if (parameters.length === 0) return ((await database.exec(sql)).at(-1)?.rows ?? []) as Row[];
        return (await database.query<Row>(sql, parameters.map(encodeParameter))).rows;
      } catch (error) {
        throw sqlFault(error);
      }
    },
    async copy(target, images) {
      if (folder !== null) requireRoom(folder, images.reduce((sum, { length }) => sum + length, 0) * COPY_GROWTH);
      try {
        const blob = new Blob(copyChunks(images) as Uint8Array<ArrayBuffer>[]);
        await database.query(`COPY ${target} FROM '/dev/blob' WITH (FORMAT binary)`, [], { blob });
      } catch (error) {
        throw sqlFault(error);
      }
    },
    async *copyOut(query) {
      const { blob } = await database
        .query(`COPY (${query}) TO '/dev/blob' WITH (FORMAT binary)`)
        .catch((error: unknown) => {
          throw sqlFault(error);
        });
      if (blob !== undefined) yield new Uint8Array(await blob.arrayBuffer());
    },
    async release(broken = false) {
      // There is no other connection to turn to: what a failed statement left open is closed before the next session.
      if (broken && !database.closed) await database.exec('ROLLBACK').catch(() => undefined);
      done();
    },
  };
}

function encodeParameter(parameter: SqlParameter): unknown {
  if (typeof parameter !== 'object' || parameter === null) return parameter;
  const { bytes } = parameter;
  if (parameter.kind === 'uuid[]') return Array.from({ length: bytes.length / 16 }, (_, i) => uuidText(bytes, i * 16));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Array.from({ length: bytes.length / 8 }, (_, i) => view.getBigInt64(i * 8));
}

function sqlFault(error: unknown): Error {
  const told = error as { message?: string; code?: string; detail?: string; constraint?: string; column?: string };
  return new SqlError(told.message ?? String(error), told.code ?? 'XX000', {
    cause: error,
    ...(told.detail === undefined ? {} : { detail: told.detail }),
    ...(told.constraint === undefined ? {} : { constraint: told.constraint }),
    ...(told.column === undefined ? {} : { column: told.column }),
  });
}

import type { Config } from '../../config/config.ts';
import type { SourceCatalogue } from '../../core/catalogue.ts';
import { NotChecked } from '../../doctor/check.ts';
import type { DoctorText } from '../../doctor/doctor-texts.ts';
import type { CompiledPlan } from '../../mapping/compile-plan.ts';
import type { DatabaseCatalogue } from '../../sources/mssql/database-catalogue.ts';
import type { MssqlSource } from '../../sources/mssql/mssql-source.ts';
import { readServerHealth, type ServerHealth } from '../../write/postgres/server-health.ts';
import type { SqlPool, SqlSession } from '../../write/session.ts';
import {
  compileProject,
  type OpenedSource,
  openProjectLedger,
  openSource,
  openTargetPool,
  targetCatalogue,
} from '../compose.ts';
import type { Store } from '../open-store.ts';

/** What the checks of one project share. Each part is opened when it is asked for first, and only once; a part that failed fails every time in the same words. */
export interface Resources {
  readonly config: Config;
  readonly source: () => Promise<OpenedSource>;
  readonly catalogue: () => Promise<SourceCatalogue>;
  /** Everything that a living database tells; only for `source.kind: mssql`. */
  readonly legacy: () => Promise<{ readonly mssql: MssqlSource; readonly database: DatabaseCatalogue }>;
  /** A server's own words; only for `target.kind: postgres`. */
  readonly health: () => Promise<{ readonly server: ServerHealth; readonly askedAt: number }>;
  /** null: nothing was loaded yet. */
  readonly store: () => Promise<Store | null>;
  readonly plan: () => Promise<CompiledPlan>;
  /** Runs questions on a session of the target server. */
  readonly withServer: <T>(work: (session: SqlSession) => Promise<T>) => Promise<T>;
  close(): Promise<void>;
}

/** Opens nothing yet. */
export function openResources(config: Config, now: () => number): Resources {
  const opened = openSource(config, () => undefined, { retries: 0 });
  const pool = openTargetPool(config);
  const source = once(async () => {
    await opened.mssql?.pool();
    return opened;
  });
  const catalogue = once(async () => (await source()).source.catalogue());
  const store = once(() => openProjectLedger(config));
  const withServer = async <T>(work: (session: SqlSession) => Promise<T>): Promise<T> => onSession(pool, work);
  const schemas = [config.target.schema, config.target.ledgerSchema];
  return {
    config,
    source,
    catalogue,
    legacy: once(async () => {
      const { mssql } = await source();
      if (mssql === null) throw new NotChecked('noSource');
      return { mssql, database: await mssql.describe() };
    }),
    health: once(async () => {
      const before = now();
      const server = await withServer((session) => readServerHealth(session, schemas));
      return { server, askedAt: (before + now()) / 2 };
    }),
    store,
    plan: once(async () => compileProject(config, await catalogue(), await targetCatalogue(config, await store()))),
    withServer,
    close: async () => {
      const kept = await store.started()?.catch(() => null);
      await Promise.allSettled([kept?.close(), pool?.close(), opened.source.close()]);
    },
  };
}

async function onSession<T>(pool: SqlPool | null, work: (session: SqlSession) => Promise<T>): Promise<T> {
  if (pool === null) throw new NotChecked('embeddedOnly');
  const session = await pool.session();
  let broken = true;
  try {
    const result = await work(session);
    broken = false;
    return result;
  } finally {
    await session.release(broken);
  }
}

interface Once<T> {
  (): Promise<T>;
  /** What was begun; undefined: nobody asked. */
  started(): Promise<T> | undefined;
}

function once<T>(open: () => Promise<T>): Once<T> {
  let begun: Promise<T> | undefined;
  const ask = (): Promise<T> => {
    begun ??= open();
    return begun;
  };
  return Object.assign(ask, { started: () => begun });
}

/** For checks that are not the one which tells the fault: they could not be made, and say so. */
export async function needs<T>(part: () => Promise<T>, text: DoctorText): Promise<T> {
  try {
    return await part();
  } catch (fault) {
    throw fault instanceof NotChecked ? fault : new NotChecked(text);
  }
}

import type sql from 'mssql';
import type { rawRowStream } from './raw-row-stream.ts';

/** The driver of SQL Server, and the reading of rows that is built on its parser. */
export interface Driver {
  readonly sql: typeof sql;
  readonly rawRowStream: typeof rawRowStream;
}

let driver: Driver | undefined;

/** Loads the driver when the first connection is opened: it takes longer than everything else together, and most commands never meet a SQL Server. */
export async function loadDriver(): Promise<Driver> {
  if (driver === undefined) {
    const [mssql, rows] = await Promise.all([import('mssql'), import('./raw-row-stream.ts')]);
    driver = { sql: mssql.default, rawRowStream: rows.rawRowStream };
  }
  return driver;
}

/** The driver, by somebody who has a connection. */
export function loadedDriver(): Driver {
  if (driver === undefined) throw new Error('no connection was opened before');
  return driver;
}

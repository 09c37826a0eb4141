import { afterEach } from 'vitest';
import type { MssqlSource } from '../../../src/sources/mssql/mssql-source.ts';
import type { TableSpec } from '../../support/tds/database.ts';
import { startTdsServer, type TdsServer, type TdsServerOptions } from '../../support/tds/server.ts';
import { requestFor, sourceOn } from './read-source.ts';

export const FOLDERS: TableSpec = {
  name: 'dbo.Pisma',
  columns: [
    ['Id', 'int not null identity'],
    ['Nazwa', 'nvarchar(400)'],
    ['Rok', 'int'],
  ],
  primaryKey: ['Id'],
  // Keys with gaps, so that equal ranges are not equal shares.
  rows: Array.from({ length: 12_345 }, (_, i) => [i < 10_000 ? i + 1 : i * 3, `Teczka ${i}`, 2000 + (i % 24)]),
};

/** Key of each row, in order. */
export const IDS = FOLDERS.rows!.map((row) => row[0]);
export const FOLDERS_REQUEST = requestFor('dbo.Pisma', ['Id', 'Nazwa']);

/** Servers and sources of one test file; they are closed after each test, last first. */
export interface Opened {
  start(options?: TdsServerOptions): Promise<TdsServer>;
  open(server: TdsServer, ...rest: Parameters<typeof sourceOn> extends [unknown, ...infer R] ? R : never): MssqlSource;
  closeLater(step: () => Promise<unknown>): void;
}

/** Call once at the top of a test file. */
export function openServers(): Opened {
  const steps: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const step of steps.splice(0).reverse()) await step();
  });
  return {
    async start(options = {}) {
      const server = await startTdsServer({ tables: [FOLDERS], ...options });
      steps.push(() => server.stop());
      return server;
    },
    open(server, ...rest) {
      const source = sourceOn(server, ...rest);
      steps.push(() => source.close());
      return source;
    },
    closeLater: (step) => void steps.push(step),
  };
}

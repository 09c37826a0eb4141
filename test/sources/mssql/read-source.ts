import { RAW_PARSERS } from '../../../src/cli/raw-parsers.ts';
import type { SourceRow } from '../../../src/core/record.ts';
import type { SourcePosition, SourceSlice } from '../../../src/core/slice.ts';
import type { MssqlConfig } from '../../../src/sources/mssql/mssql-config.ts';
import {
  createMssqlSource,
  type MssqlSource,
  type MssqlSourceOptions,
} from '../../../src/sources/mssql/mssql-source.ts';
import type { ReadRequest } from '../../../src/sources/source.ts';
import type { TdsServer } from '../../support/tds/server.ts';

/** The configuration that reaches a test server, with changes. */
export function configFor(server: TdsServer, changes: Partial<MssqlConfig> = {}): MssqlConfig {
  return {
    server: server.host,
    port: server.port,
    database: server.database.name,
    user: server.user,
    password: server.password,
    ca: server.certificate,
    serverName: 'localhost',
    ...changes,
  };
}

/** A source on a test server whose retries do not wait. */
export function sourceOn(
  server: TdsServer,
  changes: Partial<MssqlConfig> = {},
  options: MssqlSourceOptions = {},
): MssqlSource {
  return createMssqlSource(configFor(server, changes), { wait: async () => undefined, ...options });
}

export function requestFor(table: string, columns: readonly string[], changes: Partial<ReadRequest> = {}): ReadRequest {
  return {
    table,
    columns,
    key: ['Id'],
    partition: { index: 0, range: null },
    sql: null,
    sliceRows: 1000,
    signal: new AbortController().signal,
    ...changes,
  };
}

export async function slicesOf(
  source: MssqlSource,
  request: ReadRequest,
  position: SourcePosition = null,
): Promise<SourceSlice[]> {
  const slices: SourceSlice[] = [];
  for await (const slice of source.read(request, position)) slices.push(slice);
  return slices;
}

export async function rowsOf(
  source: MssqlSource,
  request: ReadRequest,
  position: SourcePosition = null,
): Promise<SourceRow[]> {
  return (await slicesOf(source, request, position)).flatMap(rowsIn);
}

/** The rows of one slice, unpacked as the stage does it. */
export function rowsIn(slice: SourceSlice): readonly SourceRow[] {
  return slice.kind === 'rows' ? slice.rows : RAW_PARSERS[slice.parser]!(slice.bytes, slice.spec).rows;
}

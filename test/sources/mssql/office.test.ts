import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { main } from '../../../src/cli/main.ts';
import { createDatabase } from '../../support/postgres.ts';
import { DEADLOCK, LOCK_TIMEOUT } from '../../support/tds/faults.ts';
import { legacyDatabaseFrom } from '../../support/tds/legacy-database.ts';
import { notReading, startTdsServer, type TdsServer } from '../../support/tds/server.ts';

const GOLDEN = join(import.meta.dirname, '../../../fixtures/golden/office-300');

const folder = mkdtempSync(join(tmpdir(), 'mssql-office-'));
const targets: { readonly url: string; drop(): Promise<void> }[] = [];
let server: TdsServer;

beforeAll(async () => {
  server = await startTdsServer({ tables: legacyDatabaseFrom(GOLDEN), database: { snapshotIsolation: true } });
  targets.push(await createDatabase(), await createDatabase(), await createDatabase());
});

afterAll(async () => {
  await server.stop();
  for (const { drop } of targets) await drop();
  rmSync(folder, { recursive: true });
});

/** Runs the tool on a project with this source; gives its JSON. */
async function load(
  name: string,
  source: object,
  url: string,
  batchRows = 20_000,
): Promise<{ status?: string; error?: { code: string }; said: string }> {
  const file = join(folder, `${name}.yaml`);
  const project = { office: 'UM-PRZYKLADOWO', language: 'en', source, target: { kind: 'postgres', url }, batchRows };
  writeFileSync(file, JSON.stringify(project));
  let out = '';
  let problems = '';
  await main(['run', '--config', file, '--json'], {
    cwd: folder,
    environment: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (problems += text) },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.UTC(2026, 0, 15),
  });
  if (out === '') throw new Error(problems);
  return { ...(JSON.parse(out) as object), said: problems };
}

/** One line a table, finding and reject: equal when and only when the two loads ended alike. Broken lines are of a dump only. */
async function endState(url: string): Promise<Record<string, unknown>> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const tables = await client.query<{ name: string }>(
    "SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'ezd' AND table_type = 'BASE TABLE' ORDER BY 1",
  );
  const state: Record<string, unknown> = {};
  for (const { name } of tables.rows) {
    const hash = await client.query<{ n: number; hash: string | null }>(
      `SELECT count(*)::int AS n, md5(string_agg(t::text, '|' ORDER BY t::text)) AS hash FROM ezd."${name}" t`,
    );
    state[name] = hash.rows[0];
  }
  const said = await client.query(
    `SELECT entity_id, legacy_key, code, severity, effect, field, params::text AS params FROM ezd_migrate.finding WHERE code <> 'CSV_BROKEN_LINE' ORDER BY 1, 2, 3, 6, 7, 4, 5`,
  );
  state['findings'] = said.rows;
  const kept = await client.query(
    `SELECT entity_id, legacy_key, reasons::text FROM ezd_migrate.reject WHERE reasons::text NOT LIKE '%CSV_BROKEN_LINE%' ORDER BY 1, 2, 3`,
  );
  state['rejects'] = kept.rows;
  await client.end();
  return state;
}

/** The test server, as a project file names it. */
function liveSource(): object {
  writeFileSync(join(folder, 'ca.pem'), server.certificate);
  writeFileSync(join(folder, 'password'), server.password);
  return {
    kind: 'mssql',
    server: 'localhost',
    port: server.port,
    database: server.database.name,
    user: server.user,
    passwordFile: join(folder, 'password'),
    caFile: join(folder, 'ca.pem'),
  };
}

describe('the dirty fixture office, once as a dump and once on SQL Server', () => {
  it('ends in the same tables, findings and rejects', async () => {
    const dump = await load('dump', { kind: 'csv', folder: join(GOLDEN, 'tables') }, targets[0]!.url);
    const live = await load('live', liveSource(), targets[1]!.url);
    expect(live.said).not.toMatch(/MSSQL_/);
    expect(live.status).toBe(dump.status);
    expect(await endState(targets[1]!.url)).toEqual(await endState(targets[0]!.url));
    expect(notReading(server.statements)).toEqual([]);
    expect(server.failures).toEqual([]);
  });

  it('ends so too when the connection is cut, a deadlock strikes, and a refused login stops the run, which then resumes', async () => {
    server.fault({ when: /\[Dokument\]/, afterRows: 300, action: { kind: 'drop' } });
    server.fault({ when: /\[Pisma\]/, afterRows: 100, action: DEADLOCK });
    server.fault({ when: /\[Zalaczniki\]/, action: LOCK_TIMEOUT });
    const lockOut = (): void => server.refuseLogins(5);
    server.fault({ when: /\[HistoriaZdarzen\]/, afterRows: 2345, action: { kind: 'drop', also: lockOut } });
    const stopped = await load('faults', liveSource(), targets[2]!.url, 50);
    expect(stopped).toMatchObject({ status: 'failed' });
    server.refuseLogins(0);
    server.clearFaults();
    const resumed = await load('faults', liveSource(), targets[2]!.url, 50);
    expect(resumed).toMatchObject({ status: 'finished' });
    expect(await endState(targets[2]!.url)).toEqual(await endState(targets[0]!.url));
  });
});

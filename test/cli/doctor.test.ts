import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { createDatabase } from '../support/postgres.ts';
import { legacyDatabase } from '../support/tds/legacy-database.ts';
import { notReading, startTdsServer, type TdsServer, type TdsServerOptions } from '../support/tds/server.ts';

interface Told {
  readonly code: number;
  readonly out: string;
  readonly checks: Readonly<Record<string, { status: string; code: string; message: string; cure: string | null }>>;
  readonly totals: Readonly<Record<string, number>>;
}

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ezd-doctor-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function examine(project: string, ...more: string[]): Promise<Told> {
  writeFileSync(join(home, 'ezd-migrate.yaml'), project);
  let out = '';
  const io = {
    cwd: home,
    environment: {},
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: () => undefined },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.now(),
  };
  const code = await main(['doctor', '--lang', 'en', '--timeout', '20', '--json', ...more], io);
  const told = JSON.parse(out) as { checks: { id: string }[]; totals: Told['totals'] };
  const checks = Object.fromEntries(told.checks.map((check) => [check.id, check])) as unknown as Told['checks'];
  return { code, out, checks, totals: told.totals };
}

const project = (source: string, target: string): string =>
  `office: UM-TEST\nlanguage: en\nsource: ${source}\ntarget: ${target}\n`;
const EMBEDDED = '{ kind: embedded, folder: store }';
const DUMP = '{ kind: csv, folder: dump }';

function putDump(): void {
  cpSync('fixtures/golden/office-300/tables', join(home, 'dump'), { recursive: true });
}

describe('a living SQL Server', () => {
  let server: TdsServer;
  afterEach(() => server.stop());

  async function open(options: TdsServerOptions = {}): Promise<string> {
    server = await startTdsServer({ tables: legacyDatabase(), ...options });
    writeFileSync(join(home, 'ca.pem'), server.certificate);
    return `{ kind: mssql, server: localhost, port: ${server.port}, database: ${server.database.name}, user: ${server.user}, password: '${server.password}', caFile: ca.pem }`;
  }

  test('with a reader, snapshots and the whole schema is in order, and nothing but SELECT reached it', async () => {
    const source = await open({ database: { snapshotIsolation: true } });
    const { checks, out } = await examine(project(source, EMBEDDED));
    for (const id of ['reach', 'version', 'tls', 'rights', 'isolation', 'collation', 'clock'])
      expect(checks[`source.${id}`], id).toMatchObject({ status: 'ok' });
    expect(checks['project.mapping']).toMatchObject({ status: 'warning', code: 'mappingWarnings' });
    expect(checks['project.file']).toMatchObject({ status: 'warning' });
    expect(server.statements.length).toBeGreaterThan(5);
    expect(notReading(server.statements)).toEqual([]);
    expect(out).not.toContain(server.password);
    expect(existsSync(join(home, 'store'))).toBe(false);
  });

  test('without snapshots is read in pages, which is a warning with the cure', async () => {
    const { checks } = await examine(project(await open(), EMBEDDED));
    expect(checks['source.isolation']).toMatchObject({
      status: 'warning',
      cure: expect.stringContaining('ALLOW_SNAPSHOT_ISOLATION ON'),
    });
  });

  test('whose login can write is told so', async () => {
    const permissions = new Set(['SELECT', 'CONNECT', 'INSERT', 'DELETE']);
    const { checks, code } = await examine(project(await open({ permissions }), EMBEDDED));
    expect(checks['source.rights']).toMatchObject({ status: 'warning', code: 'rightsMany' });
    expect(checks['source.rights']!.message).toContain('INSERT, DELETE');
    expect(code).toBe(0);
  });

  test('whose login cannot read fails, exit code 6', async () => {
    const { checks, code } = await examine(project(await open({ permissions: new Set(['CONNECT']) }), EMBEDDED));
    expect(checks['source.rights']).toMatchObject({ status: 'failed', cure: expect.stringContaining('GRANT SELECT') });
    expect(code).toBe(6);
  });

  test('that refuses the login leaves the target and the machine to be examined', async () => {
    const source = await open();
    server.refuseLogins(9);
    const { checks, code } = await examine(project(source, EMBEDDED));
    expect(checks['source.reach']).toMatchObject({ status: 'failed', cure: expect.stringContaining('password') });
    expect(checks['source.rights']).toMatchObject({ status: 'unknown', code: 'noSource' });
    expect(checks['machine.node']).toMatchObject({ status: 'ok' });
    expect(checks['target.reach']).toMatchObject({ status: 'ok' });
    expect(code).toBe(6);
  });

  test('that lacks a table of the mappings fails there, exit code 2', async () => {
    const tables = legacyDatabase().filter(({ name }) => name !== 'dbo.SpisSpraw');
    const kept = tables.map((table) => ({
      ...table,
      foreignKeys: (table.foreignKeys ?? []).filter(({ refTable }) => refTable !== 'dbo.SpisSpraw'),
    }));
    const { checks, code } = await examine(project(await open({ tables: kept }), EMBEDDED));
    expect(checks['project.mapping']).toMatchObject({ status: 'failed', code: 'mappingBad' });
    expect(checks['project.mapping']!.message).toContain('SpisSpraw');
    expect(checks['source.rights']).toMatchObject({ status: 'unknown', code: 'noMapping' });
    expect(code).toBe(2);
  });

  test('that takes connections and then keeps silent is given up within the time-out', async () => {
    await open();
    const deaf = await silent();
    const { port } = deaf.address() as { port: number };
    const began = Date.now();
    const source = `{ kind: mssql, server: localhost, port: ${port}, database: X, user: u, password: '${'p'.repeat(8)}', timeouts: { connect: 60 } }`;
    const { checks } = await examine(project(source, EMBEDDED), '--timeout', '1', '--short');
    deaf.close();
    expect(checks['source.reach']).toMatchObject({ status: 'failed', code: 'timedOut' });
    expect(checks['target.reach']).toMatchObject({ status: 'ok' });
    expect(Date.now() - began).toBeLessThan(15_000);
  });
});

async function silent(): Promise<Server> {
  const server = createServer((socket) => socket.on('error', () => undefined));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

describe('a PostgreSQL', () => {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  beforeEach(async () => {
    database = await createDatabase();
    putDump();
  });
  afterEach(() => database.drop());

  const target = (user?: string): string => {
    const url = new URL(database.url);
    if (user !== undefined) url.username = user;
    return `{ kind: postgres, url: '${url.href}' }`;
  };

  async function query(sql: string): Promise<Record<string, unknown>[]> {
    const client = new Client({ connectionString: database.url });
    await client.connect();
    try {
      const result = await client.query(sql);
      return (Array.isArray(result) ? [] : result.rows) as Record<string, unknown>[];
    } finally {
      await client.end();
    }
  }

  test('of a superuser works and is warned about, its zone and clock agree, and nothing is left behind', async () => {
    const { checks, code } = await examine(project(DUMP, target()));
    expect(code).toBe(0);
    expect(checks['target.rights']).toMatchObject({ status: 'warning', code: 'roleSuper' });
    for (const id of ['reach', 'version', 'tls', 'write', 'collation', 'clock', 'zone', 'ledger', 'lock'])
      expect(checks[`target.${id}`], id).toMatchObject({ status: 'ok' });
    expect(checks['machine.databaseDisk']).toMatchObject({ status: 'unknown', code: 'databaseRoom' });
    const left = await query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'ezd%'`);
    expect(left).toEqual([]);
  });

  test('whose role may not create schemas fails in rights and in the trial write', async () => {
    const role = `poor_${process.pid}`;
    await query(`CREATE ROLE ${role} LOGIN`);
    try {
      const { checks, code } = await examine(project(DUMP, target(role)));
      expect(checks['target.rights']).toMatchObject({
        status: 'failed',
        cure: expect.stringContaining('GRANT CREATE'),
      });
      expect(checks['target.write']).toMatchObject({ status: 'failed', code: 'writeBad' });
      expect(code).toBe(6);
    } finally {
      await query(`DROP ROLE ${role}`);
    }
  });

  test('whose lock somebody holds is told who', async () => {
    const { code } = await examine(project(DUMP, target()));
    expect(code).toBe(0);
    const holder = new Client({ connectionString: database.url });
    await holder.connect();
    try {
      await holder.query(`SELECT pg_advisory_lock(hashtextextended('ezd-migrate "ezd_migrate" UM-TEST', 4711))`);
      const { checks } = await examine(project(DUMP, target()));
      expect(checks['target.lock']).toMatchObject({ status: 'warning', code: 'lockHeld' });
      expect(checks['target.lock']!.message).toMatch(/process \d+/);
    } finally {
      await holder.end();
    }
  });

  test('that is not there fails once, and the rest says that it was not checked', async () => {
    const { checks, code } = await examine(project(DUMP, `{ kind: postgres, url: 'postgres://x@127.0.0.1:1/none' }`));
    expect(checks['target.reach']).toMatchObject({ status: 'failed', code: 'fault' });
    for (const id of ['version', 'rights', 'write', 'ledger', 'lock', 'zone'])
      expect(checks[`target.${id}`], id).toMatchObject({ status: 'unknown', code: 'noTarget' });
    expect(checks['project.mapping']).toMatchObject({ status: 'warning', code: 'mappingHalf' });
    expect(code).toBe(6);
  });
});

describe('files and folders', () => {
  test('a repository that is there is sampled, one that is gone fails', async () => {
    putDump();
    mkdirSync(join(home, 'files/7'), { recursive: true });
    writeFileSync(join(home, 'files/7/1'), 'x');
    const source = (root: string): string => `{ kind: csv, folder: dump, contents: { root: ${root} } }`;
    const there = await examine(project(source('files'), EMBEDDED));
    expect(there.checks['repository.sample']).toMatchObject({ status: 'ok', code: 'sampleDisk' });
    const gone = await examine(project(source('nowhere'), EMBEDDED));
    expect(gone.checks['repository.roots']).toMatchObject({ status: 'failed' });
    expect(gone.checks['repository.sample']).toMatchObject({ status: 'unknown' });
    expect(gone.code).toBe(6);
  });

  test('a password file that others can read is a warning', async () => {
    putDump();
    writeFileSync(join(home, 'password'), 'made-up-secret\n');
    chmodSync(join(home, 'password'), 0o644);
    const target = `{ kind: postgres, url: 'postgres://x@127.0.0.1:1/none', passwordFile: password }`;
    const { checks, out } = await examine(project(DUMP, target));
    expect(checks['machine.secrets']).toMatchObject({ status: 'warning', code: 'secretsOpen' });
    expect(out).not.toContain('made-up-secret');
  });

  test('an examination leaves the project folder as it was', async () => {
    putDump();
    await examine(project(DUMP, EMBEDDED));
    expect(readdirSync(home).sort()).toEqual(['dump', 'ezd-migrate.yaml']);
  });
});

describe('a broken project file', () => {
  test.each([
    ['a misspelt key', `office: X\nsuorce: ${DUMP}\ntarget: ${EMBEDDED}\n`],
    ['no YAML', 'office: [\n'],
    ['a missing variable', `office: X\nsource: ${DUMP}\ntarget: { kind: postgres, url: '\${NOT_THERE}' }\n`],
  ])('with %s is a failed check, the machine is examined all the same, exit code 2', async (_what, text) => {
    const { checks, code } = await examine(text);
    expect(checks['project.file']).toMatchObject({ status: 'failed', code: 'projectBad' });
    expect(checks['project.rest']).toMatchObject({ status: 'unknown' });
    expect(checks['machine.node']).toMatchObject({ status: 'ok' });
    expect(code).toBe(2);
  });
});

test('for people there is one line a check, with a sign and the cure below', async () => {
  putDump();
  let out = '';
  writeFileSync(join(home, 'ezd-migrate.yaml'), project(DUMP, EMBEDDED));
  await main(['doctor', '--lang', 'pl', '--no-color', '--short'], {
    cwd: home,
    environment: {},
    stdout: { write: (text: string) => (out += text) },
    stderr: { write: () => undefined },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.now(),
  });
  expect(out).toMatch(/^✓ source\.reach {10}folder zrzutu/m);
  expect(out).toMatch(/^W porządku: \d+\./m);
});

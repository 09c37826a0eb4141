import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PGlite } from '@electric-sql/pglite';
import { Client } from 'pg';
import { findPostgresBinaries } from './postgres-binaries.ts';

export { findPostgresBinaries, postgresVersion } from './postgres-binaries.ts';
export { createDatabase } from './shared-postgres.ts';

/** A throw-away server of its own. Whoever starts it stops it. */
export type RunningPostgres = {
  /** Superuser connection to the database `postgres`. Stays the same over `restart`. */
  url: string;
  dataDir: string;
  /** Process id of the server, for tests that send signals. */
  pid(): number;
  /** Clean stop and removal of the data. May be called twice. */
  stop(): Promise<void>;
  /** Clean stop and start on the same port with the same data; also the way back after `kill`. */
  restart(): Promise<void>;
  /** Immediate stop as in a crash: connections are cut without a word, the next start recovers from the log. */
  kill(): Promise<void>;
};

export type StartOptions = {
  /** Folder with `initdb` and `postgres`; default: the first of `findPostgresBinaries()`. */
  binDir?: string;
  /** Off by default, because test data need not survive a power cut. */
  fsync?: boolean;
  /** More server settings, for example `{ max_connections: '20' }`. */
  settings?: Record<string, string>;
};

type Owner = { uid?: number; gid?: number };

/** Starts a real PostgreSQL on a free port of 127.0.0.1, without any service and without a password. */
export async function startPostgres(options: StartOptions = {}): Promise<RunningPostgres> {
  const binDir = options.binDir ?? findPostgresBinaries()[0]?.binDir;
  if (binDir === undefined) {
    throw new Error('no PostgreSQL found: install one, run npm ci, or set EZD_TEST_PG_URL');
  }
  const owner = serverOwner();
  const home = mkdtempSync(join(tmpdir(), 'ezd-pg-'));
  if (owner.uid !== undefined) chownSync(home, owner.uid, owner.gid ?? owner.uid);
  initialise(binDir, home, owner);
  return running(binDir, home, owner, options);
}

/** A PGlite (PostgreSQL inside this process) in memory. */
export async function startEmbedded(): Promise<{ db: PGlite; close(): Promise<void> }> {
  const db = await PGlite.create();
  return { db, close: () => db.close() };
}

/** Stops the server that owns this data folder, also one started by another process. */
export async function stopServerIn(home: string): Promise<void> {
  const pidFile = join(home, 'data', 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid !== undefined) {
    process.kill(pid, 'SIGINT');
    for (let waited = 0; readPid(pidFile) !== undefined && waited < 20_000; waited += 50) await sleep(50);
  }
  rmSync(home, { recursive: true, force: true });
}

function readPid(pidFile: string): number | undefined {
  try {
    return Number(readFileSync(pidFile, 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

/** PostgreSQL refuses to run as root: then it runs as `postgres` or `nobody`. */
function serverOwner(): Owner {
  if (process.getuid?.() !== 0) return {};
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  for (const name of ['postgres', 'nobody']) {
    const [, , uid, gid] = lines.find((line) => line.startsWith(`${name}:`))?.split(':') ?? [];
    if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  }
  return { uid: 65534, gid: 65534 };
}

function initialise(binDir: string, home: string, owner: Owner): void {
  const args = ['-D', join(home, 'data'), '-U', 'postgres', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const told = spawnSync(join(binDir, 'initdb'), args, { ...owner, cwd: home, encoding: 'utf8' });
  if (told.status !== 0) throw new Error(`initdb failed: ${told.error?.message ?? told.stderr}`);
}

async function running(binDir: string, home: string, owner: Owner, options: StartOptions): Promise<RunningPostgres> {
  const port = await freePort();
  const url = `postgres://postgres@127.0.0.1:${port}/postgres`;
  const start = () => launch(binDir, home, owner, settingsFor(home, port, options), url);
  let server: ChildProcess | undefined = await start();
  const end = async (signal: NodeJS.Signals) => {
    const ending = server;
    server = undefined;
    if (ending !== undefined) await exitAfter(ending, signal);
  };
  return {
    url,
    dataDir: join(home, 'data'),
    pid: () => server?.pid ?? 0,
    stop: async () => {
      await end('SIGINT');
      rmSync(home, { recursive: true, force: true });
    },
    restart: async () => {
      await end('SIGINT');
      server = await start();
    },
    kill: () => end('SIGQUIT'),
  };
}

function settingsFor(home: string, port: number, options: StartOptions): string[] {
  const durable = options.fsync === true ? 'on' : 'off';
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    unix_socket_directories: process.platform === 'win32' ? '' : home,
    fsync: durable,
    synchronous_commit: durable,
    full_page_writes: durable,
    ...options.settings,
  };
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

async function launch(
  binDir: string,
  home: string,
  owner: Owner,
  settings: string[],
  url: string,
): Promise<ChildProcess> {
  const logFile = join(home, 'postgres.log');
  const log = openSync(logFile, 'a');
  const server = spawn(join(binDir, 'postgres'), ['-D', join(home, 'data'), ...settings], {
    ...owner,
    cwd: home,
    stdio: ['ignore', log, log],
  });
  server.unref();
  for (let waited = 0; waited < 60_000; waited += 50) {
    if (server.exitCode !== null) break;
    if (await answers(url)) return server;
    await sleep(50);
  }
  server.kill('SIGQUIT');
  throw new Error(`PostgreSQL did not start:\n${readFileSync(logFile, 'utf8').slice(-2000)}`);
}

async function answers(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  try {
    await client.connect();
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}

function exitAfter(server: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  return new Promise((resolve) => {
    if (server.exitCode !== null || server.signalCode !== null) return resolve();
    server.ref();
    server.once('exit', () => resolve());
    server.kill(signal);
  });
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      probe.close(() => resolve(port));
    });
  });
}

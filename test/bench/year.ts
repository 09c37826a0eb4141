import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { EzdError } from '../../src/core/errors.ts';
import { changeOffice, type OfficeMemory, seededRandom } from '../support/nights/change-office.ts';
import { openLivingOffice, STRATEGIES } from '../support/nights/living-office.ts';
import { type OfficeStore, openOfficeStore, type ServerPlace } from '../support/nights/office-store.ts';
import { startPostgres } from '../support/postgres.ts';

/**
 * `npm run bench -- year [--nights N] [--cases N] [--changes N] [--seed N] [--strategies a,b] [--json]`: a made-up office changes its legacy data every night; each
 * strategy follows, a third of the time first in a process that is killed at a random moment of its work; after each night the target must equal a fresh load, by
 * hashes of all tables and of the crosswalk. Stops at the first difference (exit code 1).
 */
const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise);
};
const nights = Number(option('--nights', '365'));
const cases = Number(option('--cases', '12'));
const changes = Number(option('--changes', '12'));
const seed = Number(option('--seed', '2026'));
const chosen = option('--strategies', Object.keys(STRATEGIES).join(',')).split(',') as Strategy[];
type Strategy = keyof typeof STRATEGIES;
/** Small batches in a small office, so that a kill finds it between two of them. */
const batchRows = cases > 1000 ? 2000 : 50;
const DAY = 86_400_000;
const child = join(dirname(fileURLToPath(import.meta.url)), 'year', 'sync-child.js');
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const postgres = await startPostgres({ fsync: false });
const office = await openLivingOffice(cases, String(seed));
const place: ServerPlace = {
  host: office.host,
  port: office.port,
  user: office.user,
  password: office.password,
  database: { name: office.database.name },
};
const urls = new Map<string, string>();
for (const name of ['fresh', ...chosen]) urls.set(name, await createDatabase(`night_${name.toLowerCase()}`));
const fresh = await openOfficeStore(urls.get('fresh')!, place);
const stores = new Map<Strategy, OfficeStore>();
for (const name of chosen) stores.set(name, await openOfficeStore(urls.get(name)!, place));
const random = seededRandom(seed);
const memory: OfficeMemory = { deleted: [] };
const done = { nights: 0, syncs: 0, killed: 0, resumed: 0, changes: 0 };
/** How long an undisturbed sync took last, in milliseconds. */
const usual = new Map<Strategy, number>();
try {
  for (let night = 0; night <= nights; night++) {
    const at = Date.UTC(2026, 0, 10) + night * DAY;
    const now = new Date(at - DAY / 2).toISOString().slice(0, 23).replace('T', ' ');
    if (night > 0) changeOffice({ db: office.database, random, memory, now }, changes);
    // Chance is asked before anything runs side by side, so that a seed always gives the same year.
    const chances = chosen.map((name) => ({ name, kill: night > 0 && random() < 1 / 3, moment: random() }));
    const loads = await Promise.allSettled([loadFresh(at), ...chances.map((chance) => follow(chance, at))]);
    for (const each of loads) if (each.status === 'rejected') throw each.reason;
    const wanted = JSON.stringify(await fresh.fingerprint());
    for (const name of chosen) {
      if (JSON.stringify(await stores.get(name)!.fingerprint()) === wanted) continue;
      throw new Error(`night ${night}: ${name} does not equal a fresh load`);
    }
    done.nights = night;
    done.changes += night > 0 ? changes : 0;
    say(
      `night ${night}: ${chosen.join(', ')} equal a fresh load (${done.syncs} syncs, ${done.killed} more were killed so far, ${done.resumed} went on with one)`,
    );
    office.statements.length = 0;
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  process.stdout.write(`${JSON.stringify({ cases, strategies: chosen, ...done })}\n`);
  for (const store of [fresh, ...stores.values()]) await store.close();
  await office.stop();
  await postgres.stop();
}

async function loadFresh(at: number): Promise<void> {
  await fresh.empty();
  await fresh.run(place, at);
}

interface Chance {
  readonly name: Strategy;
  readonly kill: boolean;
  /** 0 to 1: when during its work. */
  readonly moment: number;
}

/** One night of one strategy: when it is its turn, first in a process of its own that is killed while it works. */
async function follow({ name, kill, moment }: Chance, at: number): Promise<void> {
  const store = stores.get(name)!;
  if (kill) await killed(name, at, moment);
  for (;;) {
    done.syncs += 1;
    const started = performance.now();
    const { resumed } = await whenUnlocked(() => store.sync(place, at, { changes: STRATEGIES[name], batchRows }));
    if (!kill) usual.set(name, performance.now() - started);
    // What an interrupted sync had not seen when it was planned follows in the next one.
    if (!resumed) return;
    done.resumed += 1;
  }
}

/** The server needs a moment to notice that a killed process is gone; until then its lock stands. */
async function whenUnlocked<T>(work: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EzdError && error.code === 'LOCKED') || waits === 100) throw error;
      await sleep(100);
    }
  }
}

/** Somewhere between the first statement of the sync and its end; a process that was faster than that does not count as killed. */
async function killed(name: Strategy, at: number, moment: number): Promise<void> {
  const settings = [
    urls.get(name)!,
    JSON.stringify(place),
    JSON.stringify(STRATEGIES[name]),
    String(at),
    String(batchRows),
  ];
  const victim = spawn(process.execPath, [child, ...settings], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = once(victim, 'exit');
  await Promise.race([once(victim.stdout, 'data'), ended]);
  // A process that has just started takes about twice as long as one that is warm.
  await Promise.race([sleep(moment * 2 * (usual.get(name) ?? 1000)), ended]);
  victim.kill('SIGKILL');
  await ended;
  if (victim.signalCode === 'SIGKILL') done.killed += 1;
  else if (victim.exitCode !== 0) throw new Error(`${name}: the sync ended with ${victim.exitCode}`);
}

async function createDatabase(name: string): Promise<string> {
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  await client.query(`CREATE DATABASE ${name}`);
  await client.end();
  const url = new URL(postgres.url);
  url.pathname = `/${name}`;
  return url.href;
}

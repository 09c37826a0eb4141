import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { changeOffice, type OfficeMemory, seededRandom } from '../support/nights/change-office.ts';
import { openLivingOffice, STRATEGIES } from '../support/nights/living-office.ts';
import type { ServerPlace } from '../support/nights/office-store.ts';
import { startPostgres } from '../support/postgres.ts';
import type { FollowedNight, FollowerSettings } from './year/follower.ts';

/**
 * `npm run bench -- year [--nights N] [--cases N] [--changes N] [--seed N] [--strategies a,b]`: a made-up office changes its legacy data every night; each strategy
 * follows in a process of its own, a third of the time after another one that was killed at a random moment of its work; after each night the target must equal a
 * fresh load, by hashes of all tables and of the crosswalk. Stops at the first difference (exit code 1).
 */
const option = (name: string, otherwise: string): string => {
  const at = process.argv.indexOf(name);
  return at < 0 ? otherwise : (process.argv[at + 1] ?? otherwise);
};
type Strategy = keyof typeof STRATEGIES;
const nights = Number(option('--nights', '365'));
const cases = Number(option('--cases', '12'));
const changes = Number(option('--changes', '12'));
const seed = Number(option('--seed', '2026'));
const chosen = option('--strategies', Object.keys(STRATEGIES).join(',')).split(',') as Strategy[];
/** Small batches in a small office, so that a kill finds it between two of them. */
const batchRows = cases > 1000 ? 2000 : 50;
/** A kill that comes too late does not count; of these tries a third of all nights is really killed. */
const TRIED = 0.42;
const DAY = 86_400_000;
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
const random = seededRandom(seed);
const memory: OfficeMemory = { deleted: [] };
const done = { nights: 0, syncs: 0, killed: 0, resumed: 0, changes: 0 };
const settings = new Map<Strategy | null, FollowerSettings>();
for (const strategy of [null, ...chosen]) {
  const url = await createDatabase(`night_${strategy?.toLowerCase() ?? 'fresh'}`);
  settings.set(strategy, { url, place, strategy, batchRows });
}
const followers = new Map<Strategy | null, ChildProcess>();
for (const strategy of settings.keys()) followers.set(strategy, await startFollower(strategy));
/** How long a sync in a process that has just started seems to take, in milliseconds: longer after each kill that came in time, shorter after one that came too late. */
const length = new Map<Strategy, number>(chosen.map((strategy) => [strategy, 500]));
try {
  for (let night = 0; night <= nights; night++) {
    const at = Date.UTC(2026, 0, 10) + night * DAY;
    const now = new Date(at - DAY / 2).toISOString().slice(0, 23).replace('T', ' ');
    if (night > 0) changeOffice({ db: office.database, random, memory, now }, changes);
    // Chance is asked before anything runs side by side, so that a seed always gives the same year.
    const chances = chosen.map((strategy) => ({ strategy, kill: night > 0 && random() < TRIED, moment: random() }));
    const fresh = followed(null, at);
    const each = await Promise.all(chances.map((chance) => follow(chance, at)));
    const { fingerprint } = await fresh;
    for (const [i, strategy] of chosen.entries()) {
      if (each[i]!.fingerprint !== fingerprint)
        throw new Error(`night ${night}: ${strategy} does not equal a fresh load`);
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
  for (const follower of followers.values()) follower.disconnect();
  await office.stop();
  await postgres.stop();
}

interface Chance {
  readonly strategy: Strategy;
  readonly kill: boolean;
  /** 0 to 1: when during its work. */
  readonly moment: number;
}

/** One night of one strategy: when it is its turn, first in a process that is killed while it works. */
async function follow({ strategy, kill, moment }: Chance, at: number): Promise<FollowedNight> {
  if (kill) await killed(strategy, at, moment);
  const night = await followed(strategy, at);
  done.syncs += night.syncs;
  done.resumed += night.resumed;
  return night;
}

async function followed(strategy: Strategy | null, at: number): Promise<FollowedNight> {
  const follower = followers.get(strategy)!;
  follower.send(at);
  for (;;) {
    const [told] = (await once(follower, 'message')) as [FollowedNight | 'working'];
    if (told === 'working') continue;
    if (told.error !== undefined) throw new Error(`${strategy ?? 'a fresh load'}: ${told.error}`);
    return told;
  }
}

/** Somewhere between the first statement of the sync and its end; a process that was faster than that does not count as killed. */
async function killed(strategy: Strategy, at: number, moment: number): Promise<void> {
  const victim = await startFollower(strategy);
  victim.send(at);
  await once(victim, 'message');
  const ended = once(victim, 'message');
  const inTime = await Promise.race([sleep(moment * length.get(strategy)!, true), ended.then(() => false)]);
  victim.kill('SIGKILL');
  await once(victim, 'exit');
  length.set(strategy, length.get(strategy)! * (inTime ? 1.05 : 0.8));
  if (inTime) done.killed += 1;
}

async function startFollower(strategy: Strategy | null): Promise<ChildProcess> {
  const program = join(dirname(fileURLToPath(import.meta.url)), 'year', 'follower.js');
  const follower = fork(program, [JSON.stringify(settings.get(strategy))], { execArgv: [] });
  await once(follower, 'message');
  return follower;
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

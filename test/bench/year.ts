import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { changeContents, PLACE_TABLES } from '../support/nights/change-contents.ts';
import { changeOffice, type OfficeMemory, seededRandom } from '../support/nights/change-office.ts';
import { openLivingOffice, STRATEGIES } from '../support/nights/living-office.ts';
import type { ServerPlace } from '../support/nights/office-store.ts';
import { startPostgres } from '../support/postgres.ts';
import type { FollowedNight, FollowerSettings } from './year/follower.ts';

/**
 * `npm run bench -- year [--nights N] [--cases N] [--changes N] [--seed N] [--strategies a,b] [--contents] [--from N]`: a made-up office changes its legacy data every night; each strategy
 * follows in a process of its own, a third of the time after another one that was killed at a random moment of its work; after each night the target must equal a
 * fresh load, by hashes of all tables and of the crosswalk. With `--contents` files change too, are copied each night, and every content of the targets must lie whole in its store. Stops at the first difference, which it shows (exit code 1); nights before `--from` are not compared.
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
const ALL = Object.keys(STRATEGIES) as Strategy[];
const chosen = option('--strategies', ALL.join(',')).split(',') as Strategy[];
const from = Number(option('--from', '0'));
/** Small batches in a small office, so that a kill finds it between two of them. */
const batchRows = cases > 1000 ? 2000 : 50;
/** A kill that comes too late does not count; of these tries a third of all nights is really killed. */
const TRIED = 0.42;
const home = mkdtempSync(join(tmpdir(), 'ezd-year-'));
const repository = process.argv.includes('--contents') ? join(home, 'repository') : null;
const DAY = 86_400_000;
const CROSSWALK = `SELECT concat_ws(' ', e.name, x.target_id, x.legacy_key, x.row_hash) AS text
  FROM ezd_migrate.crosswalk x JOIN ezd_migrate.entity e ON e.id = x.entity_id ORDER BY 1`;
const say = (text: string): void => void process.stderr.write(`${text}\n`);

const postgres = await startPostgres({ fsync: false });
const office = await openLivingOffice(cases, String(seed), repository);
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
  const contents = repository === null ? null : { repository, store: join(home, strategy ?? 'fresh') };
  settings.set(strategy, { url, place, strategy, batchRows, contents });
}
const followers = new Map<Strategy | null, ChildProcess>();
for (const strategy of settings.keys()) followers.set(strategy, await startFollower(strategy));
/** How long a sync in a process that has just started seems to take, in milliseconds: longer after each kill that came in time, shorter after one that came too late. */
const length = new Map<Strategy, number>(chosen.map((strategy) => [strategy, 500]));
try {
  for (let night = 0; night <= nights; night++) {
    const at = Date.UTC(2026, 0, 10) + night * DAY;
    const now = new Date(at - DAY / 2).toISOString().slice(0, 23).replace('T', ' ');
    const changing = { db: office.database, random, memory, now };
    if (night > 0) changeOffice(changing, changes, repository === null ? [] : PLACE_TABLES);
    if (night > 0 && repository !== null) changeContents(changing, repository, Math.ceil(changes / 4));
    // Chance is asked before anything runs side by side, so that a seed always gives the same year.
    const chances = new Map(
      ALL.map((strategy) => [strategy, { kill: night > 0 && random() < TRIED, moment: random() }]),
    );
    const fresh = night < from ? null : followed(null, at);
    const each = await Promise.all(chosen.map((strategy) => follow({ strategy, ...chances.get(strategy)! }, at)));
    const expected = (await fresh)?.fingerprint;
    for (const [i, strategy] of chosen.entries()) {
      if (expected === undefined || each[i]!.fingerprint === expected) continue;
      const [here, there] = [each[i]!.fingerprint, expected].map((text) => JSON.parse(text) as Record<string, string>);
      for (const name of Object.keys(there!))
        if (here![name] !== there![name]) say(`${name}: ${here![name]}, fresh ${there![name]}`);
      say(await differences(settings.get(strategy)!.url, settings.get(null)!.url));
      throw new Error(`night ${night}: ${strategy} does not equal a fresh load`);
    }
    done.nights = night;
    done.changes += night > 0 ? changes : 0;
    say(
      `night ${night}: ${chosen.join(', ')} ${night < from ? 'followed' : 'equal a fresh load'} (${done.syncs} syncs, ${done.killed} more were killed so far, ${done.resumed} went on with one)`,
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
  rmSync(home, { recursive: true });
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

/** Rows that only one of two stores has, some of each table and of the crosswalk. */
async function differences(followed: string, fresh: string): Promise<string> {
  const texts: string[] = [];
  const [one, other] = [new Client({ connectionString: followed }), new Client({ connectionString: fresh })];
  await Promise.all([one.connect(), other.connect()]);
  const tables = await one.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'ezd' AND table_type = 'BASE TABLE' ORDER BY 1`,
  );
  const each = tables.rows.map(({ name }) => [
    name,
    `SELECT (to_jsonb(t) - 'przeniesiono')::text AS text FROM ezd."${name}" t ORDER BY id`,
  ]);
  each.push(['crosswalk', CROSSWALK]);
  for (const [name, sql] of each) {
    const [here, there] = await Promise.all(
      [one, other].map(async (client) => (await client.query<{ text: string }>(sql!)).rows.map(({ text }) => text)),
    );
    const only = (these: readonly string[], those: ReadonlySet<string>): string[] =>
      these.filter((text) => !those.has(text));
    texts.push(
      ...only(here!, new Set(there))
        .slice(0, 20)
        .map((text) => `${name}, followed: ${text}`),
    );
    texts.push(
      ...only(there!, new Set(here))
        .slice(0, 20)
        .map((text) => `${name}, fresh: ${text}`),
    );
  }
  await Promise.all([one.end(), other.end()]);
  return texts.join('\n');
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

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { changeOffice, type OfficeMemory, seededRandom } from '../support/nights/change-office.ts';
import { openLivingOffice, STRATEGIES } from '../support/nights/living-office.ts';
import { type OfficeStore, openOfficeStore, type ServerPlace } from '../support/nights/office-store.ts';
import { startPostgres } from '../support/postgres.ts';

/**
 * `npm run bench -- year [--nights N] [--cases N] [--changes N] [--seed N] [--strategies a,b] [--json]`: a made-up office changes its legacy data every night; each
 * strategy follows in a process of its own, a third of them killed at a random moment and started again; after each night the target must equal a fresh load, by
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
const chosen = option('--strategies', Object.keys(STRATEGIES).join(',')).split(',') as (keyof typeof STRATEGIES)[];
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
const stores = new Map<string, OfficeStore>();
for (const name of chosen) stores.set(name, await openOfficeStore(urls.get(name)!, place));
const random = seededRandom(seed);
const memory: OfficeMemory = { deleted: [] };
const done = { nights: 0, syncs: 0, killed: 0, changes: 0 };
try {
  for (let night = 0; night <= nights; night++) {
    const at = Date.UTC(2026, 0, 10) + night * DAY;
    const now = new Date(at - DAY / 2).toISOString().slice(0, 23).replace('T', ' ');
    if (night > 0) changeOffice({ db: office.database, random, memory, now }, changes);
    await fresh.empty();
    await fresh.run(place, at);
    const wanted = JSON.stringify(await fresh.fingerprint());
    for (const name of chosen) {
      await followed(name, at, night > 0 && random() < 1 / 3);
      if (JSON.stringify(await stores.get(name)!.fingerprint()) === wanted) continue;
      throw new Error(`night ${night}: ${name} does not equal a fresh load`);
    }
    done.nights = night;
    done.changes += night > 0 ? changes : 0;
    say(
      `night ${night}: ${chosen.join(', ')} equal a fresh load (${done.killed} of ${done.syncs} syncs were killed so far)`,
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

/** One night of one strategy, killed first when it is its turn. */
async function followed(name: keyof typeof STRATEGIES, at: number, killed: boolean): Promise<void> {
  done.syncs += 1;
  const start = () =>
    spawn(
      process.execPath,
      [child, urls.get(name)!, JSON.stringify(place), JSON.stringify(STRATEGIES[name]), String(at)],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
  if (killed) {
    done.killed += 1;
    const victim = start();
    // Somewhere between the start of the process and its end.
    await Promise.race([once(victim, 'exit'), sleep(1500 + random() * 6000)]);
    victim.kill('SIGKILL');
    if (victim.exitCode === null && victim.signalCode === null) await once(victim, 'exit');
  }
  for (;;) {
    const running = start();
    let told = '';
    running.stdout.on('data', (piece) => {
      told += String(piece);
    });
    const [code] = (await once(running, 'close')) as [number];
    if (code !== 0) throw new Error(`${name}: the sync ended with ${code}`);
    // What an interrupted sync had not seen when it was planned follows in the next one.
    if (!(JSON.parse(told) as { resumed: boolean }).resumed) return;
  }
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

import { setTimeout as sleep } from 'node:timers/promises';
import { EzdError } from '../../../src/core/errors.ts';
import { STRATEGIES } from '../../support/nights/living-office.ts';
import { openOfficeStore, type ServerPlace } from '../../support/nights/office-store.ts';

/** What a follower is told when it begins. */
export interface FollowerSettings {
  readonly url: string;
  readonly place: ServerPlace;
  /** null: empties its store and loads everything, each night. */
  readonly strategy: keyof typeof STRATEGIES | null;
  readonly batchRows: number;
  /** Folders of the files; null: contents are not followed. */
  readonly contents: { readonly repository: string; readonly store: string } | null;
}

/** What one night came to; sent after `working`. */
export interface FollowedNight {
  /** Hashes of all tables and of the crosswalk. */
  readonly fingerprint: string;
  readonly syncs: number;
  /** How many of these went on with a sync that had been killed. */
  readonly resumed: number;
  readonly error?: string;
}

/** Follows a living office from a process of its own, night by night, as it is told by messages with the time: `follower.js SETTINGS`. May be killed at any moment. */
const { url, place, strategy, batchRows, contents } = JSON.parse(process.argv[2]!) as FollowerSettings;
const store = await openOfficeStore(url, place);

async function night(at: number): Promise<FollowedNight> {
  let [syncs, resumed] = [0, 0];
  if (strategy === null) {
    await store.empty();
    await store.run(place, at);
  } else {
    const changes = STRATEGIES[strategy];
    for (let again = true; again; syncs++) {
      again = (await whenUnlocked(() => store.sync(place, at, { changes, batchRows }))).resumed;
      // What an interrupted sync had not seen when it was planned follows in the next one.
      if (again) resumed += 1;
    }
  }
  if (contents !== null) await whenUnlocked(() => store.copyContents(place, contents.repository, contents.store));
  return { fingerprint: JSON.stringify(await store.fingerprint()), syncs, resumed };
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

process.on('message', (at: number) => {
  process.send!('working');
  night(at).then(
    (done) => process.send!(done),
    (error: unknown) => {
      const nothing = { fingerprint: '', syncs: 0, resumed: 0 };
      process.send!({ ...nothing, error: error instanceof Error ? error.message : String(error) });
    },
  );
});
process.on('disconnect', () => void store.close().then(() => process.exit()));
process.send!('ready');

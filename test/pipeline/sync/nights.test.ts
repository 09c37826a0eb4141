import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunEvent } from '../../../src/core/events.ts';
import type { ChangesPlan, Plan } from '../../../src/core/plan.ts';
import type { ForeseenEntity, SyncedEntity, SyncSummary } from '../../../src/pipeline/sync/sync-request.ts';
import { changeOffice, type OfficeMemory, seededRandom } from '../../support/nights/change-office.ts';
import { openLivingOffice, STRATEGIES } from '../../support/nights/living-office.ts';
import { type OfficeStore, openOfficeStore } from '../../support/nights/office-store.ts';
import { createDatabase } from '../../support/postgres.ts';
import type { TdsServer } from '../../support/tds/server.ts';

const NIGHTS = Number(process.env['EZD_TEST_NIGHTS'] ?? 2);
const CHANGES = 12;
const DAY = 86_400_000;
/** Entities whose legacy key is not the key of their table. */
const WHOLE = ['rodzaj_dokumentu: obstacle:key-not-primary', 'wykaz_akt: obstacle:key-not-primary'];

const waysOf = ({ entity, mode, reason, changed }: ForeseenEntity | SyncedEntity) => ({
  entity,
  mode,
  reason,
  changed,
});

/** One night; interrupted after so many batches, it goes on where it stopped, and then follows what has changed since. */
async function follow(
  store: OfficeStore,
  server: TdsServer,
  at: number,
  changes: ChangesPlan,
  interrupted: number | null,
): Promise<SyncSummary> {
  if (interrupted !== null) {
    const stop = new AbortController();
    let batches = 0;
    const emit = ({ kind }: RunEvent): void => {
      if (kind === 'batch-committed' && ++batches === interrupted) stop.abort();
    };
    await store.sync(server, at, { changes, emit, signal: stop.signal, batchRows: 20 }).catch((error: unknown) => {
      expect(error).toMatchObject({ code: 'INTERRUPTED' });
    });
  }
  for (;;) {
    const summary = await store.sync(server, at, { changes });
    if (!summary.resumed) return summary;
  }
}

function isGone({ entities }: Plan, { database }: TdsServer, reject: string): boolean {
  const [name, key] = reject.split(' ');
  const { from } = entities.find((entity) => entity.name === name)!;
  const { columns, rows } = database.table(from.table);
  const at = from.key.map((wanted) => columns.findIndex((column) => column.name === wanted));
  return !rows.some((row) => at.map((column) => String(row[column])).join('|') === key);
}

describe('an office that changes every night, followed by', { timeout: 900_000 }, () => {
  let server: TdsServer;
  const stores: Record<string, OfficeStore> = {};
  let fresh: OfficeStore;
  const closers: (() => Promise<void>)[] = [];

  const open = async (): Promise<OfficeStore> => {
    const database = await createDatabase();
    const store = await openOfficeStore(database.url, server);
    closers.push(async () => {
      await store.close();
      await database.drop();
    });
    return store;
  };

  beforeAll(async () => {
    server = await openLivingOffice(12, 'noce');
    closers.push(() => server.stop());
    fresh = await open();
    for (const name of Object.keys(STRATEGIES)) stores[name] = await open();
  }, 600_000);
  afterAll(async () => {
    for (const close of closers.reverse()) await close();
  });

  test('every strategy, ends each night as a fresh load', async () => {
    const random = seededRandom(20_260);
    const memory: OfficeMemory = { deleted: [] };
    for (let night = 0; night <= NIGHTS; night++) {
      const at = Date.UTC(2026, 0, 10) + night * DAY;
      if (night > 0) {
        const now = new Date(at - DAY / 2).toISOString().slice(0, 23).replace('T', ' ');
        changeOffice({ db: server.database, random, memory, now }, CHANGES);
      }
      await fresh.empty();
      await fresh.run(server, at);
      const wanted = await fresh.fingerprint();
      const rejects = await fresh.rejects();
      for (const [name, changes] of Object.entries<ChangesPlan>(STRATEGIES)) {
        const foreseen = await stores[name]!.foresee(server, at, { changes });
        const interrupted = night > 0 && random() < 1 / 3 ? 1 + Math.floor(random() * 4) : null;
        const summary = await follow(stores[name]!, server, at, changes, interrupted);
        expect(await stores[name]!.fingerprint(), `night ${night}, ${name}`).toEqual(wanted);
        // A reject that went from the source is forgotten when everything is compared.
        const standing = (await stores[name]!.rejects()).filter((reject) => !isGone(fresh.plan, server, reject));
        expect(standing, `night ${night}, ${name}`).toEqual(rejects);
        if (night === 0 || name === 'compare') continue;
        // What was foreseen is what happened; an interrupted night was planned in its first part.
        if (interrupted === null)
          expect(foreseen.map(waysOf), `night ${night}, ${name}`).toEqual(summary.entities.map(waysOf));
        const whole = summary.entities
          .filter(({ mode }) => mode === 'full')
          .map(({ entity, reason }) => `${entity}: ${reason}`);
        expect(whole, `night ${night}, ${name}`).toEqual(WHOLE);
      }
    }
    expect(server.failures).toEqual([]);
  });
});

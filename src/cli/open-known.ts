import type { Config } from '../config/config.ts';
import { EzdError } from '../core/errors.ts';
import { isOfFamily } from '../ledger/source-family.ts';
import { type KnownRecords, NOTHING_KNOWN } from '../sources/package/known-records.ts';
import type { Cli } from './cli.ts';
import { openProjectLedger } from './compose.ts';
import { knownRecords } from './known-records.ts';
import type { Store } from './open-store.ts';

/** Where a run of packages learns what the store holds already from the office's database. */
export interface KnownPort {
  readonly known: () => Promise<KnownRecords>;
  /** The store of the run, once it is open. */
  useStore(store: Store): void;
  close(): Promise<void>;
}

/** `real`: the project whose store a dry run stands for; null: the run's own store is asked. */
export function openKnown(office: string, real: Config | null): KnownPort {
  let own: Store | null = null;
  let opened: Store | null = null;
  return {
    known: async () => {
      if (real !== null) opened = await openProjectLedger(real);
      const store = real === null ? own : opened;
      return store === null ? NOTHING_KNOWN : knownRecords(store, office);
    },
    useStore: (store) => {
      own = store;
    },
    close: async () => {
      await opened?.close();
      opened = null;
    },
  };
}

/**
 * The database comes first: loaded after packages it would bring their cases a second time, since only the database has their numbers. A sync later on is not
 * affected: then the database was there first. Throws EzdError CONFIG.
 */
export async function refusePackagesFirst(
  { texts }: Cli,
  { office, source }: Config,
  { ledger }: Store,
): Promise<void> {
  if (source.kind === 'package') return;
  const runs = (await ledger.listRuns(office, 10_000)).filter(
    ({ status, entities }) => status !== 'rolled-back' && entities.some(({ counts }) => counts.loaded > 0),
  );
  const packages = runs.filter((run) => isOfFamily(run, 'package'));
  if (packages.length === 0 || packages.length < runs.length) return;
  throw new EzdError('CONFIG', texts.text('run.packagesFirst', { runs: packages.map(({ id }) => id).join(', ') }), {
    subject: office,
    hint: texts.text('run.packagesFirstHint', { run: packages[0]!.id }),
  });
}

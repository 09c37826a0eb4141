import type { Config } from '../../config/config.ts';
import { EzdError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { Plan } from '../../core/plan.ts';
import {
  type ReconcileOptions,
  type ReconcileRecord,
  type StoredReconcile,
  saveReconcile,
} from '../../ledger/reconcile-record.ts';
import { isOfFamily } from '../../ledger/source-family.ts';
import { type Reconciliation, reconcile } from '../../pipeline/reconcile/reconcile.ts';
import { openTargetReader } from '../../write/postgres/target-reader.ts';
import type { Cli } from '../cli.ts';
import {
  compileProject,
  openProjectLedger,
  openProjectStages,
  openProjectStore,
  openSource,
  targetCatalogue,
} from '../compose.ts';
import { openKnown } from '../open-known.ts';
import type { Store } from '../open-store.ts';
import { correctionsOf } from '../project-corrections.ts';
import { resolveUnits } from '../resolve-units.ts';
import { requireEntities } from '../run-project.ts';
import { type ContentsComparison, compareContents } from './compare-contents.ts';
import { keySample } from './key-sample.ts';
import { type LoadedSoFar, loadedSoFar } from './loaded-so-far.ts';
import { recordOf } from './record-of.ts';

export interface ReconcileChoice {
  readonly entities: readonly string[] | null;
  /** Share in percent to compare today; null: everything. */
  readonly percent: number | null;
  readonly contents: ReconcileOptions['contents'];
  /** Differences kept one by one for an entity at most. */
  readonly limit: number;
}

/** Runs that the books are read from at most. */
const RUNS = 10_000;

/** Compares the project's source with its store and keeps the result in the ledger. Holds the office's lock meanwhile. Throws EzdError. */
export async function reconcileProject(
  cli: Cli,
  config: Config,
  choice: ReconcileChoice,
  emit: Emit,
  signal: AbortSignal,
): Promise<StoredReconcile> {
  const startedAt = new Date(cli.io.now());
  await requireLoaded(cli, config);
  const port = openKnown(config.office, null);
  const { source } = openSource(config, emit, {}, port.known);
  try {
    const catalogue = await source.catalogue();
    const store = await openProjectStore(config);
    try {
      port.useStore(store);
      const { plan } = compileProject(config, catalogue, await targetCatalogue(config, store));
      requireEntities(cli, plan, choice.entities);
      const runs = await store.ledger.listRuns(config.office, RUNS);
      const own = runs.filter((run) => isOfFamily(run, config.source.kind));
      const loaded = loadedSoFar(own, plan, config.units);
      tellScope(cli, plan, loaded);
      const compared = await compareRows(cli, config, choice, { source, catalogue, store, plan, loaded, emit, signal });
      const contents = await contentsOf(cli, config, store, choice, signal);
      const record = await recordOf({ cli, config, choice, plan, loaded, startedAt, store }, compared, contents);
      return { id: await save(store, record), ...record };
    } finally {
      await store.close();
    }
  } finally {
    await port.close();
    await source.close();
  }
}

async function requireLoaded({ texts }: Cli, config: Config): Promise<void> {
  const store = await openProjectLedger(config);
  await store?.close();
  if (store === null)
    throw new EzdError('USAGE', texts.text('reconcile.nothing'), { hint: texts.text('status.noneHint') });
}

/** What limits the comparison is said before it, not found out after. */
function tellScope(
  { texts, note, noteStyle }: Cli,
  plan: Plan,
  { last, partial, unfinished, units }: LoadedSoFar,
): void {
  if (unfinished !== null) {
    const { command, id } = unfinished;
    note(noteStyle.yellow(texts.text('reconcile.unfinished', { run: id, command })));
  }
  if (units !== null) note(texts.text('reconcile.scope', { units: units.join(', ') }));
  if (last !== null && last.planHash !== plan.hash)
    note(noteStyle.yellow(texts.text('reconcile.planChanged', { run: last.id })));
  if (partial.size === plan.entities.length) note(noteStyle.yellow(texts.text('reconcile.partial')));
}

interface Rows {
  readonly source: ReturnType<typeof openSource>['source'];
  readonly catalogue: Awaited<ReturnType<Rows['source']['catalogue']>>;
  readonly store: Store;
  readonly plan: Plan;
  readonly loaded: LoadedSoFar;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

async function compareRows(cli: Cli, config: Config, choice: ReconcileChoice, rows: Rows): Promise<Reconciliation> {
  const { catalogue, emit, loaded, plan, signal, source, store } = rows;
  const unlock = await store.ledger.lock(config.office);
  const stages = openProjectStages(config, plan, catalogue);
  try {
    const wanted = choice.entities === null ? null : new Set(choice.entities);
    const { office, target } = config;
    return await reconcile(
      {
        plan,
        entities: plan.entities.filter(({ name }) => wanted?.has(name) ?? true),
        units: loaded.units,
        sample: choice.percent === null ? null : keySample(choice.percent, cli.io.now()),
        partial: loaded.partial,
        unsettled: loaded.unfinished !== null,
        corrections: correctionsOf(config, plan),
        jobs: config.jobs,
        limit: choice.limit,
        now: loaded.last?.startedAt.getTime() ?? cli.io.now(),
      },
      {
        source,
        reader: await openTargetReader(
          { pool: store.pool, office, ledgerSchema: target.ledgerSchema, source: config.source.kind },
          plan.entities,
        ),
        stages,
        resolveUnits: (units) => resolveUnits(plan, units, { source, stages, texts: cli.texts, signal }),
        emit,
        signal,
      },
    );
  } finally {
    await stages.close();
    await unlock();
  }
}

async function contentsOf(
  cli: Cli,
  config: Config,
  store: Store,
  { contents, limit, percent }: ReconcileChoice,
  signal: AbortSignal,
): Promise<ContentsComparison | null> {
  if (contents === 'none') return null;
  return compareContents(cli, config, store, { all: contents === 'all', percent, limit, signal });
}

async function save(store: Store, record: ReconcileRecord): Promise<number> {
  const session = await store.pool.session();
  try {
    return await saveReconcile(session, `"${store.ledgerSchema}"`, record);
  } finally {
    await session.release();
  }
}

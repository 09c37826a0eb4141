import { createHash } from 'node:crypto';
import type { Config } from '../config/config.ts';
import type { Emit } from '../core/events.ts';
import type { RunPorts, RunRequest } from '../pipeline/run-plan.ts';
import { foreseeSync } from '../pipeline/sync/foresee-sync.ts';
import { syncPlan } from '../pipeline/sync/sync-plan.ts';
import type {
  ForeseenEntity,
  SyncOptions,
  SyncPorts,
  SyncRequest,
  SyncSummary,
} from '../pipeline/sync/sync-request.ts';
import { createPostgresSyncStore } from '../write/postgres/sync/postgres-sync-store.ts';
import type { Cli } from './cli.ts';
import { policyOf } from './compose.ts';
import type { Store } from './open-store.ts';
import { resolveUnits } from './resolve-units.ts';
import { type RunOutcome, runProject } from './run-project.ts';
import { unitsOfWaves } from './units-of-waves.ts';

export interface SyncChoice {
  readonly version: string;
  readonly entities: readonly string[] | null;
  readonly full: boolean;
  readonly allowDeletes: boolean;
  readonly overwrite: boolean;
}

/** What became of a sync, as far as it got. */
export interface SyncOutcome extends RunOutcome {
  /** null: it did not come to its end. */
  readonly sync: SyncSummary | null;
}

/**
 * Brings the target of a project to the state of its source. An unfinished sync is finished first; then a new one follows at once, so that the result is of today.
 * This is what `sync` does, and what a night or a demo may call.
 */
export async function syncProject(
  cli: Cli,
  config: Config,
  choice: SyncChoice,
  emit: Emit,
  signal: AbortSignal,
): Promise<SyncOutcome> {
  let sync: SyncSummary | null = null;
  const act = async (request: RunRequest, ports: RunPorts, store: Store): Promise<SyncSummary> => {
    for (let before: SyncSummary | null = null; ; before = sync) {
      const wanted = await syncRequestOf(cli, config, choice, request, ports, store);
      sync = withEarlier(await syncPlan(wanted, portsOf(config, ports, store)), before);
      if (!sync.resumed) return sync;
      cli.note(cli.texts.text('sync.again', { run: sync.run.id }));
    }
  };
  const { version, entities } = choice;
  const outcome = await runProject(cli, config, { command: 'sync', version, entities, limit: null, act }, emit, signal);
  return { ...outcome, sync: outcome.failure === null ? sync : null };
}

/** What the sync that was finished first removed and kept counts too: it happened tonight. */
function withEarlier(sync: SyncSummary, before: SyncSummary | null): SyncSummary {
  if (before === null) return sync;
  const earlier = new Map(before.entities.map((each) => [each.entity, each]));
  const entities = sync.entities.map((each) => {
    const { removed = 0, kept = 0 } = earlier.get(each.entity) ?? {};
    return { ...each, removed: each.removed + removed, kept: Math.max(each.kept, kept) };
  });
  return { ...sync, entities };
}

/** What a sync would do, entity by entity. Changes nothing: what it notes in the ledger while it works it takes away again. */
export async function foreseeProject(
  cli: Cli,
  config: Config,
  choice: SyncChoice,
  emit: Emit,
  signal: AbortSignal,
): Promise<readonly ForeseenEntity[]> {
  let foreseen: readonly ForeseenEntity[] = [];
  const told = new Error('foreseen');
  const act = async (request: RunRequest, ports: RunPorts, store: Store): Promise<never> => {
    foreseen = await foreseeSync(
      await syncRequestOf(cli, config, choice, request, ports, store),
      portsOf(config, ports, store),
    );
    throw told;
  };
  const { version, entities } = choice;
  const { failure } = await runProject(
    cli,
    config,
    { command: 'sync', version, entities, limit: null, act },
    emit,
    signal,
  );
  if (failure !== told) throw failure;
  return foreseen;
}

const portsOf = ({ office, source }: Config, ports: RunPorts, { pool, ledgerSchema }: Store): SyncPorts => ({
  ...ports,
  store: createPostgresSyncStore({ pool, office, ledgerSchema, source: source.kind }),
});

/** The request with what decides a sync: options, and the units that are live. */
async function syncRequestOf(
  cli: Cli,
  config: Config,
  choice: SyncChoice,
  request: RunRequest,
  ports: RunPorts,
  store: Store,
): Promise<SyncRequest> {
  const { texts } = cli;
  const { live, leaving } = await unitsOfWaves(config, request.now, portsOf(config, ports, store).store);
  const sync = syncOptionsOf(config, choice, [live, leaving]);
  if (live.length > 0) cli.note(texts.text('sync.live', { units: live.join(', ') }));
  if (leaving.length > 0) cli.note(texts.text('sync.leaving', { units: leaving.join(', ') }));
  const { source, stages, signal } = ports;
  const keysOf = (units: readonly string[]): Promise<readonly string[]> =>
    resolveUnits(request.plan, units, { source, stages, texts, signal });
  return {
    ...request,
    sync,
    ...(live.length === 0 ? {} : { frozenUnits: await keysOf(live) }),
    ...(leaving.length === 0 ? {} : { leavingUnits: await keysOf(leaving) }),
  };
}

function syncOptionsOf(
  config: Config,
  { full, allowDeletes, overwrite }: SyncChoice,
  waves: readonly (readonly string[])[],
): SyncOptions {
  const { changes, rejected, conflicts, deletesEvery, fullEvery, removeAtMost } = config.sync;
  return {
    full,
    allowDeletes,
    goneShare: removeAtMost / 100,
    goneAtLeast: removeAtMost === 0 ? 0 : REMOVED_UNASKED,
    deletesEvery,
    fullEvery,
    changes,
    rejected,
    keepConflicts: !overwrite && conflicts === 'keep',
    settings: createHash('sha256')
      .update(JSON.stringify([policyOf(config), waves]))
      .digest('hex'),
  };
}

/** Records of an entity that a sync may always remove: in a small entity a percent is less than one record. */
const REMOVED_UNASKED = 20;

import { createHash } from 'node:crypto';
import type { Config } from '../config/config.ts';
import type { Emit } from '../core/events.ts';
import type { RunPorts, RunRequest } from '../pipeline/run-plan.ts';
import { foreseeSync } from '../pipeline/sync/foresee-sync.ts';
import { syncPlan } from '../pipeline/sync/sync-plan.ts';
import type { ForeseenEntity, SyncOptions, SyncPorts, SyncSummary } from '../pipeline/sync/sync-request.ts';
import { createPostgresSyncStore } from '../write/postgres/sync/postgres-sync-store.ts';
import type { Cli } from './cli.ts';
import { policyOf } from './compose.ts';
import type { Store } from './open-store.ts';
import { type RunOutcome, runProject } from './run-project.ts';

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
    const options = syncOptionsOf(config, choice);
    for (;;) {
      sync = await syncPlan({ ...request, sync: options }, portsOf(config, ports, store));
      if (!sync.resumed) return sync;
      cli.note(cli.texts.text('sync.again', { run: sync.run.id }));
    }
  };
  const { version, entities } = choice;
  const outcome = await runProject(cli, config, { command: 'sync', version, entities, limit: null, act }, emit, signal);
  return { ...outcome, sync: outcome.failure === null ? sync : null };
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
    foreseen = await foreseeSync({ ...request, sync: syncOptionsOf(config, choice) }, portsOf(config, ports, store));
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

function syncOptionsOf(config: Config, { full, allowDeletes, overwrite }: SyncChoice): SyncOptions {
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
      .update(JSON.stringify(policyOf(config)))
      .digest('hex'),
  };
}

/** Records of an entity that a sync may always remove: in a small entity a percent is less than one record. */
const REMOVED_UNASKED = 20;

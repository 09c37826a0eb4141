import { EzdError } from '../../core/errors.ts';
import type { EntityPlan } from '../../core/plan.ts';
import type { RunState } from '../../ledger/ledger.ts';
import type { RemovedCount } from '../../write/sync-store.ts';
import type { RunRef } from '../../write/target.ts';
import { createIndexes } from '../build-indexes.ts';
import { closeRun, enduring, interrupted, stateOf, tellUnusedCorrections, withRun } from '../run-plan.ts';
import { createChangeFeeds } from './change-feeds.ts';
import { createFoldMirrors } from './fold-mirrors.ts';
import { decideEntity, readable, type SyncWork } from './plan-entity.ts';
import { retrySyncStore } from './retry-sync-store.ts';
import { syncEntity } from './sync-entity.ts';
import type { SyncPorts, SyncRequest, SyncSummary } from './sync-request.ts';

/** Rounds after the first: each needs a chain of entities in which one depends on another that comes later. */
const ROUNDS = 20;

/**
 * Brings the target to the state of the source, reading as little as the mapping allows; or goes on with the unfinished sync of the same scope. When this returns, the
 * target equals a fresh load of what the source held when each entity was read, but for what the policies keep.
 */
export async function syncPlan(request: SyncRequest, bare: SyncPorts): Promise<SyncSummary> {
  const endured = enduring(bare);
  const ports: SyncPorts = { ...endured, store: retrySyncStore(bare.store, bare.emit, bare.signal) };
  return withRun(request, ports, bare, (entities, run, resumed) => work(request, entities, run, resumed, ports));
}

async function work(
  request: SyncRequest,
  entities: readonly EntityPlan[],
  run: RunState,
  resumed: boolean,
  ports: SyncPorts,
): Promise<SyncSummary> {
  const { emit, store, target } = ports;
  const ref: RunRef = {
    id: run.id,
    office: request.plan.office,
    scoped: request.options.units !== null,
    sync: {
      keepConflicts: request.sync.keepConflicts,
      frozen: request.frozenUnits !== undefined || request.leavingUnits !== undefined,
    },
  };
  emit({ kind: 'run-started', run: run.id, resumed, entities: entities.map(({ name }) => name) });
  await store.begin(ref, request.plan.entities);
  const sync = prepareSync(request, ports, ref);
  const kept = new Map<string, number>();
  if (!(await firstRound(sync, entities, kept))) return await interrupted(run, ports);
  if (!(await furtherRounds(sync, entities, kept))) return await interrupted(run, ports);
  // References from entities that are not chosen are cleared too.
  const removed = await store.finish(ref, request.plan.entities, sync.scope);
  const missingReferences = await target.settle(ref, entities);
  const whole = await wholeEntities(sync, entities);
  // Of an entity of which only some rows were read, nobody can say which corrections are unused.
  if (request.options.limit === null) await tellUnusedCorrections(request, whole, run, ports);
  const touched = new Set(await store.touched(run.id, entities));
  const changed = entities.filter(({ name }) => touched.has(name));
  if (changed.length > 0) await target.judge(ref, changed, request.checks);
  const summary = await closeRun(run, resumed, missingReferences, ports, request.plan.office);
  return { ...summary, entities: await told(sync, entities, kept, removed) };
}

/** What the parts of a sync share. */
export function prepareSync(request: SyncRequest, ports: SyncPorts, ref: RunRef): SyncWork {
  const feeds = createChangeFeeds(request, ports, ports.source.changes, ref.id);
  const folds = createFoldMirrors({ ports, feeds, run: ref.id });
  const scope = request.options.units === null ? '' : [...request.options.units].sort().join(',');
  return { request, ports, ref, run: ref.id, scope, feeds, folds };
}

/** Every entity once, parents first. False: interrupted. */
async function firstRound(
  work: SyncWork,
  entities: readonly EntityPlan[],
  kept: Map<string, number>,
): Promise<boolean> {
  const { ports, run } = work;
  const indexes = createIndexes(work.request.plan, ports);
  for (const entity of entities) {
    const before = await ports.ledger.getRun(work.ref.office, run);
    const state = stateOf(before!, entity);
    if (state.status === 'finished') continue;
    const planned = await planOf(work, entity);
    if (
      planned.mode === 'keys' &&
      state.status === 'pending' &&
      (await ports.store.todo(run, entity.name, 0, 1)).length === 0
    ) {
      await ports.ledger.startEntity(run, entity.name, [], 0);
      await ports.ledger.finishEntity(run, entity.name);
      continue;
    }
    kept.set(entity.name, await syncEntity(work, { entity, planned, state, indexes }));
    if (ports.signal.aborted) return false;
  }
  return true;
}

/** Reasons to read everything that nobody wonders about. */
const EXPECTED = ['compare', 'no-changes', 'first', 'asked'];

/** How this run reads an entity: decided once, then kept; why everything is read is said before it is. */
async function planOf(
  work: SyncWork,
  entity: EntityPlan,
): Promise<NonNullable<Awaited<ReturnType<SyncPorts['store']['planned']>>>> {
  const { ports, run } = work;
  const known = await ports.store.planned(run, entity.name);
  if (known !== null) return known;
  const { planned, todo } = await decideEntity(work, entity);
  if (planned.mode === 'full' && !EXPECTED.includes(planned.reason)) {
    const [code = '', about = ''] = planned.reason.split(/:(.*)/s);
    const name = code.toUpperCase().replaceAll('-', '_');
    ports.emit({ kind: 'note', code: `SYNC_${name}`, params: { entity: entity.name, about } });
  }
  await ports.store.plan(run, entity.name, planned, todo);
  return planned;
}

/** Records whose parents leave or came while they themselves did not change, until nothing more follows. False: interrupted. */
async function furtherRounds(
  work: SyncWork,
  entities: readonly EntityPlan[],
  kept: Map<string, number>,
): Promise<boolean> {
  const { ports, ref, run } = work;
  const indexes = createIndexes(work.request.plan, ports);
  for (let round = 0; round < ROUNDS; round++) {
    let more = false;
    for (const entity of entities) {
      const keys = await ports.store.affected(ref, entity);
      if (keys.length === 0) continue;
      more = true;
      const planned = await planOf(work, entity);
      const follows = planned.strategy !== 'compare';
      await ports.store.readAgain(run, entity, follows ? await readable(work, entity, keys, false) : keys);
      await ports.store.beginPass(run, entity.name);
      const state = stateOf((await ports.ledger.getRun(ref.office, run))!, entity);
      kept.set(
        entity.name,
        (kept.get(entity.name) ?? 0) + (await syncEntity(work, { entity, planned, state, indexes })),
      );
      if (ports.signal.aborted) return false;
    }
    if (!more) return true;
  }
  return true;
}

async function wholeEntities(
  { ports, run }: SyncWork,
  entities: readonly EntityPlan[],
): Promise<readonly EntityPlan[]> {
  const whole: EntityPlan[] = [];
  for (const entity of entities) if ((await ports.store.planned(run, entity.name))?.mode === 'full') whole.push(entity);
  return whole;
}

async function told(
  { ports, run }: SyncWork,
  entities: readonly EntityPlan[],
  kept: ReadonlyMap<string, number>,
  removed: readonly RemovedCount[],
): Promise<SyncSummary['entities']> {
  const all: SyncSummary['entities'][number][] = [];
  for (const { name } of entities) {
    const planned = await ports.store.planned(run, name);
    if (planned === null) throw new EzdError('INTERNAL', `Entity ${name} was synchronised without a plan.`);
    const { mode, reason, strategy, changed } = planned;
    const gone = removed.find(({ entity }) => entity === name)?.removed ?? 0;
    all.push({
      entity: name,
      mode,
      reason,
      strategy,
      changed: mode === 'full' ? null : changed,
      removed: gone,
      kept: kept.get(name) ?? 0,
    });
  }
  return all;
}

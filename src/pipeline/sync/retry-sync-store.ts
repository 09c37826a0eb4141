import type { Emit } from '../../core/events.ts';
import type { MirrorStore, SyncStore } from '../../write/sync-store.ts';
import { retrying } from '../../write/wrap/retry.ts';

/** A sync store whose steps survive lost connections; each may be repeated. Streams are pages and start again with the step that reads them. */
export function retrySyncStore(store: SyncStore, emit: Emit, signal: AbortSignal): SyncStore {
  const again = <T>(work: () => Promise<T>): Promise<T> => retrying(work, 'sync', emit, signal);
  const { mirror } = store;
  const mirrors: MirrorStore = {
    ...mirror,
    state: (entity, name) => again(() => mirror.state(entity, name)),
    touched: (run, entity, name) => again(() => mirror.touched(run, entity, name)),
    reset: (run, entity, name) => again(() => mirror.reset(run, entity, name)),
    before: (entity, name, keys) => again(() => mirror.before(entity, name, keys)),
  };
  return {
    ...store,
    mirror: mirrors,
    watermark: (entity, scope) => again(() => store.watermark(entity, scope)),
    lastRollback: () => again(() => store.lastRollback()),
    countRecords: (entity) => again(() => store.countRecords(entity)),
    begin: (run, entities) => again(() => store.begin(run, entities)),
    planned: (run, entity) => again(() => store.planned(run, entity)),
    plan: (run, entity, planned, todo) => again(() => store.plan(run, entity, planned, todo)),
    todo: (run, entity, after, limit) => again(() => store.todo(run, entity, after, limit)),
    unknownKeys: (entity, keys) => again(() => store.unknownKeys(entity, keys)),
    standing: (entity) => again(() => store.standing(entity)),
    affected: (run, entity) => again(() => store.affected(run, entity)),
    beginPass: (run, entity) => again(() => store.beginPass(run, entity)),
    endPass: (run, entity, pass, rules) => again(() => store.endPass(run, entity, pass, rules)),
    leaving: () => again(() => store.leaving()),
    finish: (run, entities, scope) => again(() => store.finish(run, entities, scope)),
    touched: (run, entities) => again(() => store.touched(run, entities)),
  };
}

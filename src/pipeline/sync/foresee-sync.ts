import type { RunRef } from '../../write/target.ts';
import { createIndexes } from '../build-indexes.ts';
import { enduring, entitiesInScope } from '../run-plan.ts';
import { decideEntity } from './plan-entity.ts';
import { prepareSync } from './sync-plan.ts';
import type { ForeseenEntity, SyncPorts, SyncRequest } from './sync-request.ts';

/** Number under which what is looked up is noted; no run has it. Greater than any, since what a working run notes lies over what counts. */
const NO_RUN = 2_147_483_647;

/** What a sync would read, and why. Writes nothing but notes of a run that there is not, which go at the end; holds the office's lock meanwhile. */
export async function foreseeSync(request: SyncRequest, bare: SyncPorts): Promise<readonly ForeseenEntity[]> {
  const ports: SyncPorts = { ...enduring(bare), store: bare.store };
  const unlock = await ports.ledger.lock(request.plan.office);
  const ref: RunRef = { id: NO_RUN, office: request.plan.office, scoped: request.options.units !== null };
  const entities = entitiesInScope(request);
  try {
    await ports.store.prepare(entities);
    const work = prepareSync(request, ports, ref);
    const indexes = createIndexes(request.plan, ports);
    const foreseen: ForeseenEntity[] = [];
    for (const entity of entities) {
      const { planned, todo } = await decideEntity(work, entity);
      const { mode, reason, strategy, changed } = planned;
      const full = mode === 'full';
      foreseen.push({
        entity: entity.name,
        mode,
        reason,
        strategy,
        changed: full ? null : changed,
        toRead: full ? await indexes.expectedRows(entity) : todo.length,
        inTarget: await ports.store.countRecords(entity),
      });
    }
    return foreseen;
  } finally {
    await ports.store.forgetRun(NO_RUN);
    await unlock();
  }
}

import { EzdError } from '../../core/errors.ts';
import type { EntityPlan } from '../../core/plan.ts';
import type { RunState } from '../../ledger/ledger.ts';
import type { PlannedEntity } from '../../write/sync-store.ts';
import type { Indexes } from '../build-indexes.ts';
import { isTodo, runEntity } from '../run-entity.ts';
import { createKeyedIndexes, createKeyedStages } from './keyed-stages.ts';
import { createObservation } from './observe-entity.ts';
import type { SyncWork } from './plan-entity.ts';
import { createTodoSource } from './todo-source.ts';

export interface EntityPass {
  readonly entity: EntityPlan;
  readonly planned: PlannedEntity;
  /** The run as the ledger has it now. */
  readonly state: RunState['entities'][number];
  readonly indexes: Indexes;
}

/** Reads one entity as it was planned, then finds what of it leaves the target. Returns how many records stay although their source row does not. */
export async function syncEntity(work: SyncWork, { entity, planned, state, indexes }: EntityPass): Promise<number> {
  const { request, ports, ref, run } = work;
  const { store } = ports;
  if (state.status === 'finished') return 0;
  const observation = createObservation();
  // A partition of keys beside partitions of ranges: the ranges were read and judged, some keys are read again.
  const again = planned.mode === 'full' && state.partitions.some(({ range }) => isTodo(range));
  const keys = planned.mode === 'keys' || again;
  const source = createTodoSource({
    source: ports.source,
    stages: ports.stages,
    store,
    run,
    entity: entity.name,
    onlyTodo: planned.mode === 'keys',
    ask: planned.strategy !== 'compare',
    folded: entity.from.fold !== null,
  });
  const stages = keys ? createKeyedStages(entity, request.plan, ports) : ports.stages;
  const lean = keys && planned.strategy !== 'compare';
  let kept = 0;
  if (state.status === 'pending') await store.beginPass(run, entity.name);
  await runEntity(
    {
      request,
      entity,
      ref,
      state,
      indexes: lean ? createKeyedIndexes(request.plan, work.folds, indexes, planned.changed) : indexes,
      observe: observation.observe,
      onlyOpen: again,
      beforeFinish: async () => {
        const asked = keys ? await askedRecords(work, entity, planned) : [];
        const outcome = await store.endPass(
          ref,
          entity,
          { full: !keys, saw: observation.saw, asked },
          {
            gone: entity.from.gone,
            rejected: entity.from.rejected ?? request.sync.rejected,
            keepConflicts: request.sync.keepConflicts,
            now: request.now,
          },
        );
        kept = outcome.kept;
        await guard(work, entity);
      },
    },
    { ...ports, source, stages: lean ? stages : ports.stages },
  );
  return kept;
}

/** Legacy keys of the records that the todo list means: of row versions, the heads of their lineages before and now. */
async function askedRecords(
  { ports, run, folds }: SyncWork,
  entity: EntityPlan,
  planned: PlannedEntity,
): Promise<readonly string[]> {
  const keys: string[] = [];
  for (let after = 0; ; ) {
    const page = await ports.store.todo(run, entity.name, after, 5000);
    for (const { key } of page) keys.push(key);
    if (page.length < 5000) break;
    after = page.at(-1)!.seq;
  }
  const distinct = [...new Set(keys)];
  return entity.from.fold === null || planned.strategy === 'compare' ? distinct : folds.heads(entity, distinct);
}

/** Stops before too much goes: a wrong connection or an emptied table must not empty the new system. */
async function guard({ request, ports }: SyncWork, entity: EntityPlan): Promise<void> {
  const { allowDeletes, goneShare, goneAtLeast } = request.sync;
  if (allowDeletes) return;
  const leaving = (await ports.store.leaving()).find((each) => each.entity === entity.name)?.count ?? 0;
  if (leaving <= goneAtLeast) return;
  const records = await ports.store.countRecords(entity);
  const limit = Math.max(goneAtLeast, Math.floor(records * goneShare));
  if (leaving <= limit) return;
  throw new EzdError(
    'TOO_MANY_DELETES',
    `${leaving} of ${records} records of ${entity.name} would leave the target, more than the ${limit} that are allowed.`,
    {
      subject: entity.name,
      hint: 'Nothing was removed. Check that the source is the right one and whole; if it is, start `ezd-migrate sync --allow-deletes`: it goes on where it stopped.',
    },
  );
}

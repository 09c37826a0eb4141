import type { CorrectionSet } from '../../core/correction.ts';
import { EzdError } from '../../core/errors.ts';
import type { Emit } from '../../core/events.ts';
import type { EntityPlan, Plan } from '../../core/plan.ts';
import type { Source } from '../../sources/source.ts';
import type { ForeignRow, KeySample, TargetReader } from '../../write/target-reader.ts';
import { createIndexes } from '../build-indexes.ts';
import type { Stages } from '../stages.ts';
import { compareEntity, type EntityReconcile } from './compare-entity.ts';
import type { Difference } from './difference.ts';

/** What to compare. */
export interface ReconcileRequest {
  readonly plan: Plan;
  /** In the order of the plan. */
  readonly entities: readonly EntityPlan[];
  /** Units in scope as symbols, for the indexes; null: all. */
  readonly units: readonly string[] | null;
  readonly sample: KeySample | null;
  /** Entities of which no finished run has read everything: only what the ledger knows is expected of them. */
  readonly partial: ReadonlySet<string>;
  /** The newest run has not finished: references may wait although their parent has arrived. */
  readonly unsettled: boolean;
  /** What the office put right by hand, as a run would apply it. */
  readonly corrections?: CorrectionSet;
  readonly jobs: number;
  /** Differences kept one by one for an entity at most. */
  readonly limit: number;
  /** Rows that are fetched and compared one by one together; a range with more is divided first. */
  readonly together?: number;
  /** Milliseconds since 1970 that rules call "now": the time of the last run, so that nothing differs because a day has passed. */
  readonly now: number;
}

/** What it works with; `cli/compose.ts` builds these. Nothing is changed through them. */
export interface ReconcilePorts {
  readonly source: Source;
  readonly reader: TargetReader;
  readonly stages: Stages;
  readonly resolveUnits: (units: readonly string[]) => Promise<readonly string[]>;
  readonly emit: Emit;
  readonly signal: AbortSignal;
}

export interface Reconciliation {
  readonly entities: readonly EntityReconcile[];
  /** Rows that no entity of any office can have put there. */
  readonly foreign: readonly ForeignRow[];
  readonly equal: boolean;
}

/** Compares source and target, entity by entity, down to records and fields that differ. Throws EzdError INTERRUPTED when told to stop. */
export async function reconcile(request: ReconcileRequest, ports: ReconcilePorts): Promise<Reconciliation> {
  const { entities, limit, plan, units } = request;
  const indexes = createIndexes(plan, ports);
  const scope = units === null ? null : new Set(await ports.resolveUnits(units));
  const { corrections, now } = request;
  const rowsOf = { now, options: { units }, ...(corrections === undefined ? {} : { corrections }) };
  const results: EntityReconcile[] = [];
  try {
    for (const entity of entities) {
      const spec = await indexes.stageSpec(entity, rowsOf);
      const stage = await ports.stages.open({ ...spec, sample: request.sample });
      try {
        results.push(
          await compareEntity({
            office: plan.office,
            entity,
            entities: plan.entities,
            source: ports.source,
            stage,
            reader: ports.reader,
            sample: request.sample,
            units: scope,
            partial: request.partial.has(entity.name),
            unsettled: request.unsettled,
            expectedRows: await expectedRows(indexes.expectedRows(entity), request.sample),
            jobs: request.jobs,
            limit,
            together: request.together ?? 50_000,
            emit: ports.emit,
            signal: ports.signal,
          }),
        );
      } finally {
        await stage.close();
      }
      ports.signal.throwIfAborted();
    }
    const foreign = request.sample === null ? await ports.reader.foreignRows(entities, plan.entities, limit) : [];
    const equal = foreign.length === 0 && results.every(isEqual);
    return { entities: results, foreign, equal };
  } catch (error) {
    if (ports.signal.aborted) throw interrupted();
    throw error;
  }
}

/** Nothing differs, and nothing of the source waits to be loaded. */
export const isEqual = ({ counts, differences, unexamined }: EntityReconcile): boolean =>
  differences.length === 0 && unexamined.ranges === 0 && counts.notLoaded === 0;

/** A sample of a table is about that share of it. */
async function expectedRows(rows: Promise<number | null>, sample: KeySample | null): Promise<number | null> {
  const all = await rows;
  return all === null || sample === null ? all : Math.ceil(all / sample.of);
}

const interrupted = (): EzdError =>
  new EzdError('INTERRUPTED', 'The comparison was interrupted; nothing of it is kept.', {
    hint: 'Start the same command again. It only reads, so there is nothing to put in order.',
  });

/** All differences, in the order of entities. */
export const allDifferences = ({ entities }: Reconciliation): readonly Difference[] =>
  entities.flatMap(({ differences }) => differences);

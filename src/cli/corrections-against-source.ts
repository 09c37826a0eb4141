import type { CorrectionOutcome, CorrectionSet, CorrectionUse } from '../core/correction.ts';
import type { EntityPlan, Plan } from '../core/plan.ts';
import { createIndexes } from '../pipeline/build-indexes.ts';
import type { Stages } from '../pipeline/stages.ts';
import type { Source } from '../sources/source.ts';
import { openCorrections } from '../transform/corrections/open-corrections.ts';
import { environmentOf } from './build-stage.ts';

export interface SourcePorts {
  readonly source: Source;
  readonly stages: Stages;
  readonly signal: AbortSignal;
  readonly now: number;
}

/** How the corrections of a set meet the records of the source, by number of the correction. */
export interface SourceComparison {
  /** Outcome of each correction of a single record; a number that is not here has no record. */
  readonly outcomes: ReadonlyMap<number, CorrectionOutcome>;
  /** Values that bulk corrections change. */
  readonly changes: ReadonlyMap<number, number>;
}

/** Reads the tables that have corrections and tells what each correction would do. Writes nothing. */
export async function compareWithSource(plan: Plan, set: CorrectionSet, ports: SourcePorts): Promise<SourceComparison> {
  const outcomes = new Map<number, CorrectionOutcome>();
  const changes = new Map<number, number>();
  const corrected = plan.entities.filter(({ name }) => set.corrections.some(({ entity }) => entity === name));
  for (const entity of corrected) {
    for await (const use of usesOf(entity, plan, set, ports)) {
      if (set.corrections[use.number]!.kind === 'record') outcomes.set(use.number, use.outcome);
      else changes.set(use.number, (changes.get(use.number) ?? 0) + 1);
    }
  }
  return { outcomes, changes };
}

async function* usesOf(
  entity: EntityPlan,
  plan: Plan,
  corrections: CorrectionSet,
  { source, stages, signal, now }: SourcePorts,
): AsyncIterable<CorrectionUse> {
  const indexes = createIndexes(plan, { source, stages, signal, resolveUnits: () => Promise.resolve([]) });
  const options = { entities: null, units: null, limit: null };
  const spec = await indexes.stageSpec(entity, { options, corrections, now });
  const correct = openCorrections(spec.corrections!, entity, environmentOf(spec));
  const { table, columns, key, sql } = entity.from;
  for (const partition of await source.partitions(table, key, 1)) {
    const request = { table, columns, key, partition, sql, sliceRows: 5000, signal };
    for await (const slice of source.read(request, null))
      for (const row of stages.parse(slice).rows) yield* correct(row)?.uses ?? [];
  }
}

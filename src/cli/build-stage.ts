import type { EntityPlan, Plan } from '../core/plan.ts';
import { applyPolicy, type RulePolicy } from '../core/policy.ts';
import type { SourceRow } from '../core/record.ts';
import { isSampled } from '../pipeline/reconcile/id-place.ts';
import { createStage, type SyncStage } from '../pipeline/stage.ts';
import type { StageSpec } from '../pipeline/stages.ts';
import type { RawParser } from '../sources/source.ts';
import { openCorrections } from '../transform/corrections/open-corrections.ts';
import { createTransformer, keyReader } from '../transform/create-transformer.ts';
import { openFoldIndex } from '../transform/fold-index.ts';
import { openJoinIndex } from '../transform/join-index.ts';
import type { FoldIndex, ScopeFilter, TransformEnvironment } from '../transform/transformer.ts';
import { compileRules } from '../validate/compile-rules.ts';
import { createPostgresRowEncoder } from '../write/postgres/row-encoder.ts';
import type { KeySample } from '../write/target-reader.ts';
import { RAW_PARSERS } from './raw-parsers.ts';

/** Everything a stage is built from, as plain data: the same in this thread and in a worker. */
export interface StageBlueprint {
  readonly plan: Plan;
  readonly policy: RulePolicy;
  readonly spec: StageSpec;
}

export const PARSERS: Readonly<Record<string, RawParser>> = RAW_PARSERS;

/** Builds the stage of one entity: its transformer, rules and row encoder. */
export function buildStage({ plan, policy, spec }: StageBlueprint): SyncStage {
  const entity = plan.entities.find(({ name }) => name === spec.entity)!;
  const env = environmentOf(spec);
  return createStage({
    entity,
    ...(spec.corrections === undefined ? {} : { correct: openCorrections(spec.corrections, entity, env) }),
    transform: createTransformer(entity, plan, env),
    rules: compileRules(entity, { policy, now: spec.now, timezone: plan.timezone }),
    policy: (finding) => applyPolicy(finding, policy),
    encoder: createPostgresRowEncoder(entity, plan.office),
    parsers: PARSERS,
    wanted: sampleOf(entity, env.folds.get(entity.name) ?? null, spec.sample ?? null),
    withholdRaw: plan.notMapped.some(({ table, secret }) => secret && isSameTable(table, entity.from.table)),
  });
}

/** Opens what a stage knows of other tables, in any thread. */
export function environmentOf(spec: StageSpec): TransformEnvironment {
  const scope = spec.scope === null ? null : new Set(spec.scope);
  return {
    folds: new Map(Object.entries(spec.folds).map(([name, data]) => [name, openFoldIndex(data)])),
    joins: new Map(Object.entries(spec.joins).map(([alias, data]) => [alias, openJoinIndex(data)])),
    scope: scope === null ? null : { includes: (unit) => scope.has(String(unit)) },
    now: spec.now,
    ...(spec.frozen === undefined ? {} : { frozen: unitFilter(spec.frozen) }),
    ...(spec.leaving === undefined ? {} : { leaving: unitFilter(spec.leaving) }),
  };
}

function unitFilter(units: readonly string[]): ScopeFilter {
  const keys = new Set(units);
  return { includes: (unit) => keys.has(String(unit)) };
}

/** Rows whose integer key lies outside the sample are dropped early; all others are judged by their id later. */
function sampleOf(
  entity: EntityPlan,
  fold: FoldIndex | null,
  sample: KeySample | null,
): ((row: SourceRow) => boolean) | null {
  if (sample === null) return null;
  const readKey = keyReader(entity);
  return (row) => {
    const own = readKey(row);
    const key = own === null || fold === null ? own : fold.head(own);
    return typeof key !== 'number' || isSampled({ hashed: false, number: key }, sample);
  };
}

const isSameTable = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

import type { Plan } from '../core/plan.ts';
import type { RulePolicy } from '../core/policy.ts';
import { createLocalStage } from '../pipeline/local-stage.ts';
import { rowsOf } from '../pipeline/stage.ts';
import type { Stages } from '../pipeline/stages.ts';
import { createWorkerCrew, type WorkerCrew } from '../pipeline/worker-stage.ts';
import { buildStage, PARSERS, type StageBlueprint } from './build-stage.ts';

export interface StageOptions {
  readonly plan: Plan;
  readonly policy: RulePolicy;
  /** Worker threads; 0: everything in this thread (sources that yield rows, tables too small to be worth a thread). */
  readonly threads: number;
}

/** The compiled worker beside this file. From sources (tests), the one that the last build made. */
const WORKER = import.meta.url.endsWith('.ts')
  ? new URL('../../dist/src/cli/stage-worker.js', import.meta.url)
  : new URL('./stage-worker.js', import.meta.url);

/** Opens stages in this thread or in worker threads. */
export function createStages({ plan, policy, threads }: StageOptions): Stages {
  const common: Omit<StageBlueprint, 'spec'> = { plan, policy };
  let crew: WorkerCrew | null = null;
  return {
    open(spec) {
      if (threads === 0) return Promise.resolve(createLocalStage(buildStage({ ...common, spec })));
      crew ??= createWorkerCrew(WORKER, common, threads);
      return crew.open(spec);
    },
    parse: (slice) => rowsOf(slice, PARSERS),
    async close() {
      await crew?.close();
      crew = null;
    },
  };
}

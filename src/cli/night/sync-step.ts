import type { Config } from '../../config/config.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import { type EntityLag, readWatermarkLags } from '../../ledger/watermark-lags.ts';
import type { NightStep, StepResult } from '../../night/night.ts';
import type { Cli } from '../cli.ts';
import { openProjectLedger } from '../compose.ts';
import { programVersion } from '../program-version.ts';
import { showProgress } from '../progress/show-progress.ts';
import { reportFailure } from '../report-failure.ts';
import { type SyncOutcome, syncProject } from '../sync-project.ts';
import { showSync } from '../sync-report.ts';
import { failedStep, findingTotals } from './step-failure.ts';

/** Brings over what changed; the first night loads everything. Goes on with a sync that an earlier night did not finish. */
export const syncStep = (cli: Cli, config: Config): NightStep => ({
  name: 'sync',
  needs: ['doctor'],
  run: async (signal) => {
    const progress = showProgress(cli);
    const choice = { version: programVersion(), entities: null, full: false, allowDeletes: false, overwrite: false };
    try {
      const outcome = await syncProject(cli, config, choice, progress.emit, signal).finally(() => progress.stop());
      showSync(cli, outcome);
      if (outcome.failure !== null) reportFailure(outcome.failure, cli);
      return resultOf(config, outcome, signal);
    } catch (failure) {
      reportFailure(failure, cli);
      return failedStep(failure, config, signal);
    }
  },
});

function resultOf(config: Config, outcome: SyncOutcome, signal: AbortSignal): StepResult {
  const { run, sync, findings, standingRejects, failure } = outcome;
  const totals = findingTotals(findings);
  const done = {
    ...(run === null
      ? {}
      : { run: run.id, entities: run.entities.map(({ entity, counts }) => ({ entity, ...counts })), findings: totals }),
    ...(sync === null
      ? {}
      : {
          numbers: {
            removed: sync.entities.reduce((sum, { removed }) => sum + removed, 0),
            standing_rejects: standingRejects,
          },
        }),
  };
  if (failure !== null) return { ...done, ...failedStep(failure, config, signal) };
  return { ...done, exitCode: totals.error > 0 ? EXIT_CODES.findings : EXIT_CODES.done };
}

/** For the metrics: how far each entity lies behind. */
export async function watermarkLags(config: Config): Promise<readonly EntityLag[]> {
  const store = await openProjectLedger(config);
  const session = await store?.pool.session();
  try {
    return session === undefined ? [] : await readWatermarkLags(session, `"${store!.ledgerSchema}"`, config.office);
  } finally {
    await session?.release();
    await store?.close();
  }
}

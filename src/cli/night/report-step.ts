import type { Config } from '../../config/config.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import type { NightStep, StepResult } from '../../night/night.ts';
import type { Cli } from '../cli.ts';
import { openProjectLedger } from '../compose.ts';
import { makeReport } from '../make-report.ts';
import { reportFailure } from '../report-failure.ts';
import { failedStep } from './step-failure.ts';

/** Runs that are looked through for the newest that read records; copies of contents have none. */
const RUNS = 50;

/** Writes the report of the newest run that read records, after everything that it tells of has been done. */
export const reportStep = (cli: Cli, config: Config): NightStep => ({
  name: 'report',
  needs: ['doctor'],
  run: async (signal) => {
    try {
      return await writeNewest(cli, config);
    } catch (failure) {
      reportFailure(failure, cli);
      return failedStep(failure, config, signal);
    }
  },
});

async function writeNewest(cli: Cli, config: Config): Promise<StepResult> {
  const store = await openProjectLedger(config);
  try {
    const runs = (await store?.ledger.listRuns(config.office, RUNS)) ?? [];
    const run = runs.find(({ entities }) => entities.length > 0);
    if (store === null || run === undefined) return { exitCode: EXIT_CODES.done };
    const { written } = await makeReport(cli, config, store, { run, kind: 'run', personal: false, out: null });
    cli.note(cli.texts.text('night.report', { folder: written.folder }));
    return { exitCode: EXIT_CODES.done, run: run.id };
  } finally {
    await store?.close();
  }
}

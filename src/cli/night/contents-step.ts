import type { Config } from '../../config/config.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import type { NightStep } from '../../night/night.ts';
import type { Cli } from '../cli.ts';
import { contentsAfterRun } from '../contents-after-run.ts';
import { reportFailure } from '../report-failure.ts';
import { failedStep, findingTotals } from './step-failure.ts';

/** Copies the contents that loaded records name and the store has not. */
export const contentsStep = (cli: Cli, config: Config): NightStep => ({
  name: 'contents',
  needs: ['doctor', 'sync'],
  run: async (signal) => {
    const outcome = await contentsAfterRun(cli, config, signal).catch((failure: unknown) => ({
      kind: 'failed' as const,
      failure,
    }));
    if (outcome.kind === 'failed') {
      reportFailure(outcome.failure, cli);
      return failedStep(outcome.failure, config, signal);
    }
    if (outcome.kind === 'none') return { exitCode: EXIT_CODES.done };
    const { run, counts } = outcome;
    const findings = findingTotals(outcome.findings);
    const { known, stored, duplicates, failed, bytesRead } = counts;
    return {
      exitCode: findings.error > 0 ? EXIT_CODES.findings : EXIT_CODES.done,
      run,
      findings,
      numbers: { known, stored, duplicates, failed, bytes_read: bytesRead },
    };
  },
});

/** Whether the project says where contents come from and go to. */
export const hasContents = ({ source, target }: Config): boolean =>
  target.contents !== null && (source.kind === 'package' || source.contents !== null);

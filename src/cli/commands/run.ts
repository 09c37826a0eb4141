import { EXIT_CODES } from '../../core/errors.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, wholeNumber, words } from '../command.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { programVersion } from '../program-version.ts';
import { showProgress } from '../progress/show-progress.ts';
import { failureObject, reportFailure } from '../report-failure.ts';
import { type RunOutcome, runProject } from '../run-project.ts';
import { entityObject, runObject, showOutcome, totalOf } from '../run-report.ts';

interface RunOptions {
  readonly entity?: readonly string[];
  readonly unit?: readonly string[];
  readonly limit?: number;
  readonly batchRows?: number;
  readonly jobs?: number;
  readonly strict?: boolean;
}

/** Loads, or goes on with an unfinished run of the same scope. */
export const run = defineCommand<RunOptions>({
  name: 'run',
  summary: 'run.summary',
  examples: [
    'ezd-migrate run',
    'ezd-migrate run --unit WO,WGK',
    'ezd-migrate run --entity adresat --entity koszulka --limit 1000',
    'ezd-migrate run --json > run.json',
  ],
  define(command, texts) {
    command
      .option('-e, --entity <name>', texts.text('option.entity'), words)
      .option('-u, --unit <symbol>', texts.text('option.unit'), words)
      .option('--limit <rows>', texts.text('option.limit'), wholeNumber('--limit', texts))
      .option('--batch-rows <rows>', texts.text('option.batchRows'), wholeNumber('--batch-rows', texts))
      .option('-j, --jobs <number>', texts.text('option.jobs'), wholeNumber('--jobs', texts))
      .option('--strict', texts.text('option.strict'));
  },
  async run(cli, _args, { entity, unit, limit, batchRows, jobs, strict }) {
    const { config } = cli.loadConfig({ units: unit, batchRows, jobs, strict });
    const choice = { command: 'run', version: programVersion(), entities: entity ?? null, limit: limit ?? null };
    const progress = showProgress(cli);
    const outcome = await withInterrupt(cli, (signal) =>
      runProject(cli, config, choice, progress.emit, signal),
    ).finally(() => progress.stop());
    return tell(cli, outcome);
  },
});

function tell(cli: Cli, outcome: RunOutcome): number {
  const { run, summary, findings, failure } = outcome;
  showOutcome(cli, outcome);
  cli.result({
    ...(run === null ? { run: null, status: 'failed' } : runObject(run)),
    ...(summary === null ? {} : { resumed: summary.resumed, missingReferences: summary.missingReferences }),
    entities: run?.entities.map(entityObject) ?? [],
    totals: totalOf(run?.entities ?? []),
    findings,
    ...(failure === null ? {} : { error: failureObject(failure) }),
  });
  if (failure !== null) return reportFailure(failure, cli);
  return findings.some(({ severity }) => severity === 'error') ? EXIT_CODES.findings : EXIT_CODES.done;
}

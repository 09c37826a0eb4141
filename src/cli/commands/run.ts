import { EXIT_CODES } from '../../core/errors.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, wholeNumber, words } from '../command.ts';
import { type ContentsOutcome, contentsAfterRun } from '../contents-after-run.ts';
import { contentsObject, showCopy } from '../contents-report.ts';
import { type MadeReport, reportAfter } from '../make-report.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { programVersion } from '../program-version.ts';
import { showProgress } from '../progress/show-progress.ts';
import { failureObject, reportFailure } from '../report-failure.ts';
import { type RunOutcome, runProject } from '../run-project.ts';
import { entityObject, runObject, showOutcome, totalOf } from '../run-report.ts';
import { reportObject, showReportPlace } from '../show-report.ts';

interface RunOptions {
  readonly entity?: readonly string[];
  readonly unit?: readonly string[];
  readonly limit?: number;
  readonly batchRows?: number;
  readonly jobs?: number;
  readonly strict?: boolean;
  readonly contents: boolean;
  readonly report: boolean;
}

/** Loads, or goes on with an unfinished run of the same scope. */
export const run = defineCommand<RunOptions>({
  name: 'run',
  summary: 'run.summary',
  logged: 'run',
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
      .option('--strict', texts.text('option.strict'))
      .option('--no-contents', texts.text('contents.no'))
      .option('--no-report', texts.text('report.no'));
  },
  async run(cli, _args, { entity, unit, limit, batchRows, jobs, strict, contents: wanted, report }) {
    const { config } = cli.loadConfig({ units: unit, batchRows, jobs, strict });
    const choice = { command: 'run', version: programVersion(), entities: entity ?? null, limit: limit ?? null };
    const progress = showProgress(cli);
    // A part of the rows says nothing about all contents.
    const whole = wanted && choice.entities === null && choice.limit === null;
    return withInterrupt(cli, async (signal) => {
      const outcome = await runProject(cli, config, choice, progress.emit, signal).finally(() => progress.stop());
      const goOn = whole && outcome.failure === null;
      const contents: ContentsOutcome = goOn ? await contentsAfterRun(cli, config, signal) : { kind: 'none' };
      const { run: done, failure } = outcome;
      const reported = report && failure === null && done !== null;
      return tell(
        cli,
        outcome,
        contents,
        reported ? await reportAfter(cli, config, null, { run: done, kind: 'run' }) : null,
      );
    });
  },
});

function tell(cli: Cli, outcome: RunOutcome, contents: ContentsOutcome, made: MadeReport | null): number {
  const { run, summary, findings, corrections } = outcome;
  const failure = contents.kind === 'failed' ? contents.failure : outcome.failure;
  showOutcome(cli, outcome);
  if (contents.kind === 'copied') {
    cli.line();
    showCopy(cli, contents.run, contents.counts, contents.findings);
  }
  showReportPlace(cli, made);
  cli.result({
    ...(run === null ? { run: null, status: 'failed' } : runObject(run)),
    ...(summary === null ? {} : { resumed: summary.resumed, missingReferences: summary.missingReferences }),
    entities: run?.entities.map(entityObject) ?? [],
    totals: totalOf(run?.entities ?? []),
    findings,
    corrections,
    contents: contents.kind === 'copied' ? contentsObject(contents) : null,
    report: reportObject(made),
    ...(failure === null ? {} : { error: failureObject(failure) }),
  });
  if (failure !== null) return reportFailure(failure, cli);
  const all = contents.kind === 'copied' ? [...findings, ...contents.findings] : findings;
  return all.some(({ severity }) => severity === 'error') ? EXIT_CODES.findings : EXIT_CODES.done;
}

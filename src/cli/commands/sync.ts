import type { Config } from '../../config/config.ts';
import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, wholeNumber, words } from '../command.ts';
import { projectStoreIsThere } from '../compose.ts';
import { type ContentsOutcome, contentsAfterRun } from '../contents-after-run.ts';
import { contentsObject, showCopy } from '../contents-report.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { programVersion } from '../program-version.ts';
import { showProgress } from '../progress/show-progress.ts';
import { failureObject, reportFailure } from '../report-failure.ts';
import { entityObject, runObject, totalOf } from '../run-report.ts';
import { foreseeProject, type SyncChoice, type SyncOutcome, syncProject } from '../sync-project.ts';
import { showForeseen, showSync } from '../sync-report.ts';

interface SyncFlags {
  readonly plan?: boolean;
  readonly full?: boolean;
  readonly allowDeletes?: boolean;
  readonly overwrite?: boolean;
  readonly entity?: readonly string[];
  readonly unit?: readonly string[];
  readonly batchRows?: number;
  readonly jobs?: number;
  readonly strict?: boolean;
  readonly contents: boolean;
}

/** What changed since the last time, or an unfinished sync to its end. */
export const sync = defineCommand<SyncFlags>({
  name: 'sync',
  summary: 'sync.summary',
  logged: 'sync',
  examples: [
    'ezd-migrate sync',
    'ezd-migrate sync --plan',
    'ezd-migrate sync --full',
    'ezd-migrate sync --unit WO --no-contents',
    'ezd-migrate sync --json > sync.json',
  ],
  define(command, texts) {
    command
      .option('--plan', texts.text('sync.plan'))
      .option('--full', texts.text('sync.full'))
      .option('--allow-deletes', texts.text('sync.allowDeletes'))
      .option('--overwrite', texts.text('sync.overwrite'))
      .option('-e, --entity <name>', texts.text('option.entity'), words)
      .option('-u, --unit <symbol>', texts.text('option.unit'), words)
      .option('--batch-rows <rows>', texts.text('option.batchRows'), wholeNumber('--batch-rows', texts))
      .option('-j, --jobs <number>', texts.text('option.jobs'), wholeNumber('--jobs', texts))
      .option('--strict', texts.text('option.strict'))
      .option('--no-contents', texts.text('contents.no'));
  },
  async run(cli, _args, flags) {
    const { config } = cli.loadConfig({
      units: flags.unit,
      batchRows: flags.batchRows,
      jobs: flags.jobs,
      strict: flags.strict,
    });
    const choice: SyncChoice = {
      version: programVersion(),
      entities: flags.entity ?? null,
      full: flags.full ?? false,
      allowDeletes: flags.allowDeletes ?? false,
      overwrite: flags.overwrite ?? false,
    };
    return flags.plan === true ? foresee(cli, config, choice) : bringOver(cli, config, choice, flags.contents);
  },
});

async function foresee(cli: Cli, config: Config, choice: SyncChoice): Promise<number> {
  const { texts } = cli;
  if (!(await projectStoreIsThere(config)))
    throw new EzdError('USAGE', texts.text('sync.nothingYet'), { hint: texts.text('sync.nothingYetHint') });
  const foreseen = await withInterrupt(cli, (signal) => foreseeProject(cli, config, choice, () => undefined, signal));
  showForeseen(cli, foreseen);
  cli.result({ entities: foreseen });
  return EXIT_CODES.done;
}

async function bringOver(cli: Cli, config: Config, choice: SyncChoice, contents: boolean): Promise<number> {
  const progress = showProgress(cli);
  return withInterrupt(cli, async (signal) => {
    const outcome = await syncProject(cli, config, choice, progress.emit, signal).finally(() => progress.stop());
    const goOn = contents && choice.entities === null && outcome.failure === null;
    return tell(cli, outcome, goOn ? await contentsAfterRun(cli, config, signal) : { kind: 'none' });
  });
}

function tell(cli: Cli, outcome: SyncOutcome, contents: ContentsOutcome): number {
  const { run, sync: done, findings, corrections, standingRejects } = outcome;
  const failure = contents.kind === 'failed' ? contents.failure : outcome.failure;
  showSync(cli, outcome);
  if (contents.kind === 'copied') {
    cli.line();
    showCopy(cli, contents.run, contents.counts, contents.findings);
  }
  cli.result({
    ...(run === null ? { run: null, status: 'failed' } : runObject(run)),
    ...(done === null ? {} : { missingReferences: done.missingReferences, standingRejects }),
    entities: (run?.entities ?? []).map((state) => ({
      ...entityObject(state),
      ...done?.entities.find(({ entity }) => entity === state.entity),
    })),
    totals: totalOf(run?.entities ?? []),
    findings,
    corrections,
    contents: contents.kind === 'copied' ? contentsObject(contents) : null,
    ...(failure === null ? {} : { error: failureObject(failure) }),
  });
  if (failure !== null) return reportFailure(failure, cli);
  const all = contents.kind === 'copied' ? [...findings, ...contents.findings] : findings;
  return all.some(({ severity }) => severity === 'error') ? EXIT_CODES.findings : EXIT_CODES.done;
}

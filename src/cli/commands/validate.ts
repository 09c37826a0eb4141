import { join } from 'node:path';
import type { Config } from '../../config/config.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import type { FindingCount } from '../../ledger/ledger.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, oneOf, wholeNumber, words } from '../command.ts';
import { compareFindings, type FindingChanges } from '../compare-findings.ts';
import { openProjectStore } from '../compose.ts';
import { writeFindingList } from '../list-findings.ts';
import { type MadeReport, reportAfter } from '../make-report.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { programVersion } from '../program-version.ts';
import { showProgress } from '../progress/show-progress.ts';
import { failureObject, reportFailure } from '../report-failure.ts';
import { type RunOutcome, runProject } from '../run-project.ts';
import { entityObject, runObject, showOutcome, totalOf } from '../run-report.ts';
import { clearScratch, dropRecords, rotateFindings, scratchConfig, validationFolder } from '../scratch-store.ts';
import { reportObject, showReportPlace } from '../show-report.ts';

const FAIL_ON = ['error', 'warning', 'never'] as const;

interface ValidateOptions {
  readonly entity?: readonly string[];
  readonly unit?: readonly string[];
  readonly sample?: number;
  readonly onTarget?: boolean;
  readonly sinceLast?: boolean;
  readonly failOn: (typeof FAIL_ON)[number];
  readonly strict?: boolean;
  readonly jobs?: number;
  readonly report: boolean;
}

/** The dry run: the same run into a scratch store, thrown away afterwards. */
export const validate = defineCommand<ValidateOptions>({
  name: 'validate',
  summary: 'validate.summary',
  examples: [
    'ezd-migrate validate',
    'ezd-migrate validate --unit WO --since-last',
    'ezd-migrate validate --sample 1000',
    'ezd-migrate validate --on-target --fail-on warning',
  ],
  define(command, texts) {
    command
      .option('-e, --entity <name>', texts.text('option.entity'), words)
      .option('-u, --unit <symbol>', texts.text('option.unit'), words)
      .option('--sample <rows>', texts.text('validate.sample'), wholeNumber('--sample', texts))
      .option('--on-target', texts.text('validate.onTarget'))
      .option('--since-last', texts.text('validate.sinceLast'))
      .option(
        '--fail-on <error|warning|never>',
        texts.text('validate.failOn'),
        oneOf('--fail-on', FAIL_ON, texts),
        'error',
      )
      .option('--strict', texts.text('option.strict'))
      .option('-j, --jobs <number>', texts.text('option.jobs'), wholeNumber('--jobs', texts))
      .option('--no-report', texts.text('report.no'));
  },
  async run(cli, _args, { entity, unit, sample, onTarget, sinceLast, failOn, strict, jobs, report }) {
    const { config } = cli.loadConfig({ units: unit, jobs, strict });
    const scratch = scratchConfig(config, onTarget ?? false);
    await clearScratch(scratch);
    const choice = {
      command: 'validate',
      version: programVersion(),
      entities: entity ?? null,
      limit: sample ?? null,
      dryRunOf: config,
    };
    const progress = showProgress(cli);
    const outcome = await withInterrupt(cli, (signal) =>
      runProject(cli, scratch, choice, progress.emit, signal).finally(() => progress.stop()),
    );
    const settled = outcome.failure === null ? await settle(cli, config, { scratch, outcome, report }) : null;
    const { changes = null, made = null } = settled ?? {};
    return tell(cli, outcome, { changes: sinceLast === true ? changes : null, made }, failOn);
  },
});

interface Settled {
  /** Against the validation before; null: there was none. */
  readonly changes: FindingChanges | null;
  readonly made: MadeReport | null;
}

/** Keeps the list of findings, compares it with that of the validation before, writes the report, and throws the records away. */
async function settle(
  cli: Cli,
  config: Config,
  { scratch, outcome, report }: { readonly scratch: Config; readonly outcome: RunOutcome; readonly report: boolean },
): Promise<Settled> {
  const run = outcome.run!;
  const fresh = join(validationFolder(config), 'findings-new.tsv');
  const store = await openProjectStore(scratch);
  try {
    await writeFindingList(store.pool, scratch.target.ledgerSchema, run.id, fresh);
    const { now, before } = rotateFindings(config, fresh);
    const changes = before === null ? null : await compareFindings(before, now);
    const made = report ? await reportAfter(cli, config, store, { run, kind: 'validation', changes }) : null;
    return { changes, made };
  } finally {
    await store.close();
    await dropRecords(scratch);
  }
}

function tell(cli: Cli, outcome: RunOutcome, { changes, made }: Settled, failOn: (typeof FAIL_ON)[number]): number {
  const { run, findings, corrections, failure } = outcome;
  showOutcome(cli, outcome);
  if (failure === null) {
    cli.line();
    cli.line(cli.texts.text('validate.nothingWritten'));
  }
  if (changes !== null) showChanges(cli, changes);
  showReportPlace(cli, made);
  cli.result({
    ...(run === null ? { run: null, status: 'failed' } : runObject(run)),
    entities: run?.entities.map(entityObject) ?? [],
    totals: totalOf(run?.entities ?? []),
    findings,
    corrections,
    changes,
    report: reportObject(made),
    ...(failure === null ? {} : { error: failureObject(failure) }),
  });
  if (failure !== null) return reportFailure(failure, cli);
  return fails(findings, failOn) ? EXIT_CODES.findings : EXIT_CODES.done;
}

function fails(findings: readonly FindingCount[], failOn: (typeof FAIL_ON)[number]): boolean {
  if (failOn === 'never') return false;
  return findings.some(({ severity }) => severity === 'error' || (failOn === 'warning' && severity === 'warning'));
}

function showChanges(cli: Cli, { fresh, gone, same, byCode }: FindingChanges): void {
  const { texts } = cli;
  cli.line();
  cli.line(
    cli.style.bold(
      texts.text('validate.changes', {
        fresh: texts.number(fresh),
        gone: texts.number(gone),
        same: texts.number(same),
      }),
    ),
  );
  for (const [code, change] of Object.entries(byCode).toSorted(([a], [b]) => a.localeCompare(b))) {
    if (change.fresh + change.gone > 0) cli.line(`  ${code}: +${change.fresh} −${change.gone} =${change.same}`);
  }
}

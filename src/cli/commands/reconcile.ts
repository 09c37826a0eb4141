import { EXIT_CODES } from '../../core/errors.ts';
import { defineCommand, oneOf, percentage, wholeNumber, words } from '../command.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { showProgress } from '../progress/show-progress.ts';
import { reconcileProject } from '../reconcile/reconcile-project.ts';
import { showReconcile } from '../reconcile/show-reconcile.ts';

interface ReconcileFlags {
  readonly entity?: readonly string[];
  readonly unit?: readonly string[];
  readonly sample?: number;
  readonly contents?: 'sample' | 'all';
  readonly limit: number;
  readonly jobs?: number;
}

/** Differences of one entity that are told one by one, unless `--limit` says otherwise. */
const LIMIT = 10_000;

/** Compares source and target down to records and fields; keeps the result in the ledger. */
export const reconcile = defineCommand<ReconcileFlags>({
  name: 'reconcile',
  summary: 'reconcile.summary',
  logged: 'reconcile',
  examples: [
    'ezd-migrate reconcile',
    'ezd-migrate reconcile --contents all',
    'ezd-migrate reconcile --sample 5% --contents sample',
    'ezd-migrate reconcile --unit WO --entity sprawa --entity dokument',
    'ezd-migrate reconcile --json > reconcile.json',
  ],
  define(command, texts) {
    command
      .option('-e, --entity <name>', texts.text('reconcile.entity'), words)
      .option('-u, --unit <symbol>', texts.text('reconcile.unit'), words)
      .option('--sample <percent>', texts.text('reconcile.sample'), percentage('--sample', texts))
      .option(
        '--contents <sample|all>',
        texts.text('reconcile.contents'),
        oneOf('--contents', ['sample', 'all'] as const, texts),
      )
      .option('--limit <number>', texts.text('reconcile.limit'), wholeNumber('--limit', texts), LIMIT)
      .option('-j, --jobs <number>', texts.text('option.jobs'), wholeNumber('--jobs', texts));
  },
  async run(cli, _args, { entity, unit, sample, contents, limit, jobs }) {
    const { config } = cli.loadConfig({ units: unit, jobs });
    const choice = {
      entities: entity ?? null,
      percent: sample ?? null,
      contents: contents ?? ('none' as const),
      limit,
    };
    const progress = showProgress(cli);
    const record = await withInterrupt(cli, (signal) =>
      reconcileProject(cli, config, choice, progress.emit, signal).finally(() => progress.stop()),
    );
    showReconcile(cli, record);
    cli.result(record);
    return record.equal ? EXIT_CODES.done : EXIT_CODES.differences;
  },
});

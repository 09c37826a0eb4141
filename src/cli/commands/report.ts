import { resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { EXIT_CODES, EzdError } from '../../core/errors.ts';
import type { RunState } from '../../ledger/ledger.ts';
import type { Cli } from '../cli.ts';
import { defineCommand, wholeNumber, words } from '../command.ts';
import { compareReports } from '../compare-reports.ts';
import { openProjectStore, projectStoreIsThere } from '../compose.ts';
import { makeReport } from '../make-report.ts';
import type { Store } from '../open-store.ts';
import { validationConfig } from '../scratch-store.ts';
import { reportObject, showReport, showReportPlace } from '../show-report.ts';

interface ReportOptions {
  readonly validation?: boolean;
  readonly out?: string;
  readonly withPersonalData?: boolean;
  readonly compare?: readonly string[];
}

/** Renders any run or the last dry run again, or compares two runs. */
export const report = defineCommand<ReportOptions>({
  name: 'report [run]',
  summary: 'report.summary',
  examples: [
    'ezd-migrate report',
    'ezd-migrate report 12 --out "D:\\raport"',
    'ezd-migrate report --validation --with-personal-data',
    'ezd-migrate report --compare 12 15',
  ],
  define(command, texts) {
    command
      .option('--validation', texts.text('option.validation'))
      .option('-o, --out <folder>', texts.text('report.out'))
      .option('--with-personal-data', texts.text('report.personal'))
      .option('--compare <runs...>', texts.text('report.compare'), words);
  },
  async run(cli, [wanted], { validation = false, out, withPersonalData = false, compare }) {
    const { config } = cli.loadConfig();
    const number = wanted === undefined ? null : wholeNumber('RUN', cli.texts)(wanted);
    const place = validation ? validationConfig(config) : config;
    const folder = out === undefined ? null : resolve(cli.io.cwd, out);
    return withStore(cli, place, async (store) => {
      if (compare !== undefined) {
        const runs = wanted === undefined ? compare : [...compare, wanted];
        return await compareReports(cli, config, store, { runs, out: folder });
      }
      const run = await findRun(cli, place, store, number);
      const made = await makeReport(cli, config, store, {
        run,
        kind: validation ? 'validation' : 'run',
        personal: withPersonalData,
        out: folder,
      });
      showReport(cli, made.model);
      cli.line();
      showReportPlace(cli, made);
      cli.result({ ...made.model, written: reportObject(made) });
      return EXIT_CODES.done;
    });
  },
});

async function withStore<T>(cli: Cli, config: Config, work: (store: Store) => Promise<T>): Promise<T> {
  if (!(await projectStoreIsThere(config))) throw nothingYet(cli);
  const store = await openProjectStore(config);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

const nothingYet = ({ texts }: Cli): EzdError =>
  new EzdError('USAGE', texts.text('report.none'), { hint: texts.text('report.noneHint') });

/** The run of that number, else the newest that read records (copies of contents have reports of their own). */
async function findRun(
  { texts, ...cli }: Cli,
  { office }: Config,
  { ledger }: Store,
  number: number | null,
): Promise<RunState> {
  if (number !== null) {
    const run = await ledger.getRun(office, number);
    if (run !== null) return run;
    const hint = texts.text('usage.help', { command: 'status ' });
    throw new EzdError('USAGE', texts.text('status.noRun', { run: number }), { hint });
  }
  const runs = await ledger.listRuns(office, 50);
  const newest = runs.find(({ entities }) => entities.length > 0) ?? runs[0];
  if (newest === undefined) throw nothingYet({ texts, ...cli });
  return newest;
}

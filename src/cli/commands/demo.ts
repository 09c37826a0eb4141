import { join, resolve } from 'node:path';
import type { Config } from '../../config/config.ts';
import { loadConfig, PROJECT_FILE } from '../../config/load-config.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import type { Plan } from '../../core/plan.ts';
import type { FindingCount } from '../../ledger/ledger.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { compileProject, openProjectStore, openSource, targetCatalogue } from '../compose.ts';
import { makeDemoProject } from '../demo/demo-project.ts';
import { playNight } from '../demo/play-night.ts';
import { type CountPair, reconcileCounts } from '../demo/reconcile-counts.ts';
import { exportRejects } from '../export-rejects.ts';
import { type MadeReport, reportAfter } from '../make-report.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { withRejects } from '../open-rejects.ts';
import { programVersion } from '../program-version.ts';
import { type RunOutcome, runProject } from '../run-project.ts';
import { totalOf } from '../run-report.ts';
import { dropRecords, scratchConfig } from '../scratch-store.ts';
import { reportObject } from '../show-report.ts';

/** In the folder of the demo. */
const REJECTS_FILE = 'rejects.csv';

interface DemoOptions {
  readonly out: string;
}

/** The whole journey on a made-up office: project, check, dry run, load, load again, counts, one night. */
export const demo = defineCommand<DemoOptions>({
  name: 'demo',
  summary: 'demo.summary',
  examples: ['ezd-migrate demo', 'ezd-migrate --lang pl demo', 'ezd-migrate demo --out "D:\\proba"'],
  define(command, texts) {
    command.option('-o, --out <folder>', texts.text('demo.out'), 'demo-office');
  },
  async run(cli, _args, { out }) {
    const started = cli.io.now();
    const folder = resolve(cli.io.cwd, out);
    headline(cli, 1);
    const confirmed = makeDemoProject(folder, cli.texts.language, cli.texts);
    say(cli, 'demo.made', { folder });
    const { config } = loadConfig({ cwd: folder, environment: {}, flags: { language: cli.texts.language } });
    headline(cli, 2);
    const plan = await checkDemo(cli, config);
    say(cli, 'demo.confirmed', { ...confirmed });
    return withInterrupt(cli, async (signal) => {
      headline(cli, 3);
      const dry = await step(cli, scratchConfig(config, false), 'validate', signal);
      const dryReport = await reportDry(cli, config, dry);
      await dropRecords(scratchConfig(config, false));
      headline(cli, 4);
      const first = await step(cli, config, 'run', signal);
      headline(cli, 5);
      const second = await step(cli, config, 'run', signal);
      headline(cli, 6);
      const { compared, different } = await reconcileCounts(config, plan, second.run!);
      say(cli, different.length === 0 ? 'demo.equal' : 'demo.different', { compared, different: different.length });
      await writeRejects(cli, config, join(folder, REJECTS_FILE));
      const report = await reportAfter(cli, config, null, { run: second.run!, kind: 'run' });
      headline(cli, 7);
      const night = await playNight(cli, config, signal);
      const seconds = (cli.io.now() - started) / 1000;
      finish(cli, { folder, seconds, dry, dryReport, first, second, night, report, compared, different });
      return different.length === 0 ? EXIT_CODES.done : EXIT_CODES.differences;
    });
  },
});

const headline = (cli: Cli, number: 1 | 2 | 3 | 4 | 5 | 6 | 7): void => {
  if (number > 1) cli.line();
  cli.line(cli.style.bold(`${number}/7 ${cli.texts.text(`demo.step${number}`)}`));
};

const say = (
  cli: Cli,
  key: Parameters<Cli['texts']['text']>[0],
  params: Readonly<Record<string, string | number>>,
): void => cli.line(`    ${cli.texts.text(key, params)}`);

async function checkDemo(cli: Cli, config: Config): Promise<Plan> {
  const { source } = openSource(config);
  try {
    const catalogue = await source.catalogue();
    const { plan } = compileProject(config, catalogue, await targetCatalogue(config, null));
    say(cli, 'demo.checked', { tables: catalogue.tables.length, entities: plan.entities.length });
    return plan;
  } finally {
    await source.close();
  }
}

/** One pass over the office, as the command of that name makes it. */
async function step(cli: Cli, config: Config, command: 'run' | 'validate', signal: AbortSignal): Promise<RunOutcome> {
  const choice = { command, version: programVersion(), entities: null, limit: null };
  const outcome = await runProject(cli, config, choice, () => undefined, signal);
  if (outcome.failure !== null) throw outcome.failure;
  const { texts } = cli;
  const { read, loaded, unchanged, rejected, skipped } = totalOf(outcome.run!.entities);
  const [errors, warnings] = [countOf(outcome.findings, 'error'), countOf(outcome.findings, 'warning')];
  const numbers = Object.entries({ read, loaded, unchanged, rejected, skipped, errors, warnings });
  say(
    cli,
    command === 'run' ? 'demo.loaded' : 'demo.validated',
    Object.fromEntries(numbers.map(([name, value]) => [name, texts.number(value)])),
  );
  return outcome;
}

const countOf = (findings: readonly FindingCount[], severity: FindingCount['severity']): number =>
  findings.filter((finding) => finding.severity === severity).reduce((sum, { count }) => sum + count, 0);

/** The same file as `rejects export` writes. */
const writeRejects = (cli: Cli, config: Config, file: string): Promise<number> =>
  withRejects(cli, config, undefined, (rejects) => exportRejects(cli, rejects, { file, force: true, personal: false }));

/** The report of the dry run, made while its records are still there. */
async function reportDry(cli: Cli, config: Config, { run }: RunOutcome): Promise<MadeReport | null> {
  const store = await openProjectStore(scratchConfig(config, false));
  try {
    const made = await reportAfter(cli, config, store, { run: run!, kind: 'validation' });
    if (made !== null) say(cli, 'demo.reported', { folder: made.written.folder });
    return made;
  } finally {
    await store.close();
  }
}

interface DemoResult {
  readonly folder: string;
  readonly seconds: number;
  readonly dry: RunOutcome;
  readonly dryReport: MadeReport | null;
  readonly first: RunOutcome;
  readonly second: RunOutcome;
  readonly night: RunOutcome;
  readonly report: MadeReport | null;
  readonly compared: number;
  readonly different: readonly CountPair[];
}

function finish(cli: Cli, result: DemoResult): void {
  const { folder, seconds, dry, dryReport, first, second, night, report, compared, different } = result;
  const { texts, style } = cli;
  cli.line();
  cli.line(style.green(texts.text('demo.done', { seconds: Math.round(seconds) })));
  const places = [
    [join(folder, PROJECT_FILE), 'demo.place.project'],
    [join(folder, 'mappings'), 'demo.place.mappings'],
    [join(folder, 'dump'), 'demo.place.dump'],
    [join(folder, 'store'), 'demo.place.store'],
    [join(folder, REJECTS_FILE), 'demo.place.rejects'],
    [dryReport?.written.folder ?? join(folder, 'reports'), 'demo.place.dryReport'],
    [report?.written.folder ?? join(folder, 'reports'), 'demo.place.report'],
  ] as const;
  const width = Math.max(...places.map(([place]) => place.length));
  for (const [place, meaning] of places) cli.line(`  ${place.padEnd(width)}  ${texts.text(meaning)}`);
  cli.line(texts.text('demo.next', { project: join(folder, PROJECT_FILE) }));
  const totals = ({ run }: RunOutcome) => totalOf(run?.entities ?? []);
  cli.result({
    folder,
    seconds,
    validate: totals(dry),
    first: totals(first),
    second: totals(second),
    night: totals(night),
    compared,
    differences: different,
    reports: { validate: reportObject(dryReport), run: reportObject(report) },
  });
}

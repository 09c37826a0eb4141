import type { Config } from '../../config/config.ts';
import type { SourceCatalogue } from '../../core/catalogue.ts';
import { EXIT_CODES } from '../../core/errors.ts';
import { formatProblems } from '../../core/format-problem.ts';
import type { Plan } from '../../core/plan.ts';
import type { ReadCorrections } from '../../corrections/read-corrections.ts';
import type { Source } from '../../sources/source.ts';
import type { Cli } from '../cli.ts';
import { defineCommand } from '../command.ts';
import { compileProject, openProjectLedger, openProjectStages, openSource, targetCatalogue } from '../compose.ts';
import { compareWithSource, type SourceComparison } from '../corrections-against-source.ts';
import { withInterrupt } from '../on-interrupt.ts';
import { readProjectCorrections } from '../project-corrections.ts';

interface CheckOptions {
  /** undefined: when it is cheap. */
  readonly againstSource?: boolean;
}

/** Bytes of tables that are read without being asked for it: a few seconds. */
const CHEAP = 128 * 1024 * 1024;

/** Checks the files of corrections, and compares them with the source when that is cheap or asked for. */
export const correctionsCheck = defineCommand<CheckOptions>({
  name: 'check',
  summary: 'corrections.check',
  examples: ['ezd-migrate corrections check', 'ezd-migrate corrections check --against-source --json'],
  define(command, texts) {
    command
      .option('--against-source', texts.text('corrections.againstSource'))
      .option('--no-against-source', texts.text('corrections.notAgainstSource'));
  },
  async run(cli, _args, { againstSource }) {
    const { config } = cli.loadConfig();
    const { source } = openSource(config);
    const catalogue = await source.catalogue();
    const store = await openProjectLedger(config);
    try {
      const { plan } = compileProject(config, catalogue, await targetCatalogue(config, store));
      const read = readProjectCorrections(config, plan);
      const wanted = againstSource ?? isCheap(read, plan, catalogue);
      const compared =
        wanted && read.set.corrections.length > 0
          ? await compare(cli, config, plan, read, { source, catalogue })
          : null;
      return tell(cli, config, read, compared);
    } finally {
      await store?.close();
      await source.close();
    }
  },
});

function isCheap({ set }: ReadCorrections, plan: Plan, catalogue: SourceCatalogue): boolean {
  const names = new Set(set.corrections.map(({ entity }) => entity));
  const tables = new Set(
    plan.entities.filter(({ name }) => names.has(name)).map(({ from }) => from.table.toLowerCase()),
  );
  const sizes = catalogue.tables.filter(({ name }) => tables.has(name.toLowerCase())).map(({ bytes }) => bytes);
  return sizes.every((bytes) => bytes !== null) && sizes.reduce<number>((sum, bytes) => sum + (bytes ?? 0), 0) <= CHEAP;
}

/** Reads the source; what does not fit becomes a problem of its line. */
async function compare(
  cli: Cli,
  config: Config,
  plan: Plan,
  { set, problems }: ReadCorrections,
  { source, catalogue }: { readonly source: Source; readonly catalogue: SourceCatalogue },
): Promise<SourceComparison> {
  const stages = openProjectStages(config, plan, catalogue);
  const found = await withInterrupt(cli, (signal) =>
    compareWithSource(plan, set, { source, stages, signal, now: cli.io.now() }).finally(() => stages.close()),
  );
  for (const [number, correction] of set.corrections.entries()) {
    const { file, line, entity } = correction;
    const at = { file, line, column: 1 };
    if (correction.kind !== 'record') {
      if ((found.changes.get(number) ?? 0) > 0) continue;
      const message = cli.texts.text('corrections.bulkUnused', { entity });
      problems.add({ severity: 'warning', code: 'bulkUnused', message, at });
      continue;
    }
    const outcome = found.outcomes.get(number);
    const params = { entity, key: String(correction.key), field: correction.column };
    if (outcome === undefined) problems.error('noRecord', params, at);
    else if (outcome === 'stale') problems.error('stale', params, at, problems.text('staleHint'));
    else if (outcome === 'needless') problems.warning('needless', params, at);
  }
  return found;
}

function tell(cli: Cli, config: Config, read: ReadCorrections, compared: SourceComparison | null): number {
  const { set, files, unfilled, problems } = read;
  const { texts } = cli;
  const of = (kind: string): number => set.corrections.filter((correction) => correction.kind === kind).length;
  const counts = { records: of('record'), lookups: of('lookup'), rules: of('rule') };
  const against = compared === null ? null : countsOf(compared, counts.records);
  if (problems.kept.length > 0) {
    cli.line(formatProblems(problems.kept, texts.language));
    const more = problems.errors + problems.warnings - problems.kept.length;
    if (more > 0) cli.line(texts.text('corrections.more', { count: texts.number(more) }));
    cli.line();
  }
  if (files.length === 0) cli.line(texts.text('corrections.none', { folder: config.corrections }));
  else {
    cli.line(texts.text('corrections.counts', { files: files.length, ...counts, unfilled }));
    cli.line(against === null ? texts.text('corrections.notCompared') : texts.text('corrections.against', against));
    const verdict = { errors: problems.errors, warnings: problems.warnings };
    if (problems.errors === 0) cli.line(cli.style.green(texts.text('corrections.good')));
    else cli.line(cli.style.red(texts.text('corrections.bad', verdict)));
  }
  cli.result({
    folder: config.corrections,
    files,
    hash: set.hash,
    corrections: { ...counts, unfilled },
    againstSource: against,
    errors: problems.errors,
    warnings: problems.warnings,
    problems: problems.kept,
  });
  return problems.errors === 0 ? EXIT_CODES.done : EXIT_CODES.findings;
}

function countsOf({ outcomes, changes }: SourceComparison, records: number) {
  const of = (wanted: string): number => [...outcomes.values()].filter((outcome) => outcome === wanted).length;
  const bulk = [...changes.values()].reduce((sum, count) => sum + count, 0);
  const [applied, stale, needless] = [of('applied'), of('stale'), of('needless')];
  return { applied: applied + bulk, stale, needless, missing: records - outcomes.size };
}

import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { EXIT_CODES, EzdError } from '../core/errors.ts';
import { compareRuns } from '../report/compare-runs.ts';
import { writeChanges } from '../report/render/write-changes.ts';
import type { ReportChanges } from '../report/report-model.ts';
import type { Cli } from './cli.ts';
import { wholeNumber } from './command.ts';
import type { Store } from './open-store.ts';
import { renderTable } from './table.ts';

/** `report --compare A B`: sums by code on the terminal, records in a file; `out` null: beside the reports. */
export async function compareReports(
  cli: Cli,
  config: Config,
  store: Store,
  { runs, out }: { readonly runs: readonly string[]; readonly out: string | null },
): Promise<number> {
  const { texts } = cli;
  const [before, now] = await findRuns(cli, config, store, runs);
  const comparison = await compareRuns(store, before, now);
  const folder = out ?? join(config.reports, `compare-${number(before)}-${number(now)}`);
  const files = await writeChanges(comparison, folder, texts.language);
  show(cli, before, now, comparison.changes);
  cli.line();
  cli.line(texts.text('report.written', { folder }));
  cli.result({ before, now, ...comparison.changes, folder, files });
  return EXIT_CODES.done;
}

const number = (run: number): string => String(run).padStart(6, '0');

async function findRuns(
  { texts }: Cli,
  { office }: Config,
  { ledger }: Store,
  words: readonly string[],
): Promise<readonly [number, number]> {
  const [before, now, ...more] = words.map(wholeNumber('--compare', texts));
  if (before === undefined || now === undefined || more.length > 0)
    throw new EzdError('USAGE', texts.text('report.twoRuns'), { hint: texts.text('report.twoRunsHint') });
  for (const run of [before, now]) {
    if ((await ledger.getRun(office, run)) !== null) continue;
    const hint = texts.text('usage.help', { command: 'status ' });
    throw new EzdError('USAGE', texts.text('status.noRun', { run }), { hint });
  }
  return [before, now];
}

function show(cli: Cli, a: number, b: number, { fresh, gone, same, byCode }: ReportChanges): void {
  const { texts } = cli;
  const [shownFresh, shownGone, shownSame] = [fresh, gone, same].map((count) => texts.number(count));
  const params = { a, b, fresh: shownFresh!, gone: shownGone!, same: shownSame! };
  cli.line(cli.style.bold(texts.text('report.compared', params)));
  const rows = Object.entries(byCode).map(([code, counts]) => [
    code,
    texts.number(counts.fresh),
    texts.number(counts.gone),
    texts.number(counts.same),
  ]);
  if (rows.length === 0) return;
  const counts = (['report.fresh', 'report.gone', 'report.same'] as const).map((key) => ({
    title: texts.text(key),
    align: 'right' as const,
  }));
  cli.line(renderTable([{ title: texts.text('column.code') }, ...counts], rows));
}

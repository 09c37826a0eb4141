import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import type { RunState } from '../ledger/ledger.ts';
import { buildReport } from '../report/build-report.ts';
import { collectCorrections } from '../report/collect-corrections.ts';
import { PERSONAL_MARK } from '../report/render/report-folder.ts';
import { type WrittenReport, writeReport } from '../report/render/write-report.ts';
import type { ReportChanges, ReportModel, ReportRun } from '../report/report-model.ts';
import { CODES } from '../validate/catalogue.ts';
import type { Cli } from './cli.ts';
import { openProjectStore, policyOf } from './compose.ts';
import type { Store } from './open-store.ts';
import { sourcePlace, targetPlace } from './report-places.ts';

export interface ReportChoice {
  readonly run: RunState;
  readonly kind: ReportRun['kind'];
  /** Writes a second set of files with personal data in full. */
  readonly personal: boolean;
  /** Folder of the files; null: that of the run below `reports`. */
  readonly out: string | null;
  readonly changes?: ReportChanges | null;
}

export interface MadeReport {
  /** Masked. */
  readonly model: ReportModel;
  readonly written: WrittenReport;
  /** The set with personal data; null: nobody asked for it. */
  readonly personal: WrittenReport | null;
}

/** Builds the report of a run of an opened store and writes its files. `config`: the project, also for a dry run. */
export async function makeReport(cli: Cli, config: Config, store: Store, choice: ReportChoice): Promise<MadeReport> {
  const { run, kind, changes = null } = choice;
  const { language } = cli.texts;
  const request = { ...reportRequest(cli, config, run), kind, changes };
  const folder = choice.out ?? join(config.reports, folderName(config, choice));
  const report = await buildReport(store, {
    ...request,
    ...(await collectCorrections(store.ledger, run, false)),
    personal: false,
  });
  const written = await writeReport(report, folder, language);
  if (!choice.personal) return { model: report.model, written, personal: null };
  const open = await buildReport(store, {
    ...request,
    ...(await collectCorrections(store.ledger, run, true)),
    personal: true,
  });
  return { model: report.model, written, personal: await writeReport(open, `${folder}-${PERSONAL_MARK}`, language) };
}

/** What every report of a run of the project is built with. */
export const reportRequest = (cli: Cli, config: Config, run: RunState) => ({
  run,
  source: sourcePlace(config),
  target: targetPlace(config),
  policy: policyOf(config),
  book: CODES,
  now: new Date(cli.io.now()),
  timezone: config.timezone,
});

/** `run-000123`; dry runs are numbered anew each time, so they are told by when they began: `validation-2026-11-25-2130`. */
function folderName({ timezone }: Config, { run, kind }: ReportChoice): string {
  if (kind === 'run') return `run-${String(run.id).padStart(6, '0')}`;
  const local = run.startedAt.toLocaleString('sv-SE', { timeZone: timezone });
  return `validation-${local.replace(' ', '-').replaceAll(':', '')}`;
}

/** The report that every run ends with. A report that cannot be written is told and changes nothing about the run. */
export async function reportAfter(
  cli: Cli,
  config: Config,
  store: Store | null,
  choice: Omit<ReportChoice, 'personal' | 'out'>,
): Promise<MadeReport | null> {
  try {
    const opened = store ?? (await openProjectStore(config));
    try {
      return await makeReport(cli, config, opened, { ...choice, personal: false, out: null });
    } finally {
      if (store === null) await opened.close();
    }
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure);
    cli.note(cli.noteStyle.yellow(cli.texts.text('report.failed', { message })));
    return null;
  }
}

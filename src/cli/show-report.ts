import { fill } from '../core/text.ts';
import { REPORT_REASON_TEXTS } from '../i18n/texts/report-reason-texts.ts';
import type { ReportModel, VerdictReason } from '../report/report-model.ts';
import type { Cli } from './cli.ts';
import { findingKindLine } from './finding-line.ts';
import type { MadeReport } from './make-report.ts';
import { renderTable } from './table.ts';

/** Kinds of findings and units that the terminal shows. */
const SHOWN = 15;

/** The report on a terminal: verdict, numbers, the kinds of findings, the units. */
export function showReport(cli: Cli, model: ReportModel): void {
  const { texts, style } = cli;
  const { run } = model;
  const status = texts.text(`state.${run.status}`);
  const params = { run: run.id, command: run.command, status, started: texts.moment(new Date(run.startedAt)) };
  cli.line(style.bold(texts.text(run.kind === 'run' ? 'report.title' : 'report.titleValidation', params)));
  cli.line(texts.text('report.totals', numbers(cli, model.totals)));
  showOffice(cli, model);
  cli.line();
  showVerdict(cli, model);
  showCodes(cli, model);
  showUnits(cli, model);
}

const numbers = ({ texts }: Cli, values: Readonly<Record<string, number>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, texts.number(value)]));

function showOffice(cli: Cli, { inOffice }: ReportModel): void {
  if (inOffice === null) return;
  const cases = inOffice.cases.reduce((sum, each) => sum + each.cases, 0);
  const documents = inOffice.documents.reduce((sum, each) => sum + each.documents, 0);
  const { files, bytes } = inOffice.contents;
  const shown = numbers(cli, { cases, folders: inOffice.folders.total, documents, files });
  cli.line(cli.texts.text('report.office', { ...shown, bytes: cli.texts.bytes(bytes) }));
}

function showVerdict({ line, style, texts }: Cli, { verdict }: ReportModel): void {
  const say = ({ code, count }: VerdictReason): void =>
    line(`  ${fill(REPORT_REASON_TEXTS[`report.reason.${code}`][texts.language], { count: texts.number(count) })}`);
  line(verdict.ready ? style.green(texts.text('report.ready')) : style.red(texts.text('report.notReady')));
  verdict.blockers.forEach(say);
  if (verdict.remarks.length === 0) return;
  line(texts.text('report.remarks'));
  verdict.remarks.forEach(say);
}

function showCodes(cli: Cli, { findings }: ReportModel): void {
  const { texts } = cli;
  if (findings.byCode.length === 0) return;
  const rows = findings.byCode
    .slice(0, SHOWN)
    .map(({ code, severity, effect, findings: count }) => [
      texts.text(`severity.${severity}`),
      code,
      texts.number(count),
      findingKindLine({ code, effect }, texts),
    ]);
  cli.line();
  cli.line(cli.style.bold(texts.text('run.findings')));
  const columns = (['column.severity', 'column.code', 'column.count', 'column.message'] as const).map((key) => ({
    title: texts.text(key),
    align: key === 'column.count' ? ('right' as const) : ('left' as const),
  }));
  cli.line(renderTable(columns, rows));
  const more = findings.byCode.length - rows.length;
  if (more > 0) cli.line(texts.text('run.moreFindings', { count: more }));
}

function showUnits(cli: Cli, { findings }: ReportModel): void {
  const { texts } = cli;
  if (findings.byUnit.length < 2) return;
  const rows = findings.byUnit
    .slice(0, SHOWN)
    .map(({ unit, error, warning, info }) => [
      unit ?? texts.text('report.withoutUnit'),
      ...[error, warning, info].map((count) => texts.number(count)),
    ]);
  cli.line();
  cli.line(cli.style.bold(texts.text('report.units')));
  const severities = (['severity.error', 'severity.warning', 'severity.info'] as const).map((key) => ({
    title: texts.text(key),
    align: 'right' as const,
  }));
  cli.line(renderTable([{ title: texts.text('report.column.unit') }, ...severities], rows));
  const more = findings.byUnit.length - rows.length;
  if (more > 0) cli.line(texts.text('report.moreUnits', { count: more }));
}

/** Says where the files lie. */
export function showReportPlace(cli: Cli, made: MadeReport | null): void {
  if (made === null) return;
  cli.line(cli.texts.text('report.written', { folder: made.written.folder }));
  if (made.personal === null) return;
  cli.line(cli.texts.text('report.written', { folder: made.personal.folder }));
  cli.line(cli.style.yellow(cli.texts.text('report.writtenPersonal')));
}

/** Where the files lie, in --json. */
export const reportObject = (made: MadeReport | null) =>
  made === null
    ? null
    : {
        ready: made.model.verdict.ready,
        folder: made.written.folder,
        files: made.written.files,
        ...(made.personal === null ? {} : { personal: made.personal }),
      };

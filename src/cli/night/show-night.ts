import type { NightReport } from '../../night/night.ts';
import { stepBody } from '../../notify/message.ts';
import type { Cli } from '../cli.ts';
import { renderTable } from '../table.ts';
import type { NightOutcome } from './project-night.ts';

/** The summary of a night for people. */
export function showNight(cli: Cli, { report }: NightOutcome): void {
  const { texts, style } = cli;
  cli.line();
  cli.line(style.bold(texts.text('night.summary')));
  const titles = [
    { title: texts.text('night.column.step') },
    { title: texts.text('column.state') },
    { title: texts.text('night.column.exitCode'), align: 'right' as const },
    { title: texts.text('night.column.time'), align: 'right' as const },
    { title: texts.text('night.column.what') },
  ];
  const rows = report.steps.map((step) => [
    step.name,
    texts.text(`night.status.${step.status}`),
    step.startedAt === null ? '' : String(step.exitCode),
    step.startedAt === null ? '' : texts.duration(step.milliseconds),
    whatOf(cli, step),
  ]);
  cli.line(renderTable(titles, rows));
  const paint = report.status === 'good' ? style.green : report.status === 'failed' ? style.red : style.yellow;
  const params = { time: texts.duration(report.finishedAt - report.startedAt), exitCode: report.exitCode };
  cli.line(paint(texts.text(`night.end.${report.status}`, params)));
}

/** Numbers of a step that are not 0: `read 120, loaded 4; errors 2`. */
function whatOf({ texts }: Cli, step: NightReport['steps'][number]): string {
  const { records = {}, findings, numbers = {}, failure } = stepBody(step);
  if (failure !== undefined) return `[${failure.code}] ${failure.message}`;
  const counts = { ...records, ...numbers, ...(findings === undefined ? {} : { errors: findings.error }) };
  return Object.entries(counts)
    .filter(([, value]) => value !== 0)
    .map(([name, value]) => `${name} ${texts.number(value)}`)
    .join(', ');
}

/** The night in --json. */
export const nightObject = ({ report, told }: NightOutcome) => ({
  office: report.office,
  status: report.status,
  exitCode: report.exitCode,
  startedAt: new Date(report.startedAt).toISOString(),
  finishedAt: new Date(report.finishedAt).toISOString(),
  until: report.until === null ? null : new Date(report.until).toISOString(),
  steps: report.steps.map((step) => ({
    ...stepBody(step),
    run: step.run ?? null,
    ...(step.entities === undefined ? {} : { entities: step.entities }),
  })),
  notified: told,
});

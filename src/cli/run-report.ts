import { addCounts, type EntityCounts, NO_COUNTS } from '../core/events.ts';
import type { EntityState, FindingCount, RunState } from '../ledger/ledger.ts';
import type { Cli } from './cli.ts';
import { findingKindLine } from './finding-line.ts';
import type { RunOutcome } from './run-project.ts';
import { renderTable, type TableColumn } from './table.ts';

/** Kinds of findings that the terminal shows. */
const SHOWN_FINDINGS = 15;

const COUNTS = ['read', 'loaded', 'unchanged', 'rejected', 'skipped'] as const;

/** An entity in --json. */
export const entityObject = ({ entity, status, counts, skipReasons, expectedRows }: EntityState) => ({
  entity,
  status,
  ...counts,
  skipReasons,
  expectedRows,
});

/** A run in --json, without its entities. */
export const runObject = (run: RunState) => ({
  run: run.id,
  status: run.status,
  command: run.command,
  startedAt: run.startedAt.toISOString(),
  finishedAt: run.finishedAt?.toISOString() ?? null,
  planHash: run.planHash,
  toolVersion: run.toolVersion,
  options: run.options,
  failure: run.failure,
});

export const totalOf = (entities: readonly EntityState[]): EntityCounts =>
  entities.map(({ counts }) => counts).reduce(addCounts, NO_COUNTS);

/** Entities with their numbers; those that had nothing to read are left out unless -v asks for them. */
export function showEntities(cli: Cli, run: RunState): void {
  const { texts } = cli;
  const columns: TableColumn[] = [
    { title: texts.text('column.entity') },
    { title: texts.text('column.state') },
    ...COUNTS.map((name): TableColumn => ({ title: texts.text(`column.${name}`), align: 'right' })),
  ];
  const shown = run.entities.filter(
    ({ counts, status }) => cli.options.verbose || counts.read > 0 || status === 'running',
  );
  const rows = shown.map(({ entity, status, counts }) => [
    entity,
    texts.text(`state.${status}`),
    ...COUNTS.map((name) => texts.number(counts[name])),
  ]);
  if (rows.length > 0) cli.line(renderTable(columns, rows));
}

/** Findings by code over all entities, errors first. */
export function showFindings(cli: Cli, findings: readonly FindingCount[]): void {
  const { texts } = cli;
  if (findings.length === 0) {
    cli.line(texts.text('run.noFindings'));
    return;
  }
  const order = { error: 0, warning: 1, info: 2 } as const;
  const sorted = findings.toSorted((a, b) => order[a.severity] - order[b.severity] || b.count - a.count);
  const rows = sorted
    .slice(0, SHOWN_FINDINGS)
    .map(({ entity, code, severity, effect, count }) => [
      texts.text(`severity.${severity}`),
      code,
      entity,
      texts.number(count),
      findingKindLine({ code, effect }, texts),
    ]);
  cli.line(cli.style.bold(texts.text('run.findings')));
  const columns: TableColumn[] = [
    { title: texts.text('column.severity') },
    { title: texts.text('column.code') },
    { title: texts.text('column.entity') },
    { title: texts.text('column.count'), align: 'right' },
    { title: texts.text('column.message') },
  ];
  cli.line(renderTable(columns, rows));
  const more = sorted.length - rows.length;
  if (more > 0) cli.line(texts.text('run.moreFindings', { count: more }));
}

function showCorrections(
  { texts, line }: Cli,
  { id, command }: RunState,
  corrections: RunOutcome['corrections'],
): void {
  if (corrections.length === 0) return;
  const of = (wanted: string): string =>
    texts.number(corrections.reduce((sum, { outcome, count }) => sum + (outcome === wanted ? count : 0), 0));
  const where = command === 'validate' ? '--validation' : `--run ${id}`;
  const outcomes = { applied: of('applied'), stale: of('stale'), needless: of('needless') };
  line(texts.text('run.corrections', { ...outcomes, where }));
}

/** What a run came to, for people. */
export function showOutcome(cli: Cli, { run, summary, findings, corrections }: RunOutcome): void {
  if (run === null) return;
  const { texts } = cli;
  showEntities(cli, run);
  cli.line();
  showFindings(cli, findings);
  if (summary === null) return;
  cli.line();
  const { read, loaded, unchanged, rejected, skipped } = summary.totals;
  const milliseconds = (run.finishedAt?.getTime() ?? cli.io.now()) - run.startedAt.getTime();
  const numbers = { read, loaded, unchanged, rejected, skipped };
  const shown = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, texts.number(value)]));
  const params = { run: run.id, time: texts.duration(milliseconds), ...shown };
  cli.line(cli.style.green(texts.text('run.finished', params)));
  cli.line(texts.text('run.equation'));
  showCorrections(cli, run, corrections);
  if (summary.missingReferences > 0)
    cli.line(texts.text('run.missingReferences', { count: texts.number(summary.missingReferences) }));
  if (rejected === 0) return;
  cli.line(
    run.command === 'validate' ? texts.text('validate.seeRejects') : texts.text('run.seeRejects', { run: run.id }),
  );
}

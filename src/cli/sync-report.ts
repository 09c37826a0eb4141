import type { CliText } from '../i18n/cli-texts.ts';
import type { ForeseenEntity, SyncedEntity } from '../pipeline/sync/sync-request.ts';
import type { Cli } from './cli.ts';
import { showFindings } from './run-report.ts';
import type { SyncOutcome } from './sync-project.ts';
import { renderTable, type TableColumn } from './table.ts';

/** Why an entity was read as it was, in words. */
function whyText({ texts }: Cli, reason: string): string {
  const [code = '', about = ''] = reason.split(/:(.*)/s);
  return texts.text(`sync.reason.${code}` as CliText, { about });
}

const wayOf = (cli: Cli, { mode, strategy }: Pick<SyncedEntity, 'mode' | 'strategy'>): string =>
  `${cli.texts.text(`sync.mode.${mode}`)} (${strategy})`;

/** What a sync would read. */
export function showForeseen(cli: Cli, foreseen: readonly ForeseenEntity[]): void {
  const { texts } = cli;
  const number = (count: number | null): string => (count === null ? '?' : texts.number(count));
  const columns: TableColumn[] = [
    { title: texts.text('column.entity') },
    { title: texts.text('column.way') },
    { title: texts.text('column.changed'), align: 'right' },
    { title: texts.text('column.toRead'), align: 'right' },
    { title: texts.text('column.inTarget'), align: 'right' },
    { title: texts.text('column.why') },
  ];
  const rows = foreseen.map((each) => [
    each.entity,
    wayOf(cli, each),
    each.changed === null ? '' : number(each.changed),
    number(each.toRead),
    number(each.inTarget),
    whyText(cli, each.reason),
  ]);
  cli.line(renderTable(columns, rows));
  cli.line();
  const rowsToRead = foreseen.reduce((sum, { toRead }) => sum + (toRead ?? 0), 0);
  cli.line(texts.text('sync.foreseen', { rows: texts.number(rowsToRead) }));
}

/** What a sync did: entities of which something was read or removed, findings, the sums. */
export function showSync(cli: Cli, { run, sync, findings, standingRejects }: SyncOutcome): void {
  if (run === null) return;
  const { texts } = cli;
  if (sync !== null) showEntities(cli, sync.entities, run.entities);
  showFindings(cli, findings);
  if (sync === null) return;
  cli.line();
  const { read, loaded, unchanged, rejected, skipped } = sync.totals;
  const counts = { read, loaded, unchanged, rejected, skipped };
  const shown = Object.fromEntries(Object.entries(counts).map(([name, value]) => [name, texts.number(value)]));
  const milliseconds = (run.finishedAt?.getTime() ?? cli.io.now()) - run.startedAt.getTime();
  cli.line(cli.style.green(texts.text('run.finished', { run: run.id, time: texts.duration(milliseconds), ...shown })));
  const sum = (of: (each: SyncedEntity) => number): number => sync.entities.reduce((all, each) => all + of(each), 0);
  const removed = sum((each) => each.removed);
  const kept = sum((each) => each.kept);
  if (loaded + removed === 0) cli.line(texts.text('sync.nothing'));
  if (removed > 0) cli.line(texts.text('sync.removed', { count: texts.number(removed) }));
  if (kept > 0) cli.line(texts.text('sync.kept', { count: texts.number(kept) }));
  if (sync.missingReferences > 0)
    cli.line(texts.text('run.missingReferences', { count: texts.number(sync.missingReferences) }));
  if (standingRejects > 0) cli.line(texts.text('sync.seeRejects', { count: texts.number(standingRejects) }));
}

function showEntities(
  cli: Cli,
  synced: readonly SyncedEntity[],
  states: NonNullable<SyncOutcome['run']>['entities'],
): void {
  const { texts } = cli;
  const rows = synced.flatMap((each) => {
    const counts = states.find(({ entity }) => entity === each.entity)?.counts;
    if (counts === undefined || (counts.read === 0 && each.removed === 0 && !cli.options.verbose)) return [];
    const numbers = [counts.read, counts.loaded, counts.unchanged, counts.rejected, counts.skipped, each.removed];
    return [[each.entity, wayOf(cli, each), ...numbers.map((count) => texts.number(count))]];
  });
  if (rows.length === 0) return;
  const titles = ['read', 'loaded', 'unchanged', 'rejected', 'skipped', 'removed'] as const;
  const columns: TableColumn[] = [
    { title: texts.text('column.entity') },
    { title: texts.text('column.way') },
    ...titles.map((name): TableColumn => ({ title: texts.text(`column.${name}`), align: 'right' })),
  ];
  cli.line(renderTable(columns, rows));
  cli.line();
}

import { isForcible, type RollbackConflict, type RollbackPlan } from '../rollback/rollback-plan.ts';
import type { RollbackOutcome } from '../rollback/rollback-run.ts';
import type { Cli } from './cli.ts';
import { renderTable, type TableColumn } from './table.ts';

/** The plan in --json. */
export const planObject = ({ run, entities, contents, conflicts, handsChecked }: RollbackPlan) => ({
  run: run.id,
  command: run.command,
  status: run.status,
  entities,
  contents,
  conflicts: conflicts.map((conflict) => ({ ...conflict, forcible: isForcible(conflict) })),
  handsChecked,
});

/** What would be taken back, entity by entity, and what speaks against it. */
export function showRollbackPlan(cli: Cli, { run, entities, contents, conflicts, handsChecked }: RollbackPlan): void {
  const { texts, style } = cli;
  const { id, command, startedAt, status } = run;
  const params = { run: id, command, started: texts.moment(startedAt), status: texts.text(`state.${status}`) };
  cli.line(style.bold(texts.text('rollback.title', params)));
  const right = (title: string): TableColumn => ({ title, align: 'right' });
  if (entities.length > 0) {
    const columns = [
      { title: texts.text('column.entity') },
      right(texts.text('rollback.column.removed')),
      right(texts.text('rollback.column.restored')),
      right(texts.text('rollback.column.returned')),
      { title: texts.text('rollback.column.whole') },
    ];
    const rows = entities.map(({ entity, removed, restored, returned, whole }) => [
      entity,
      ...[removed, restored, returned].map(texts.number),
      whole ? texts.text('rollback.whole') : '',
    ]);
    cli.line(renderTable(columns, rows));
  }
  if (contents.contents > 0) {
    const { files, bytes } = contents;
    const numbers = {
      contents: texts.number(contents.contents),
      files: texts.number(files),
      bytes: texts.bytes(bytes),
    };
    cli.line(texts.text('rollback.contents', numbers));
  }
  cli.line(texts.text(entities.length === 0 && contents.contents === 0 ? 'rollback.nothing' : 'rollback.kept'));
  if (!handsChecked) cli.line(style.yellow(texts.text('rollback.handsNotChecked')));
  if (conflicts.length > 0) showConflicts(cli, conflicts);
}

function showConflicts(cli: Cli, conflicts: readonly RollbackConflict[]): void {
  const { texts, style } = cli;
  cli.line();
  cli.line(style.bold(texts.text('rollback.conflicts')));
  const columns: TableColumn[] = [
    { title: texts.text('column.entity') },
    { title: texts.text('column.count'), align: 'right' },
    { title: texts.text('rollback.column.keys') },
    { title: texts.text('rollback.column.why') },
  ];
  const rows = conflicts.map((conflict) => {
    const { entity, count, keys } = conflict;
    return [
      entity,
      texts.number(count),
      `${keys.join(', ')}${count > keys.length ? ' …' : ''}`,
      reasonOf(cli, conflict),
    ];
  });
  cli.line(renderTable(columns, rows));
}

function reasonOf({ texts }: Cli, { kind, run }: RollbackConflict): string {
  if (kind === 'reference' && run === null) return texts.text('rollback.conflict.referenceByHand');
  return texts.text(`rollback.conflict.${kind}`, { run: run ?? '' });
}

/** Why nothing was done, and what to do. */
export function showRefusal(cli: Cli, { run, conflicts }: RollbackPlan): void {
  const { texts, noteStyle } = cli;
  cli.note(noteStyle.red(texts.text('rollback.refused', { run: run.id })));
  const firm = conflicts.every((conflict) => !isForcible(conflict));
  cli.note(`${texts.text('failure.hint')}: ${texts.text(firm ? 'rollback.refusedFirm' : 'rollback.refusedHint')}`);
}

export function showDone(cli: Cli, { plan, by, filesRemoved }: Extract<RollbackOutcome, { kind: 'done' }>): void {
  const { texts, style } = cli;
  const sum = (pick: (entity: (typeof by.entities)[number]) => number): number =>
    by.entities.reduce((total, entity) => total + pick(entity), 0);
  const milliseconds = (by.finishedAt?.getTime() ?? cli.io.now()) - by.startedAt.getTime();
  const params = {
    run: plan.run.id,
    by: by.id,
    time: texts.duration(milliseconds),
    removed: texts.number(sum(({ counts }) => counts.skipped)),
    restored: texts.number(sum(({ counts }) => counts.loaded)),
  };
  cli.line(style.green(texts.text('rollback.done', params)));
  if (filesRemoved > 0) cli.line(texts.text('rollback.files', { files: texts.number(filesRemoved) }));
}

import { storePath } from '../contents/store-path.ts';
import type { Finding } from '../core/finding.ts';
import { fieldKind, maskFinding, maskValue } from '../core/mask.ts';
import type { Absence, ContentPlace, RecordHistory, RunHistory } from '../history/record-history.ts';
import { findingHint, findingText } from '../i18n/finding-text.ts';
import { CODES, personalKindOf } from '../validate/catalogue.ts';
import type { Cli } from './cli.ts';

export interface HistoryView {
  readonly personal: boolean;
  /** Folder of the content store; null: the project does not say. */
  readonly root: string | null;
}

/** A value of a column as it may be shown. */
function shown(column: string, value: unknown, personal: boolean): unknown {
  if (value === null || value === undefined || typeof value === 'number' || typeof value === 'boolean')
    return value ?? null;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return personal ? value : maskValue(fieldKind(column), text);
}

const maskedRow = (row: RecordHistory['row'], personal: boolean): RecordHistory['row'] =>
  row === null
    ? null
    : Object.fromEntries(Object.entries(row).map(([column, value]) => [column, shown(column, value, personal)]));

/** The history with personal data masked, unless it is asked for. */
export function maskHistory(history: RecordHistory, personal: boolean): RecordHistory {
  if (personal) return history;
  const mask = (findings: readonly Finding[]): readonly Finding[] =>
    findings.map((each) => maskFinding(each, personalKindOf));
  const { absence } = history;
  return {
    ...history,
    row: maskedRow(history.row, personal),
    runs: history.runs.map((run) => ({
      ...run,
      changes: run.changes.map(({ field, before, after }) => ({
        field,
        before: shown(field, before, personal),
        after: shown(field, after, personal),
      })),
      findings: mask(run.findings),
      rejects: run.rejects.map(mask),
      corrections: run.corrections.map((each) => ({
        ...each,
        before: each.before === null ? null : maskValue(fieldKind(each.field), each.before),
        after: each.after === null ? null : maskValue(fieldKind(each.field), each.after),
      })),
    })),
    contents: {
      ...history.contents,
      shown: history.contents.shown.map((each) => ({
        ...each,
        name: each.name === null ? null : maskValue('text', each.name),
      })),
    },
    absence:
      absence?.kind === 'rejected'
        ? {
            ...absence,
            reasons: mask(absence.reasons),
            chain: absence.chain.map((link) => ({ ...link, reasons: mask(link.reasons) })),
          }
        : absence,
  };
}

/** A history that is masked already, for people. */
export function showHistory(cli: Cli, history: RecordHistory, { root }: HistoryView): void {
  const { texts, style } = cli;
  const { entity, key, targetId, loaded, row, absence } = history;
  const state = loaded ? style.green(texts.text('history.loaded')) : style.red(texts.text('history.missing'));
  cli.line(`${style.bold(`${entity} ${key}`)}  ${targetId}  ${state}`);
  if (loaded && row === null) cli.line(style.yellow(texts.text('history.rowLost')));
  if (absence !== null) showAbsence(cli, entity, absence);
  for (const run of history.runs) showRun(cli, run);
  showParents(cli, history);
  showContents(cli, history, root);
  if (cli.options.verbose && row !== null) {
    cli.line(style.bold(texts.text('history.row')));
    for (const [column, value] of Object.entries(row)) cli.line(`  ${column}: ${textOf(value)}`);
  }
}

function showAbsence(cli: Cli, entity: string, absence: Absence): void {
  const { texts } = cli;
  switch (absence.kind) {
    case 'deleted':
      cli.line(texts.text('history.absence.deleted', { run: absence.run }));
      return;
    case 'takenBack':
      cli.line(texts.text('history.absence.takenBack', { run: absence.run, by: absence.by ?? '' }));
      return;
    case 'unknown':
      cli.line(texts.text('history.absence.unknown'));
      if (absence.rolledBack.length > 0)
        cli.line(texts.text('history.absence.rolledBack', { entity, runs: absence.rolledBack.join(', ') }));
      return;
    case 'rejected':
      cli.line(texts.text('history.absence.rejected', { run: absence.run }));
      for (const reason of absence.reasons) showFinding(cli, reason, true);
      for (const { entity: parent, key, state, reasons } of absence.chain) {
        const codes = reasons.map(({ code }) => code).join(', ');
        cli.line(`    ← ${texts.text(`history.chain.${state}`, { entity: parent, key, codes })}`);
      }
  }
}

function showFinding(cli: Cli, finding: Finding, withHint: boolean): void {
  const { texts, style } = cli;
  const paint = finding.severity === 'error' ? style.red : style.yellow;
  const where = [finding.field, finding.value].filter((part) => part !== undefined).join(' = ');
  cli.line(
    `  ${paint(finding.code)}  ${findingText(finding, CODES, texts.language)}${where === '' ? '' : `  [${where}]`}`,
  );
  const hint = findingHint(finding.code, CODES, texts.language);
  if (withHint && hint !== '') cli.line(`    → ${hint}`);
}

function showRun(cli: Cli, run: RunHistory): void {
  const { texts, style } = cli;
  const params = {
    run: run.run,
    command: run.command,
    started: texts.moment(run.startedAt),
    did: texts.text(`history.did.${run.did}`),
  };
  const back = run.takenBackBy === null ? '' : `, ${texts.text('history.takenBackBy', { run: run.takenBackBy })}`;
  cli.line();
  cli.line(style.bold(`${texts.text('history.run', params)}${back}`));
  for (const { field, before, after } of run.changes) cli.line(`  ${field}: ${textOf(before)} → ${textOf(after)}`);
  if (run.did === 'changed' && run.changes.length === 0 && run.takenBackBy !== null)
    cli.line(`  ${texts.text('history.changeLost')}`);
  for (const { file, line, ...correction } of run.corrections) {
    const values = { ...correction, before: textOf(correction.before), after: textOf(correction.after), file, line };
    cli.line(`  ${texts.text('history.correction', values)}`);
  }
  for (const reasons of run.rejects) for (const reason of reasons) showFinding(cli, reason, false);
  const rejected = new Set(run.rejects.flat().map(({ code, field }) => `${code} ${field}`));
  for (const finding of run.findings)
    if (!rejected.has(`${finding.code} ${finding.field}`)) showFinding(cli, finding, false);
}

function showParents({ line, texts, style }: Cli, { parents }: RecordHistory): void {
  if (parents.length === 0) return;
  line();
  line(style.bold(texts.text('history.parents')));
  for (const { column, entity, key, there } of parents)
    line(`  ${column}: ${entity} ${key}${there ? '' : `  (${texts.text('history.waits')})`}`);
}

function showContents(
  { line, texts, style }: Cli,
  { contents: { shown: list, count } }: RecordHistory,
  root: string | null,
): void {
  if (count === 0) return;
  line();
  line(style.bold(texts.text('history.contents', { count })));
  for (const content of list) line(`  ${content.contentId}  ${content.name ?? ''}  ${placeText(content, texts, root)}`);
  if (count > list.length) line(`  ${texts.text('history.more', { count: count - list.length })}`);
}

function placeText({ status, sha256, problem }: ContentPlace, texts: Cli['texts'], root: string | null): string {
  if (status === 'stored' && sha256 !== null)
    return texts.text('history.content.stored', { path: root === null ? sha256 : storePath(root, sha256) });
  return status === 'failed'
    ? texts.text('history.content.failed', { problem: problem ?? '' })
    : texts.text('history.content.waiting');
}

const textOf = (value: unknown): string => {
  if (value === null || value === undefined) return '–';
  return typeof value === 'string' ? value : JSON.stringify(value);
};

import type { CopyCounts } from '../contents/copy-counts.ts';
import type { FindingCount } from '../ledger/ledger.ts';
import type { Cli } from './cli.ts';
import type { CopiedContents } from './project-contents.ts';
import { showFindings } from './run-report.ts';
import { renderTable } from './table.ts';

/** Milliseconds between two lines of progress. */
const PAUSE = 3000;

/** Tells every few seconds how far a copy is. */
export function copyProgress(cli: Cli): (counts: CopyCounts) => void {
  const { io, texts, note } = cli;
  const started = io.now();
  let last = started;
  return (counts) => {
    const now = io.now();
    if (now - last < PAUSE) return;
    last = now;
    const rate = (counts.bytesRead / Math.max(1, now - started)) * 1000;
    const { known, stored, failed } = counts;
    const done = texts.number(known + stored + failed);
    note(texts.text('contents.progress', { done, read: texts.bytes(counts.bytesRead), rate: texts.bytes(rate) }));
  };
}

/** A copy in --json. */
export const contentsObject = (of: {
  readonly run: number;
  readonly counts: CopiedContents;
  readonly findings: readonly FindingCount[];
}) => ({ run: of.run, ...of.counts, findings: of.findings });

/** What a copy came to. */
export function showCopy(cli: Cli, run: number, counts: CopiedContents, findings: readonly FindingCount[]): void {
  const { texts, style } = cli;
  showFindings(cli, findings);
  cli.line();
  showSignatures(cli, Object.entries(counts.signatures));
  const { known, stored, duplicates, failed, bytesRead, pairs } = counts;
  const numbers = { known, stored, duplicates, failed, detached: pairs.detached, paired: pairs.paired };
  const shown = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, texts.number(value)]));
  const finished = texts.text('contents.copied', { run, bytes: texts.bytes(bytesRead), ...shown });
  cli.line(failed === 0 ? style.green(finished) : style.yellow(finished));
  if (pairs.detached > 0) cli.line(texts.text('contents.pairs', shown));
  if (failed > 0) cli.line(texts.text('contents.failedAgain'));
}

export function showSignatures(cli: Cli, signatures: readonly (readonly [kind: string, count: number])[]): void {
  if (signatures.length === 0) return;
  const { texts, style } = cli;
  cli.line(style.bold(texts.text('contents.signatures')));
  const titles = [
    { title: texts.text('contents.kind') },
    { title: texts.text('column.count'), align: 'right' as const },
  ];
  cli.line(
    renderTable(
      titles,
      signatures.map(([kind, count]) => [kind, texts.number(count)]),
    ),
  );
  cli.line();
}

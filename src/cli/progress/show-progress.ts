import type { Emit } from '../../core/events.ts';
import type { Cli } from '../cli.ts';
import { createBars } from './bars.ts';
import { foldProgress, NO_PROGRESS, type Progress } from './fold-progress.ts';
import { progressLine } from './progress-line.ts';
import { sayEvent } from './say-event.ts';

/** Milliseconds between two plain lines. */
const PLAIN_PAUSE = 3000;

export interface ProgressView {
  readonly emit: Emit;
  /** Takes bars away; call before anything else is written. */
  stop(): void;
}

/** Shows a run on standard error: bars on a terminal, elsewhere a line every few seconds and one for every finished entity. */
export function showProgress(cli: Cli): ProgressView {
  const { io, texts } = cli;
  const onTerminal = io.stderr.isTTY === true && io.environment['TERM'] !== 'dumb';
  const bars = onTerminal ? createBars(io.stderr as NodeJS.WriteStream) : null;
  let progress: Progress = NO_PROGRESS;
  let lastLine = io.now();

  const emit: Emit = (event) => {
    const now = io.now();
    progress = foldProgress(progress, event, now);
    cli.log.event(event);
    const said = sayEvent(event, cli);
    if (said !== null) (bars?.say ?? cli.note)(said);
    if (event.kind !== 'batch-committed' && event.kind !== 'entity-started' && event.kind !== 'entity-finished') return;
    const entity = progress.entities.get(event.entity)!;
    if (bars !== null) bars.show(entity, progressLine(entity, now, texts));
    else if (event.kind === 'batch-committed' && now - lastLine >= PLAIN_PAUSE) {
      lastLine = now;
      cli.note(progressLine(entity, now, texts));
    }
  };
  return { emit, stop: () => bars?.stop() };
}

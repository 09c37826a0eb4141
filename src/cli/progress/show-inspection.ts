import type { InspectProgress } from '../../inspect/draw-picture.ts';
import type { Cli } from '../cli.ts';

/** Milliseconds between two lines: on a terminal a line is written over the last, elsewhere each stays. */
const PAUSE = { terminal: 200, plain: 3000 } as const;

/** Shows how far an inspection is, with an estimate of the time left, on standard error. */
export function showInspection(cli: Cli): { tell(progress: InspectProgress): void; stop(): void } {
  const { io } = cli;
  const onTerminal = io.stderr.isTTY === true && io.environment['TERM'] !== 'dumb';
  const begun = io.now();
  let last = begun;
  return {
    tell(progress) {
      const now = io.now();
      if (now - last < (onTerminal ? PAUSE.terminal : PAUSE.plain)) return;
      last = now;
      const line = progressText(progress, now - begun, cli);
      if (onTerminal) io.stderr.write(`\r\u001B[2K${line.slice(0, (io.stderr.columns ?? 80) - 1)}`);
      else cli.note(line);
    },
    stop() {
      if (onTerminal) io.stderr.write('\r\u001B[2K');
    },
  };
}

function progressText({ table, number, of, rows, share }: InspectProgress, spent: number, { texts }: Cli): string {
  const percent = share === null ? '?' : String(Math.floor(share * 100));
  const line = texts.text('inspect.progress', { table, number, of, rows: texts.number(rows), share: percent });
  if (share === null || share < 0.02 || spent < 2000) return line;
  return `${line}, ${texts.text('progress.eta', { time: texts.duration((spent / share) * (1 - share)) })}`;
}

import { EXIT_CODES } from '../core/errors.ts';
import type { Cli } from './cli.ts';

/** Runs work that Ctrl-C can stop: the first one asks it to finish what is under way (the signal), a second one ends the process. */
export async function withInterrupt<T>(cli: Cli, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  const release = cli.io.onInterrupt(() => {
    if (stop.signal.aborted) {
      cli.note(cli.texts.text('run.stoppedNow'));
      cli.io.exitNow(EXIT_CODES.interrupted);
      return;
    }
    cli.note(cli.texts.text('run.interrupting'));
    stop.abort();
  });
  try {
    return await work(stop.signal);
  } finally {
    release();
  }
}

import type { Environment } from '../config/substitute.ts';

/** Everything of the process that the command line touches, so that a test can hand it something else. */
export interface CliIo {
  readonly cwd: string;
  readonly environment: Environment;
  readonly stdout: CliStream;
  readonly stderr: CliStream;
  /** Calls back on Ctrl-C (SIGINT) and SIGTERM; the result takes the callback back. */
  onInterrupt(callback: () => void): () => void;
  /** Ends the process at once. */
  exitNow(code: number): void;
  now(): number;
}

export interface CliStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

/** The real process. */
export function processIo(): CliIo {
  return {
    cwd: process.cwd(),
    environment: process.env,
    stdout: process.stdout,
    stderr: process.stderr,
    onInterrupt(callback) {
      process.on('SIGINT', callback);
      process.on('SIGTERM', callback);
      return () => {
        process.off('SIGINT', callback);
        process.off('SIGTERM', callback);
      };
    },
    exitNow: (code) => process.exit(code),
    now: () => Date.now(),
  };
}

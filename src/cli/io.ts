import { createInterface } from 'node:readline/promises';
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
  /** Asks a question on the terminal and waits for a line; absent where nobody sits in front of it. */
  readonly ask?: ((question: string) => Promise<string>) | undefined;
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
    ask: process.stdin.isTTY && process.stderr.isTTY ? askOnTerminal : undefined,
  };
}

async function askOnTerminal(question: string): Promise<string> {
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await lines.question(question);
  } finally {
    lines.close();
  }
}

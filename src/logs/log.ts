import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { pino } from 'pino';
import type { LogFile } from './log-file.ts';

export type Level = 'debug' | 'info' | 'warn' | 'error';

/** One line of a log. `fields` never hold values of records: names, codes, numbers, states. */
export interface LogRecord {
  readonly level: Level;
  /** What kind of line it is, for filters: `entity-finished`, `command-failed`. */
  readonly event: string;
  readonly message: string;
  readonly fields?: Readonly<Record<string, unknown>>;
}

/** The log of one call of the program. */
export interface Log {
  write(record: LogRecord): void;
  /** From here on every line carries the number of the run of the ledger. */
  setRun(run: number): void;
  close(): void;
}

/** Where a command keeps no log. */
export const NO_LOG: Log = { write: () => undefined, setRun: () => undefined, close: () => undefined };

export interface LogOptions {
  readonly file: LogFile;
  readonly level: Level;
  /** In every line, beside time, level, event, process and machine. */
  readonly office: string;
  readonly command: string;
  readonly version: string;
  /** Takes secrets out of a text. */
  redact(text: string): string;
  /** Milliseconds since 1970. */
  now(): number;
  /** Told once, when the file does not take lines any more (disk full); the work goes on. */
  onFault(fault: unknown): void;
}

/**
 * JSON lines by pino, written at once: `time` (ISO, UTC), `level`, `event`, `msg`, `invocation` (the same in all lines of one call), `run`, `office`, `command`,
 * `version`, `pid`, `host`, and the fields of the line.
 */
export function openLog(options: LogOptions): Log {
  const { file, office, command, version } = options;
  let usable = true;
  const write = (line: string): void => {
    if (!usable) return;
    try {
      file.write(line);
    } catch (fault) {
      usable = false;
      options.onFault(fault);
    }
  };
  const base = {
    invocation: randomBytes(4).toString('hex'),
    office,
    command,
    version,
    pid: process.pid,
    host: hostname(),
  };
  const root = pino(
    {
      level: options.level,
      base,
      timestamp: () => `,"time":"${new Date(options.now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write },
  );
  let logger = root;
  return {
    write: ({ level, event, message, fields = {} }) =>
      logger[level]({ event, ...redactFields(fields, options.redact) }, options.redact(message)),
    setRun(run) {
      logger = root.child({ run });
    },
    close: () => file.close(),
  };
}

/** Texts of a line are redacted before they become JSON, so that the line stays whole. */
const redactFields = (
  fields: Readonly<Record<string, unknown>>,
  redact: LogOptions['redact'],
): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).map(([name, value]) => [name, typeof value === 'string' ? redact(value) : value]),
  );

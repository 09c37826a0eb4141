import type { Config } from '../config/config.ts';
import { redactText } from '../config/redact.ts';
import type { RunEvent } from '../core/events.ts';
import { eventRecord } from '../logs/event-record.ts';
import { harmlessText } from '../logs/harmless-text.ts';
import { type Log, type LogRecord, NO_LOG, openLog } from '../logs/log.ts';
import { openLogFile } from '../logs/log-file.ts';
import { programVersion } from './program-version.ts';
import { asEzdError } from './report-failure.ts';

/** The log of a command that keeps one; opened when the project file has been read, because that says where. */
export interface CommandLog {
  begin(config: Config, secrets: readonly string[]): void;
  write(record: LogRecord): void;
  event(event: RunEvent): void;
  /** What a command ended with. */
  end(exitCode: number, milliseconds: number): void;
  failure(failure: unknown): void;
  close(): void;
}

export const NO_COMMAND_LOG: CommandLog = {
  begin: () => undefined,
  write: () => undefined,
  event: () => undefined,
  end: () => undefined,
  failure: () => undefined,
  close: () => undefined,
};

/** `onFault`: told once when no log can be kept; a log is never a reason to stop. */
export function createCommandLog(command: string, now: () => number, onFault: (reason: string) => void): CommandLog {
  let log: Log = NO_LOG;
  const tell = (fault: unknown): void => onFault(fault instanceof Error ? fault.message : String(fault));
  return {
    begin({ logs, office }, secrets) {
      if (log !== NO_LOG) return;
      try {
        log = openLog({
          file: openLogFile({ ...logs, now }),
          level: logs.level,
          office,
          command,
          version: programVersion(),
          redact: (text) => redactText(text, secrets),
          now,
          onFault: tell,
        });
        log.write({ level: 'info', event: 'command-started', message: `${command} started` });
      } catch (fault) {
        tell(fault);
      }
    },
    write: (record) => log.write(record),
    event(event) {
      if (event.kind === 'run-started') log.setRun(event.run);
      log.write(eventRecord(event));
    },
    end(exitCode, milliseconds) {
      const fields = { exitCode, milliseconds: Math.round(milliseconds) };
      log.write({
        level: exitCode === 0 ? 'info' : 'warn',
        event: 'command-finished',
        message: `${command} finished`,
        fields,
      });
    },
    failure: (failure) => log.write(failureRecord(failure)),
    close() {
      const open = log;
      log = NO_LOG;
      open.close();
    },
  };
}

/** A failure in the log: code, words without data, and for defects the trace. */
export function failureRecord(failure: unknown): LogRecord {
  const error = asEzdError(failure);
  const { code, hint, subject, retryable } = error;
  const trace = code === 'INTERNAL' && failure instanceof Error ? { stack: harmlessText(failure.stack ?? '') } : {};
  return {
    level: code === 'INTERRUPTED' ? 'warn' : 'error',
    event: 'command-failed',
    message: harmlessText(error.message),
    fields: { code, retryable, hint, subject, ...trace },
  };
}

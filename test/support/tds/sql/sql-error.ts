import type { SqlMessage } from '../wire/tokens.ts';

/** An error that the server answers a statement with, by SQL Server's own number where there is one. */
export class SqlError extends Error {
  readonly number: number;
  readonly severity: number;

  constructor(number: number, message: string, severity = 16) {
    super(message);
    this.number = number;
    this.severity = severity;
  }

  toMessage(): SqlMessage {
    return { number: this.number, message: this.message, severity: this.severity };
  }
}

/** Error 102: what this server does not answer. It says so instead of guessing. */
export function notUnderstood(what: string): SqlError {
  return new SqlError(102, `Incorrect syntax: this test server does not understand ${what}.`, 15);
}

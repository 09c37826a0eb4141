/**
 * Faults that stop a run. Data problems are findings (see `finding.ts`), never errors.
 * Every code has a row in docs/errors.md; a test fails when one is missing.
 */
export const ERROR_CODES = [
  'USAGE', // a flag or argument is wrong
  'CONFIG', // the project file is wrong
  'MAPPING', // a mapping file is wrong
  'CORRECTIONS', // a file of corrections is wrong
  'CATALOGUE', // plan and real source or target do not fit
  'SOURCE_MISSING', // file, folder, table or database not there
  'SOURCE_UNREADABLE', // there, but cannot be read as what it should be
  'SOURCE_UNREACHABLE', // server does not answer or refuses the login
  'TARGET_UNREACHABLE',
  'TARGET_RIGHTS', // logged in, but not allowed
  'TARGET_FULL', // disk or quota full
  'TARGET_NEWER', // database has a newer schema version than this program
  'TARGET_REFUSED', // the target refused a whole batch for a reason that no record explains
  'TOO_MANY_DELETES', // a sync would remove more than a set share
  'LOCKED', // another run holds the lock
  'LEDGER', // what the ledger says does not add up (read ≠ loaded + unchanged + rejected + skipped)
  'INTERRUPTED',
  'INTERNAL', // a defect of this program
] as const;
export type ErrorCode = (typeof ERROR_CODES)[number];

/** Exit codes of the command line (docs/exit-codes.md). */
export const EXIT_CODES = {
  done: 0,
  unexpected: 1,
  usage: 2,
  findings: 3,
  differences: 4,
  locked: 5,
  unreachable: 6,
  interrupted: 130,
} as const;

/** Where in a file a problem is. Lines and columns count from 1. */
export interface FilePosition {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The text of that line, for the caret. */
  readonly text?: string;
  /** Characters the caret underlines; 1 without it. */
  readonly length?: number;
}

/** One problem of many that are shown together (project file, mappings). */
export interface Problem {
  readonly message: string;
  /** Stable name of the kind of problem (`unknownKey`), for tests and `--json`. */
  readonly code?: string;
  readonly hint?: string;
  readonly at?: FilePosition;
  readonly severity?: 'error' | 'warning';
}

/** What a fault says in another language than English. */
export interface FaultText {
  readonly message: string;
  readonly hint?: string;
}

export interface ErrorDetails {
  /** What to do next, a sentence or a command. */
  readonly hint?: string;
  /** Message and hint in Polish; absent: they are in the language of the user already, or only English. */
  readonly polish?: FaultText;
  /** What it is about: mapping file, entity, table, server. Never personal data, never a secret. */
  readonly subject?: string;
  readonly problems?: readonly Problem[];
  readonly cause?: unknown;
  /** True when trying again may help (lost connection, deadlock, restart). */
  readonly retryable?: boolean;
}

/** A fault told for people: the message alone is shown; the stack only for `INTERNAL`. */
export class EzdError extends Error {
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly polish: FaultText | undefined;
  readonly subject: string | undefined;
  readonly problems: readonly Problem[];
  readonly retryable: boolean;

  constructor(code: ErrorCode, message: string, details: ErrorDetails = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'EzdError';
    this.code = code;
    this.hint = details.hint;
    this.polish = details.polish;
    this.subject = details.subject;
    this.problems = details.problems ?? [];
    this.retryable = details.retryable ?? false;
  }
}

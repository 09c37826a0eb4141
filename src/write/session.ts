/**
 * One connection to the target's database, as the write path and the ledger need it. Two drivers: a PostgreSQL server (pg) and the embedded
 * PGlite. Statements are PostgreSQL's; parameters `$1 …`.
 */
export interface SqlSession {
  /** Runs one statement and returns its rows. bigint columns come as text unless cast. Throws EzdError for faults of the connection, `SqlError` for what the server says. */
  query<Row = Record<string, unknown>>(sql: string, parameters?: readonly SqlParameter[]): Promise<Row[]>;
  /** COPY `table (columns)` FROM STDIN in binary format; `images` are row images without header and trailer. */
  copy(target: string, images: readonly Uint8Array[]): Promise<void>;
  /**
   * COPY (`query`) TO STDOUT in binary format, as the bytes come, cut anywhere. The embedded database hands them over in one piece, so ask it for a bounded part.
   * Whoever stops before the end gives the session back as broken.
   */
  copyOut(query: string): AsyncIterable<Uint8Array>;
  /** Gives the connection back. `broken`: it must not be used again. */
  release(broken?: boolean): Promise<void>;
}

export type SqlParameter = string | number | boolean | null | UuidArray | Int64Array;

/** Many uuids as one parameter: 16 bytes each. */
export interface UuidArray {
  readonly kind: 'uuid[]';
  readonly bytes: Uint8Array;
}
/** Many 64-bit integers as one parameter: big-endian, 8 bytes each. */
export interface Int64Array {
  readonly kind: 'int8[]';
  readonly bytes: Uint8Array;
}

/** Where sessions come from. */
export interface SqlPool {
  readonly kind: 'postgres' | 'embedded';
  session(): Promise<SqlSession>;
  /** Most sessions that make sense side by side: 1 for the embedded database. */
  readonly maxSessions: number;
  close(): Promise<void>;
}

/** What the server said, with its SQLSTATE. */
export class SqlError extends Error {
  readonly sqlState: string;
  readonly detail: string | undefined;
  readonly constraint: string | undefined;
  readonly column: string | undefined;

  constructor(
    message: string,
    state: string,
    more: { detail?: string; constraint?: string; column?: string; cause?: unknown } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'SqlError';
    this.sqlState = state;
    this.detail = more.detail;
    this.constraint = more.constraint;
    this.column = more.column;
  }
}

/** SQLSTATE classes that trying again may cure: connection lost, server stopping, too many connections, deadlock, serialisation, lock time-out. */
const TRANSIENT = /^(08...|57P0[1-5]|53300|40P01|40001|55P03)$/;
export const isTransient = (error: unknown): boolean => error instanceof SqlError && TRANSIENT.test(error.sqlState);

/** SQLSTATE classes that say something about a row: data exception, integrity constraint violation, check of a trigger. */
export const isAboutARow = (error: unknown): error is SqlError =>
  error instanceof SqlError && /^(22...|23...|P0001|54...)$/.test(error.sqlState) && error.sqlState !== '54001';

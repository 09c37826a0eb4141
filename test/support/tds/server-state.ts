import type { Socket } from 'node:net';
import type { TestDatabase } from './database.ts';
import type { FaultPlan } from './faults.ts';
import type { SessionState } from './sql/scope.ts';
import type { SqlValue } from './value.ts';
import type { ServerCertificate } from './wire/certificate.ts';

export interface ServerOptions {
  /** `supported`: TLS when the client asks; `required`; `none`: the server has no TLS. */
  readonly encryption: 'supported' | 'required' | 'none';
  readonly user: string;
  readonly password: string;
  /** A domain login by NTLM, besides the SQL login. */
  readonly domainLogin: { readonly domain: string; readonly user: string; readonly password: string } | undefined;
  /** Permissions of the login, in upper case; without SELECT every table refuses. */
  readonly permissions: ReadonlySet<string>;
}

/** A statement as it reached the server. */
export interface RecordedStatement {
  readonly sql: string;
  readonly parameters: readonly { readonly name: string; readonly value: SqlValue }[];
  readonly session: number;
}

/** What all connections of one server share. */
export interface ServerState {
  readonly database: TestDatabase;
  readonly options: ServerOptions;
  readonly certificate: ServerCertificate;
  readonly faults: FaultPlan;
  readonly statements: RecordedStatement[];
  readonly sessions: SessionState[];
  /** Login messages so far, refused ones too. */
  readonly loginMessages: { count: number };
  /** Faults of the test server itself. */
  readonly failures: unknown[];
  /** Refuses the next logins with this error, so many times. */
  refuseLogins: { left: number; readonly number: number; readonly message: string };
  /** Stops reading the bare socket once TLS has taken over. */
  readonly onTls: WeakMap<Socket, () => void>;
  readonly record: (sql: string, parameters: RecordedStatement['parameters'], session: number) => void;
  readonly nextSessionId: () => number;
}

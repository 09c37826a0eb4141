import { createServer, type Server, type Socket } from 'node:net';
import { createDatabase, type DatabaseOptions, type TableSpec, type TestDatabase } from './database.ts';
import { type Fault, faultPlan } from './faults.ts';
import type { RecordedStatement, ServerOptions, ServerState } from './server-state.ts';
import { serveConnection } from './session.ts';
import { makeCertificate } from './wire/certificate.ts';

export interface TdsServerOptions extends Partial<ServerOptions> {
  readonly tables?: readonly TableSpec[];
  readonly database?: DatabaseOptions;
}

/** A running test server. */
export interface TdsServer {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
  /** PEM of the self-signed certificate, for the client's CA file. */
  readonly certificate: string;
  readonly database: TestDatabase;
  /** Every statement that came in since the start or the last clear, in order. */
  readonly statements: RecordedStatement[];
  /** Faults of the test server itself: empty unless it has a defect. */
  readonly failures: unknown[];
  /** Logins so far. */
  readonly sessions: ServerState['sessions'];
  /** Login messages so far, refused ones too: a password has come in each. */
  readonly loginMessages: number;
  /** Plans a fault for coming statements. */
  fault: (fault: Fault) => void;
  clearFaults: () => void;
  /** Refuses the next logins. */
  refuseLogins: (times: number, number?: number, message?: string) => void;
  /** Cuts every open connection. */
  dropConnections: () => void;
  /** Stops listening and cuts every connection, as a server that goes down. */
  stop: () => Promise<void>;
  /** Listens again on the same port. */
  start: () => Promise<void>;
}

const READER = new Set(['SELECT', 'CONNECT', 'VIEW CHANGE TRACKING']);

/** Starts a server on a free port of 127.0.0.1. */
export async function startTdsServer(options: TdsServerOptions = {}): Promise<TdsServer> {
  const state = makeState(options);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    open.add(socket);
    socket.on('close', () => open.delete(socket));
    serveConnection(socket, state);
  });
  const port = await listen(server, 0);
  const dropConnections = (): void => {
    for (const socket of open) socket.destroy();
  };
  return {
    host: '127.0.0.1',
    port,
    user: state.options.user,
    password: state.options.password,
    certificate: state.certificate.cert,
    database: state.database,
    statements: state.statements,
    failures: state.failures,
    sessions: state.sessions,
    get loginMessages() {
      return state.loginMessages.count;
    },
    fault: state.faults.add,
    clearFaults: state.faults.clear,
    refuseLogins: (left, number = 18456, message = 'Login failed.') => {
      state.refuseLogins = { left, number, message };
    },
    dropConnections,
    stop: () => {
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve());
      });
      dropConnections();
      return closed;
    },
    start: async () => {
      await listen(server, port);
    },
  };
}

function makeState(options: TdsServerOptions): ServerState {
  const statements: RecordedStatement[] = [];
  let session = 50;
  return {
    database: createDatabase(options.tables, options.database),
    options: {
      encryption: options.encryption ?? 'supported',
      user: options.user ?? 'ezd_reader',
      password: options.password ?? 'Test-only-1!',
      domainLogin: options.domainLogin,
      permissions: options.permissions ?? READER,
    },
    certificate: makeCertificate(),
    faults: faultPlan(),
    statements,
    failures: [],
    sessions: [],
    loginMessages: { count: 0 },
    refuseLogins: { left: 0, number: 0, message: '' },
    onTls: new WeakMap(),
    record: (sql, parameters, id) => {
      const values = parameters.map(({ name, value }) => ({ name, value }));
      statements.push({ sql, parameters: values, session: id });
    },
    nextSessionId: () => ++session,
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

/** Statements that did something else than SELECT and SET: must be empty after any run (invariant 4). */
export function notReading(statements: readonly RecordedStatement[]): string[] {
  const verbs = (sql: string): string[] => sql.split(/;|\n/).map((part) => part.trim().split(/\s+/)[0]!.toLowerCase());
  const harmless = new Set(['', 'select', 'set']);
  return statements
    .filter(
      ({ sql }) =>
        !harmless.has(verbs(sql)[0]!) ||
        /\b(insert|update|delete|merge|into|exec|execute|create|alter|drop|truncate|begin|commit)\b\s/i.test(
          withoutNames(sql),
        ),
    )
    .map(({ sql }) => sql);
}

/** The statement without quoted names and texts, which may hold any word. */
function withoutNames(sql: string): string {
  return sql.replace(/\[[^\]]*\]|'[^']*'|"[^"]*"/g, ' ');
}

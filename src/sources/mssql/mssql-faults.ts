import { EzdError } from '../../core/errors.ts';
import { type MssqlConfig, serverText } from './mssql-config.ts';

/** What is known of an error of the driver, whatever its class. */
interface DriverError {
  readonly message: string;
  readonly code: string;
  readonly number: number;
}

/** Errors of SQL Server that pass by themselves: locks, restarts, load. Numbers as in sys.messages. */
const PASSING = new Map<number, string>([
  [1205, 'deadlock'],
  [1222, 'lock time-out'],
  [3960, 'snapshot conflict'],
  [3961, 'table changed under a snapshot'],
  [601, 'data moved during the read'],
  [701, 'server short of memory'],
  [802, 'server short of memory'],
  [8645, 'server short of memory'],
  [8651, 'server short of memory'],
  [6005, 'server shutting down'],
  [17142, 'server paused'],
  [18401, 'server being upgraded'],
  [921, 'database recovering'],
  [922, 'database recovering'],
  [40197, 'server reconfiguring'],
  [40501, 'server busy'],
  [40613, 'database not available at the moment'],
]);

const CONNECTION_CODES = new Set([
  'ESOCKET',
  'ECONNRESET',
  'ECONNCLOSED',
  'ECLOSE',
  'ETIMEOUT',
  'ENOTOPEN',
  'EPIPE',
  'EINSTLOOKUP',
  'ECANCEL',
]);

const RIGHTS = new Set([229, 230, 262, 297, 300, 916, 371]);
const LOGIN = new Set([18456, 18452, 18470, 18486, 18487, 18488]);

/** Turns an error of the driver into one for people; tells whether trying again may help. */
export function mssqlFault(error: unknown, config: MssqlConfig, what: string): EzdError {
  if (error instanceof EzdError) return error;
  const fault = driverError(error);
  const subject = `${serverText(config)}/${config.database}`;
  const details = { subject, cause: error };
  const passing = PASSING.get(fault.number);
  if (passing !== undefined) {
    const message = `${what}: SQL Server answered with error ${fault.number} (${passing}).`;
    return new EzdError('SOURCE_UNREACHABLE', message, {
      ...details,
      retryable: true,
      hint: 'Run again: it goes on where it stopped.',
    });
  }
  if (LOGIN.has(fault.number) || fault.code === 'ELOGIN') {
    return new EzdError(
      'SOURCE_UNREACHABLE',
      `${what}: the login was refused by ${subject} (${fault.message.replace(/'[^']*'/g, '…')})`,
      {
        ...details,
        hint: 'Check user, password, domain and database in the project file, and that the login may connect (docs/sources/mssql.md has the SQL that creates it).',
      },
    );
  }
  if (RIGHTS.has(fault.number)) {
    return new EzdError('SOURCE_UNREADABLE', `${what}: the login may not read this (error ${fault.number}).`, {
      ...details,
      hint: 'GRANT SELECT to the login: docs/sources/mssql.md has the SQL.',
    });
  }
  if (fault.number === 207 || fault.number === 208) {
    return new EzdError(
      'SOURCE_UNREADABLE',
      `${what}: ${fault.message} The database was changed since the run began.`,
      {
        ...details,
        hint: 'Compare the mapping with the database (`ezd-migrate check`), then run again.',
      },
    );
  }
  if (fault.number === 0 && isConnectionFault(fault)) return connectionFault(fault, details, what, config);
  return new EzdError(
    'SOURCE_UNREADABLE',
    `${what}: SQL Server answered with error ${fault.number || fault.code}: ${fault.message}`,
    details,
  );
}

function isConnectionFault(fault: DriverError): boolean {
  return (
    CONNECTION_CODES.has(fault.code) ||
    /socket hang up|ended without|connection (was )?(lost|closed)|timed? ?out/i.test(fault.message)
  );
}

function connectionFault(
  fault: DriverError,
  details: { readonly subject: string; readonly cause: unknown },
  what: string,
  config: MssqlConfig,
): EzdError {
  if (/certificate|self.signed|altname/i.test(fault.message)) {
    return new EzdError(
      'SOURCE_UNREACHABLE',
      `${what}: the certificate of ${details.subject} is not trusted (${fault.message}).`,
      {
        ...details,
        hint: 'Put the certificate of its authority into `caFile:`, or name the host that it was made for in `serverName:`. `trustServerCertificate: true` takes any certificate; only in a network that you trust.',
      },
    );
  }
  if (/requires encryption/i.test(fault.message)) {
    return new EzdError('SOURCE_UNREACHABLE', `${what}: ${details.subject} takes only encrypted connections.`, {
      ...details,
      hint: 'Remove `encrypt: false`.',
    });
  }
  const port = config.instance === undefined ? 'the port is open' : 'UDP 1434 and the port of the instance are open';
  return new EzdError('SOURCE_UNREACHABLE', `${what}: no connection to ${details.subject} (${fault.message}).`, {
    ...details,
    retryable: true,
    hint: `Check that the server runs, that its name is right and that ${port}. Then run again: it goes on where it stopped.`,
  });
}

function driverError(error: unknown): DriverError {
  if (typeof error !== 'object' || error === null) return { message: String(error), code: '', number: 0 };
  const { message, code, number, originalError } = error as Record<string, unknown>;
  const inner = originalError === undefined ? undefined : driverError(originalError);
  return {
    message: typeof message === 'string' ? message : String(error),
    code: typeof code === 'string' ? code : (inner?.code ?? ''),
    number: typeof number === 'number' ? number : (inner?.number ?? 0),
  };
}

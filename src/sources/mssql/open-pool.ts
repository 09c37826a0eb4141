import type sql from 'mssql';
import { EzdError } from '../../core/errors.ts';
import { type Driver, loadDriver } from './driver.ts';
import { type MssqlConfig, type MssqlSettings, serverText } from './mssql-config.ts';
import { mssqlFault } from './mssql-faults.ts';

/** How statements see data that others change meanwhile. */
export type Isolation = 'snapshot' | 'read committed';

/** The packet size that reads fastest; TLS holds 16 KiB a record. */
const PACKET_SIZE = 16_384;

/**
 * Opens connections to the legacy database: TLS by default, ApplicationIntent=ReadOnly, the given isolation. The first connection is made and
 * closed at once, so that a wrong password or certificate shows here.
 */
export async function openPool(settings: MssqlSettings, isolation: Isolation): Promise<sql.ConnectionPool> {
  const guard = plainTextGuard(settings);
  const driver = await loadDriver();
  const pool = new driver.sql.ConnectionPool(driverConfig(driver, settings, isolation, guard.watch));
  // Faults of single requests are thrown where they happen; without a listener the pool would end the process.
  pool.on('error', () => undefined);
  try {
    return await pool.connect();
  } catch (error) {
    await pool.close().catch(() => undefined);
    if (guard.refused()) throw noEncryption(settings);
    throw mssqlFault(error, settings, { en: 'Connecting to the legacy database', pl: 'Łączenie z bazą źródłową' });
  }
}

function driverConfig(
  { sql }: Driver,
  settings: MssqlSettings,
  isolation: Isolation,
  watch: (connection: Watched) => void,
): sql.config {
  const { server, database, user, password, domain, port, instance, serverName, ca } = settings;
  return {
    server,
    database,
    user,
    password,
    ...(domain === undefined ? {} : { domain }),
    ...(instance === undefined ? { port: port ?? 1433 } : {}),
    arrayRowMode: true,
    validateConnection: 'socket',
    connectionTimeout: settings.connectTimeout,
    requestTimeout: settings.queryTimeout,
    pool: { min: 0, max: settings.connections + 1, idleTimeoutMillis: 30_000 },
    options: {
      appName: 'ezd-migrate',
      readOnlyIntent: true,
      encrypt: settings.encrypt,
      trustServerCertificate: settings.trustServerCertificate,
      packetSize: PACKET_SIZE,
      useUTC: true,
      abortTransactionOnError: false,
      connectionIsolationLevel:
        isolation === 'snapshot' ? sql.ISOLATION_LEVEL.SNAPSHOT : sql.ISOLATION_LEVEL.READ_COMMITTED,
      ...(instance === undefined ? {} : { instanceName: instance }),
      ...(serverName === undefined ? {} : { serverName }),
      ...(ca === undefined ? {} : { cryptoCredentialsDetails: { ca } }),
      debug: { packet: false, token: false, data: false, payload: true },
    },
    beforeConnect: (connection) => {
      watch(connection);
    },
  };
}

/** The part of the driver's connection that is watched while it connects. */
interface Watched {
  on(event: 'debug', listener: (text: string) => void): unknown;
  on(event: 'errorMessage', listener: (token: { readonly number: number }) => void): unknown;
  once(event: 'connect', listener: (error?: Error & { number?: number }) => void): unknown;
  removeAllListeners(event: 'debug'): unknown;
  close(): void;
}

/** The driver reports a refused login without SQL Server's number, which alone tells a wrong password from a server that is starting. */
function numberLoginErrors(connection: Watched): void {
  let number = 0;
  connection.on('errorMessage', (token) => {
    number = token.number;
  });
  connection.once('connect', (error) => {
    if (error !== undefined && error !== null && number !== 0) error.number = number;
  });
}

/**
 * The driver goes on without TLS when the server says that it has none, and the password with it, hardly veiled. So the answer of the server is
 * read from the driver's trace as it comes, and the connection is closed before the login is sent.
 */
function plainTextGuard(config: MssqlSettings): { watch: (connection: Watched) => void; refused: () => boolean } {
  let refused = false;
  return {
    refused: () => refused,
    watch: (connection) => {
      numberLoginErrors(connection);
      if (!config.encrypt) return;
      connection.on('debug', (text) => {
        if (text.includes('Login7')) connection.removeAllListeners('debug');
        if (!text.includes('PreLogin') || !/\((NOT_SUP|OFF)\), instopt/.test(text)) return;
        refused = true;
        connection.close();
      });
    },
  };
}

function noEncryption(config: MssqlConfig): EzdError {
  return new EzdError(
    'SOURCE_UNREACHABLE',
    `${serverText(config)} has no TLS: the password and all data would go in plain text.`,
    {
      subject: `${serverText(config)}/${config.database}`,
      hint: 'Give the server a certificate (SQL Server Configuration Manager, Protocols, Certificate). `encrypt: false` in the project file goes without; only in a network that you trust.',
    },
  );
}

import sql from 'mssql';
import type { TdsServer } from './server.ts';

/** A pool of the real driver, connected to a test server with the SQL login, trusting exactly its certificate. */
export function connectTo(server: TdsServer, changes: Partial<sql.config> = {}): Promise<sql.ConnectionPool> {
  const { options, ...others } = changes;
  return new sql.ConnectionPool({
    server: server.host,
    port: server.port,
    user: server.user,
    password: server.password,
    database: server.database.name,
    pool: { max: 1 },
    ...others,
    options: {
      encrypt: true,
      trustServerCertificate: false,
      // The certificate names localhost; an IP address as TLS server name is deprecated.
      serverName: 'localhost',
      cryptoCredentialsDetails: { ca: server.certificate },
      ...options,
    },
  }).connect();
}

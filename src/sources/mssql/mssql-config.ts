/** How to reach and read one legacy SQL Server database. Everything is resolved: secrets are values here, files are read. */
export interface MssqlConfig {
  /** Host name or IP address, without instance and port. */
  readonly server: string;
  /** TCP port; left out with `instance`. Default 1433. */
  readonly port?: number;
  /** Named instance, found by the SQL Browser (UDP 1434). */
  readonly instance?: string;
  readonly database: string;
  readonly user: string;
  readonly password: string;
  /** Windows domain: the login goes by NTLM. Absent: a SQL login. */
  readonly domain?: string;
  /** TLS. Default true; a server that cannot do it is refused before the password leaves. */
  readonly encrypt?: boolean;
  /** Certificates of the authority that signed the server's, in PEM (the text, not the path). Default: the system's. */
  readonly ca?: string;
  /** Host name that the certificate must carry when it is not `server`. */
  readonly serverName?: string;
  /** Takes any certificate. An explicit choice, with a warning. */
  readonly trustServerCertificate?: boolean;
  /** Rows of one page where pages are read. Default 5,000. */
  readonly pageRows?: number;
  /** Pause between two pages, in milliseconds, to spare a working office. Default 0. */
  readonly pause?: number;
  /** Connections used at once. Default 4; one more is kept for questions. */
  readonly connections?: number;
  /** How long a statement waits for a lock before it gives up and tries again, in milliseconds. Default 10,000. */
  readonly lockTimeout?: number;
  /** How long the server may keep silent before a statement is cancelled and tried again, in milliseconds. Default 120,000. */
  readonly queryTimeout?: number;
  /** How long connecting may take, in milliseconds. Default 15,000. */
  readonly connectTimeout?: number;
  /** Tries after a fault that may pass, counted anew after every slice that came through. Default 8: about two minutes. */
  readonly retries?: number;
  /** `pages`, `stream` or, by default, what the database allows: see read-partition.ts. */
  readonly reading?: 'pages' | 'stream' | 'auto';
}

/** The configuration with every default filled in. */
export type MssqlSettings = Required<Omit<MssqlConfig, 'port' | 'instance' | 'domain' | 'ca' | 'serverName'>> &
  Pick<MssqlConfig, 'port' | 'instance' | 'domain' | 'ca' | 'serverName'>;

export function withDefaults(config: MssqlConfig): MssqlSettings {
  return {
    encrypt: true,
    trustServerCertificate: false,
    pageRows: 5000,
    pause: 0,
    connections: 4,
    lockTimeout: 10_000,
    queryTimeout: 120_000,
    connectTimeout: 15_000,
    retries: 8,
    reading: 'auto',
    ...config,
  };
}

/** `server`, `server,port` or `server\instance`, as people write it; for messages. Never holds a secret. */
export function serverText(config: MssqlConfig): string {
  if (config.instance !== undefined) return `${config.server}\\${config.instance}`;
  return config.port === undefined ? config.server : `${config.server},${config.port}`;
}

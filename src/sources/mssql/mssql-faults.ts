import { EzdError } from '../../core/errors.ts';
import type { Bilingual } from '../../core/signatures.ts';
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

/** Turns an error of the driver into one for people; tells whether trying again may help. `what`: what was being done. */
export function mssqlFault(error: unknown, config: MssqlConfig, what: Bilingual): EzdError {
  if (error instanceof EzdError) return error;
  const fault = driverError(error);
  const server = `${serverText(config)}/${config.database}`;
  const {
    code = 'SOURCE_UNREADABLE',
    said,
    hint,
    polish,
    polishHint,
    retryable = false,
  } = judge(fault, server, config);
  return new EzdError(code, `${what.en}: ${said}`, {
    subject: server,
    cause: error,
    retryable,
    ...(hint === undefined ? {} : { hint }),
    polish: { message: `${what.pl}: ${polish}`, ...(polishHint === undefined ? {} : { hint: polishHint }) },
  });
}

/** What a fault is, in both languages. */
interface Judgement {
  readonly code?: 'SOURCE_UNREACHABLE' | 'SOURCE_UNREADABLE';
  readonly said: string;
  readonly hint?: string;
  readonly polish: string;
  readonly polishHint?: string;
  readonly retryable?: boolean;
}

function judge(fault: DriverError, server: string, config: MssqlConfig): Judgement {
  const { number, message } = fault;
  const passing = PASSING.get(number);
  if (passing !== undefined)
    return {
      code: 'SOURCE_UNREACHABLE',
      said: `SQL Server answered with error ${number} (${passing}).`,
      hint: 'Run again: it goes on where it stopped.',
      polish: `SQL Server odpowiedział błędem ${number} (${passing}).`,
      polishHint: 'Uruchom jeszcze raz: pójdzie dalej od miejsca, w którym stanęło.',
      retryable: true,
    };
  if (LOGIN.has(number) || fault.code === 'ELOGIN') {
    const reason = message.replace(/'[^']*'/g, '…');
    return {
      code: 'SOURCE_UNREACHABLE',
      said: `the login was refused by ${server} (${reason})`,
      hint: 'Check user, password, domain and database in the project file, and that the login may connect (docs/sources/mssql.md has the SQL that creates it).',
      polish: `${server} odrzucił logowanie (${reason})`,
      polishHint:
        'Sprawdź w pliku projektu użytkownika, hasło, domenę i bazę oraz czy to konto może się łączyć (SQL, który je zakłada, jest w docs/sources/mssql.md).',
    };
  }
  if (RIGHTS.has(number))
    return {
      said: `the login may not read this (error ${number}).`,
      hint: 'GRANT SELECT to the login: docs/sources/mssql.md has the SQL.',
      polish: `konto nie ma prawa tego czytać (błąd ${number}).`,
      polishHint: 'Nadaj kontu GRANT SELECT: SQL jest w docs/sources/mssql.md.',
    };
  if (number === 207 || number === 208)
    return {
      said: `${message} The database was changed since the run began.`,
      hint: 'Compare the mapping with the database (`ezd-migrate check`), then run again.',
      polish: `${message} Bazę zmieniono, odkąd przebieg się zaczął.`,
      polishHint: 'Porównaj mapowanie z bazą (`ezd-migrate check`), potem uruchom jeszcze raz.',
    };
  if (number === 0 && isConnectionFault(fault)) return judgeConnection(message, server, config);
  return {
    said: `SQL Server answered with error ${number || fault.code}: ${message}`,
    polish: `SQL Server odpowiedział błędem ${number || fault.code}: ${message}`,
  };
}

function isConnectionFault(fault: DriverError): boolean {
  return (
    CONNECTION_CODES.has(fault.code) ||
    /socket hang up|ended without|connection (was )?(lost|closed)|timed? ?out/i.test(fault.message)
  );
}

function judgeConnection(message: string, server: string, config: MssqlConfig): Judgement {
  const code = 'SOURCE_UNREACHABLE';
  if (/certificate|self.signed|altname/i.test(message))
    return {
      code,
      said: `the certificate of ${server} is not trusted (${message}).`,
      hint: 'Put the certificate of its authority into `caFile:`, or name the host that it was made for in `serverName:`. `trustServerCertificate: true` takes any certificate; only in a network that you trust.',
      polish: `certyfikat ${server} nie jest zaufany (${message}).`,
      polishHint:
        'Wskaż certyfikat jego wystawcy w `caFile:` albo nazwę, dla której go wydano, w `serverName:`. `trustServerCertificate: true` przyjmuje każdy certyfikat; tylko w sieci, której ufasz.',
    };
  if (/requires encryption/i.test(message))
    return {
      code,
      said: `${server} takes only encrypted connections.`,
      hint: 'Remove `encrypt: false`.',
      polish: `${server} przyjmuje tylko połączenia szyfrowane.`,
      polishHint: 'Usuń `encrypt: false`.',
    };
  const named = config.instance !== undefined;
  const port = named ? 'UDP 1434 and the port of the instance are open' : 'the port is open';
  const polishPort = named ? 'UDP 1434 i port instancji są otwarte' : 'port jest otwarty';
  return {
    code,
    said: `no connection to ${server} (${message}).`,
    hint: `Check that the server runs, that its name is right and that ${port}. Then run again: it goes on where it stopped.`,
    polish: `nie ma połączenia z ${server} (${message}).`,
    polishHint: `Sprawdź, czy serwer działa, czy jego nazwa jest właściwa i czy ${polishPort}. Potem uruchom jeszcze raz: pójdzie dalej od miejsca, w którym stanęło.`,
    retryable: true,
  };
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

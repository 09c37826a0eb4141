import { failed, ok, unknown, type Verdict, warning } from './check.ts';

/** What a legacy server says of itself. */
export interface LegacyServer {
  readonly version: string;
  readonly compatibilityLevel: number;
  readonly collation: string;
  readonly snapshotIsolation: boolean;
  readonly readCommittedSnapshot: boolean;
}

/** SQL Server 2012: the oldest whose functions are used (CONCAT, OFFSET … FETCH). */
const OLDEST_LEVEL = 110;

export function judgeLegacyVersion({ version, compatibilityLevel }: LegacyServer): Verdict {
  const params = { version, level: compatibilityLevel, oldest: OLDEST_LEVEL };
  return compatibilityLevel < OLDEST_LEVEL ? warning('levelOld', params, 'levelOldCure') : ok('legacyVersion', params);
}

/** How the connection is protected; that it is, was proven by connecting: the driver is stopped before an unprotected login. */
export function judgeLegacyTls(encrypt: boolean, anyCertificate: boolean): Verdict {
  if (!encrypt) return warning('tlsOff', {}, 'tlsOffCure');
  return anyCertificate ? warning('tlsAny', {}, 'tlsAnyCure') : ok('tlsGood');
}

/** Rights that the login has on a table of the mapping. */
export interface TableRights {
  readonly table: string;
  readonly select: boolean;
  /** Rights that it should not have: `INSERT`, `UPDATE` … */
  readonly more: readonly string[];
}

/** The login needs SELECT on each table and nothing else. */
export function judgeLegacyRights(tables: readonly TableRights[]): Verdict {
  if (tables.length === 0) return unknown('rightsNoTables');
  const few = tables.filter(({ select }) => !select).map(({ table }) => table);
  if (few.length > 0) return failed('rightsFew', { tables: list(few), count: few.length }, 'rightsFewCure');
  const many = tables.filter(({ more }) => more.length > 0);
  if (many.length === 0) return ok('rightsGood', { count: tables.length });
  const rights = [...new Set(many.flatMap(({ more }) => more))].join(', ');
  return warning('rightsMany', { rights, tables: list(many.map(({ table }) => table)) }, 'rightsManyCure');
}

export function judgeIsolation({ snapshotIsolation, readCommittedSnapshot }: LegacyServer): Verdict {
  if (snapshotIsolation) return ok('isolationSnapshot');
  if (readCommittedSnapshot) return ok('isolationCommitted');
  return warning('isolationNone', {}, 'isolationCure');
}

/** What the tables of the mapping offer a sync. */
export interface ChangeFacts {
  readonly table: string;
  readonly changeTracking: boolean;
  readonly rowversion: boolean;
  /** What the mapping asks for. */
  readonly asked: 'rowversion' | 'changeTracking' | 'updatedAt' | 'compare';
}

/** A mapping that asks for what is not there fails; a database that could do better than comparing is worth a word. */
export function judgeChanges(tables: readonly ChangeFacts[], databaseTracks: boolean): Verdict {
  const lacking = tables.filter(
    ({ asked, ...has }) => (asked === 'rowversion' || asked === 'changeTracking') && !has[asked],
  );
  const able = tables.filter(({ changeTracking, rowversion }) => changeTracking || rowversion).length;
  const params = { able, count: tables.length, tables: list(lacking.map(({ table }) => table)) };
  if (lacking.length > 0) return failed('changesLacking', params, databaseTracks ? 'trackTable' : 'trackDatabase');
  if (tables.length > 0 && able === 0) return warning('changesNone', params, 'trackDatabase');
  return able < tables.length ? ok('changesSome', params) : ok('changesGood', params);
}

/** Code page of the varchar columns: Polish letters need 1250 (or UTF-8). */
export function judgeLegacyCollation({ collation }: LegacyServer): Verdict {
  if (/_UTF8$/i.test(collation)) return ok('collationGood', { collation });
  const polish =
    /^(SQL_)?(Polish|Czech|Slovak|Hungarian|Croatian|Romanian|Albanian|Slovenian|Bosnian_Latin|Serbian_Latin|Latin1_General_CP1250)|CP1250/i;
  return polish.test(collation)
    ? ok('collationGood', { collation })
    : warning('collationOther', { collation }, 'collationCure');
}

/** Files of a dump, or packages. */
export function judgeFiles(kind: 'csv' | 'package', tables: number, empty: readonly string[]): Verdict {
  if (tables === 0) return failed('filesNone', {}, 'filesNoneCure');
  if (empty.length > 0) return warning('filesEmpty', { tables: list(empty), count: empty.length });
  return ok(kind === 'csv' ? 'filesDump' : 'filesPackages', { count: tables });
}

/** Names, the first few of them. */
export const list = (names: readonly string[], most = 5): string =>
  names.length <= most ? names.join(', ') : `${names.slice(0, most).join(', ')} … (+${names.length - most})`;

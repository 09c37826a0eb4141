import { failed, ok, type Verdict, warning } from './check.ts';
import { list } from './judge-source.ts';

/** What a PostgreSQL says of itself and of the role that is logged in. */
export interface TargetServer {
  /** `server_version_num`: 160004. */
  readonly version: number;
  readonly encoding: string;
  readonly collation: string;
  /** Version of the collation's rules when the database was made, and now; null: the server does not keep it. */
  readonly collationVersion: string | null;
  readonly collationActual: string | null;
  readonly tls: boolean;
  /** The connection stays on this machine. */
  readonly local: boolean;
  readonly standby: boolean;
  readonly readOnly: boolean;
  readonly maxConnections: number;
  readonly fsync: boolean;
  readonly role: TargetRole;
}

export interface TargetRole {
  readonly name: string;
  readonly superuser: boolean;
  /** Other attributes that reach beyond the database: `CREATEROLE`, `CREATEDB`, `REPLICATION`, `BYPASSRLS`. */
  readonly more: readonly string[];
  /** May create schemas in the database. */
  readonly create: boolean;
  /** Schemas of the store that are there, and whether the role may create tables in them. */
  readonly schemas: readonly { readonly name: string; readonly create: boolean }[];
}

const OLDEST = 13;
const NEWEST = 18;

export function judgeTargetVersion({ version }: TargetServer): Verdict {
  const major = Math.floor(version / 10_000);
  const params = { version: `${major}.${version % 10_000}`, oldest: OLDEST, newest: NEWEST };
  if (major < OLDEST) return failed('postgresOld', params, 'postgresOldCure');
  return major > NEWEST ? warning('postgresNew', params) : ok('postgresGood', params);
}

export function judgeTargetTls({ tls, local }: TargetServer): Verdict {
  if (tls) return ok('targetTls');
  return local ? ok('targetLocal') : warning('targetPlain', {}, 'targetPlainCure');
}

/** The role makes two schemas, or owns them, and is nothing more. `wanted`: names of both schemas. */
export function judgeTargetRights({ role }: TargetServer, wanted: readonly string[]): Verdict {
  const params = { role: role.name, schemas: list(wanted), more: role.more.join(', ') };
  const there = role.schemas.map(({ name }) => name);
  const missing = wanted.filter((name) => !there.includes(name));
  if (missing.length > 0 && !role.create) return failed('roleNoCreate', params, 'roleNoCreateCure');
  const closed = role.schemas.filter(({ create }) => !create).map(({ name }) => name);
  if (closed.length > 0) return failed('roleNoSchema', { ...params, schemas: list(closed) }, 'roleNoSchemaCure');
  if (role.superuser) return warning('roleSuper', params, 'roleManyCure');
  return role.more.length > 0 ? warning('roleMany', params, 'roleManyCure') : ok('roleGood', params);
}

export function judgeTargetState(server: TargetServer, jobs: number): Verdict {
  if (server.standby) return failed('targetStandby', {}, 'targetStandbyCure');
  if (server.readOnly) return failed('targetReadOnly', {}, 'targetReadOnlyCure');
  if (!server.fsync) return warning('targetFsync', {}, 'targetFsyncCure');
  const needed = jobs + 4;
  const params = { connections: server.maxConnections, needed };
  return server.maxConnections < needed
    ? failed('connectionsFew', params, 'connectionsCure')
    : ok('targetReady', params);
}

export function judgeTargetCollation(server: TargetServer): Verdict {
  const { encoding, collation, collationVersion: made, collationActual: now } = server;
  if (encoding !== 'UTF8') return failed('encodingOther', { encoding }, 'encodingCure');
  if (made !== null && now !== null && made !== now)
    return warning('collationChanged', { collation, made, now }, 'collationChangedCure');
  return ok('targetCollation', { encoding, collation });
}

/** Offsets of the zone as both know them, at the same moments. */
export function judgeTargetZone(
  zone: string,
  here: readonly number[] | null,
  there: readonly number[] | null,
): Verdict {
  if (there === null) return failed('targetZoneUnknown', { zone }, 'targetZoneCure');
  if (here === null) return failed('zoneUnknown', { zone }, 'zoneUnknownCure');
  const same = here.every((offset, i) => offset === there[i]);
  return same ? ok('targetZoneGood', { zone }) : failed('targetZoneOther', { zone }, 'targetZoneCure');
}

import { type Check, NotChecked, ok, type Verdict } from '../../doctor/check.ts';
import { judgeClock, judgeServerZone } from '../../doctor/judge-clock.ts';
import { zoneOffsets } from '../../doctor/judge-machine.ts';
import {
  type ChangeFacts,
  judgeChanges,
  judgeFiles,
  judgeIsolation,
  judgeLegacyCollation,
  judgeLegacyRights,
  judgeLegacyTls,
  judgeLegacyVersion,
} from '../../doctor/judge-source.ts';
import type { DatabaseCatalogue } from '../../sources/mssql/database-catalogue.ts';
import { findTable } from '../../sources/mssql/database-catalogue.ts';
import { readLoginRights } from '../../sources/mssql/login-rights.ts';
import { readServerFacts } from '../../sources/mssql/server-facts.ts';
import { needs, type Resources } from './resources.ts';

/** What is looked at in the source, by its kind. */
export function sourceChecks(parts: Resources, now: () => number): readonly Check[] {
  const { source } = parts.config;
  const check = (id: string, look: Check['look'], short = false): Check => ({ id, area: 'source', short, look });
  if (source.kind !== 'mssql') {
    return [
      check('source.reach', () => reachFiles(parts), true),
      check('source.tables', () => tablesOf(parts, source.kind)),
      check('source.changes', async () => ok('changesCompare')),
    ];
  }
  const server = async (): Promise<DatabaseCatalogue['server']> =>
    (await needs(parts.legacy, 'noSource')).database.server;
  return [
    check('source.reach', () => reachServer(parts), true),
    check('source.version', async () => judgeLegacyVersion(await server())),
    check('source.tls', async () => {
      await needs(parts.source, 'noSource');
      return judgeLegacyTls(source.encrypt, source.trustServerCertificate);
    }),
    check('source.rights', () => rights(parts)),
    check('source.isolation', async () => judgeIsolation(await server())),
    check('source.changes', () => changes(parts)),
    check('source.collation', async () => judgeLegacyCollation(await server())),
    check('source.clock', () => clock(parts, now)),
    check('source.zone', () => zone(parts)),
  ];
}

async function reachServer(parts: Resources): Promise<Verdict> {
  const { source } = parts.config;
  await parts.source();
  return ok('sourceReached', { place: source.kind === 'mssql' ? `${source.server}/${source.database}` : '' });
}

async function reachFiles(parts: Resources): Promise<Verdict> {
  const { source } = parts.config;
  await parts.catalogue();
  if (source.kind === 'csv') return ok('dumpThere', { place: source.folder });
  return ok('packagesThere', { place: source.kind === 'package' ? source.path : '' });
}

async function tablesOf(parts: Resources, kind: 'csv' | 'package'): Promise<Verdict> {
  const { tables } = await needs(parts.catalogue, 'noSource');
  const empty = kind === 'csv' ? tables.filter(({ bytes }) => bytes === 0).map(({ name }) => name) : [];
  return judgeFiles(kind, tables.length, empty);
}

/** Tables that the mappings read; those that are not there are told by the check of the mappings. */
async function mappedTables(parts: Resources): Promise<ReadonlySet<string>> {
  const { plan } = await needs(parts.plan, 'noMapping');
  const joined = plan.entities.flatMap(({ from }) => [from.table, ...from.joins.map(({ table }) => table)]);
  return new Set(joined.map((name) => name.toLowerCase()));
}

async function rights(parts: Resources): Promise<Verdict> {
  const { mssql } = await needs(parts.legacy, 'noSource');
  const asked = await mappedTables(parts);
  const all = await readLoginRights(await mssql.pool());
  const tables = all.filter(({ table, writing }) => asked.has(table.toLowerCase()) || writing.length > 0);
  return judgeLegacyRights(
    tables.map(({ table, select, writing }) => ({
      table,
      select: select || !asked.has(table.toLowerCase()),
      more: writing,
    })),
  );
}

async function changes(parts: Resources): Promise<Verdict> {
  const { database } = await needs(parts.legacy, 'noSource');
  const { plan } = await needs(parts.plan, 'noMapping');
  const facts = plan.entities.flatMap(({ from }): ChangeFacts[] => {
    const table = findTable(database, from.table);
    if (table === undefined) return [];
    const { changes: wish } = from;
    const versions = table.columns.filter(({ baseType }) => baseType === 'timestamp' || baseType === 'rowversion');
    const named = wish.kind === 'rowversion' ? versions.filter(({ name }) => same(name, wish.column)) : versions;
    const { changeTracking } = table;
    return [{ table: from.table, changeTracking, rowversion: named.length > 0, asked: wish.kind }];
  });
  return judgeChanges(facts, database.server.changeTracking);
}

const same = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The server's clock, asked anew: the catalogue may be seconds old. */
async function clock(parts: Resources, now: () => number): Promise<Verdict> {
  const { mssql } = await needs(parts.legacy, 'noSource');
  const before = now();
  const { localTime, offsetMinutes } = await readServerFacts(await mssql.pool());
  const here = (before + now()) / 2;
  const there = Date.parse(`${localTime.slice(0, 23).replace(' ', 'T')}Z`) - offsetMinutes * 60_000;
  if (Number.isNaN(there)) throw new NotChecked('notPossible', { reason: localTime });
  return judgeClock('source', (there - here) / 1000);
}

async function zone(parts: Resources): Promise<Verdict> {
  const { database } = await needs(parts.legacy, 'noSource');
  const { timezone } = parts.config;
  const [offset] = zoneOffsets(timezone, [new Date()]) ?? [];
  if (offset === undefined) throw new NotChecked('zoneUnknown', { zone: timezone });
  return judgeServerZone(database.server.offsetMinutes, offset, timezone);
}

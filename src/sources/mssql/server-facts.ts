import type { ConnectionPool } from 'mssql';
import { ask } from './ask.ts';
import type { ServerFacts } from './database-catalogue.ts';
import { builder, built } from './sql-builder.ts';

interface FactsRow {
  readonly version: string;
  readonly name: string;
  readonly collation: string;
  readonly level: number;
  readonly snapshot: number;
  readonly committed: boolean;
  readonly localTime: string;
}

/** What the server and the database are; one question, also used to see whether the login works. */
export async function readServerFacts(pool: ConnectionPool): Promise<ServerFacts> {
  const facts = builder('sys.databases as d')
    .select(
      builder.raw('@@VERSION as version'),
      'd.name as name',
      'd.collation_name as collation',
      'd.compatibility_level as level',
      'd.snapshot_isolation_state as snapshot',
      'd.is_read_committed_snapshot_on as committed',
      builder.raw('CONVERT(nvarchar(34), SYSDATETIMEOFFSET(), 121) as localTime'),
    )
    .where('d.name', builder.raw('DB_NAME()'));
  const [row] = await ask<FactsRow>(pool, built(facts));
  const tracking = builder('sys.change_tracking_databases as c')
    .select('c.database_id as id')
    .where('c.database_id', builder.raw('DB_ID()'));
  const tracked = await ask<{ id: number }>(pool, built(tracking));
  if (row === undefined) throw new Error('sys.databases does not show the database of the connection');
  const [date = '', time = '', zone = '+00:00'] = row.localTime.split(' ');
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6));
  return {
    version: row.version.split('\n')[0]!.trim(),
    database: row.name,
    collation: row.collation,
    compatibilityLevel: row.level,
    snapshotIsolation: row.snapshot === 1,
    readCommittedSnapshot: row.committed,
    changeTracking: tracked.length > 0,
    localTime: `${date} ${time}`,
    offsetMinutes: zone.startsWith('-') ? -minutes : minutes,
  };
}

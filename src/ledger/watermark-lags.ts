import type { SqlSession } from '../write/session.ts';

/** How far what is loaded of an entity lies behind the source, in seconds: since the sync that last brought it over began to look. */
export interface EntityLag {
  readonly entity: string;
  readonly seconds: number;
}

/** Of every entity that a sync has brought over; under several scopes (units) the newest. `s`: quoted ledger schema. */
export function readWatermarkLags(session: SqlSession, s: string, office: string): Promise<readonly EntityLag[]> {
  return session.query<EntityLag>(
    `SELECT e.name AS entity, round(extract(epoch FROM clock_timestamp() - max(r.started_at))::numeric, 3)::float8 AS seconds
     FROM ${s}.sync_watermark w JOIN ${s}.entity e ON e.id = w.entity_id JOIN ${s}.run r ON r.id = w.run_id
     WHERE e.office = $1 GROUP BY e.name ORDER BY e.name`,
    [office],
  );
}

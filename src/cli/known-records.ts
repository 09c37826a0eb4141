import { createIdSpace } from '../core/target-id.ts';
import { type KnownCase, type KnownRecords, NOTHING_KNOWN } from '../sources/package/known-records.ts';
import { keyOf } from '../transform/legacy-key.ts';
import { READ_PACKAGES } from '../write/postgres/other-source.ts';
import { withSession } from '../write/postgres/postgres-target.ts';
import type { SqlSession } from '../write/session.ts';
import type { Store } from './open-store.ts';

/** Runs whose records count as loaded from a database. `r`: alias of the run. */
const FROM_DATABASE = `NOT ${READ_PACKAGES('r')}`;

/** What a store holds from the office's database, asked set by set. Nothing when only packages were ever loaded. */
export async function knownRecords(store: Store, office: string): Promise<KnownRecords> {
  const ask = <Row>(sql: string, parameters: Parameters<SqlSession['query']>[1]): Promise<Row[]> =>
    withSession(store.pool, (session) => session.query<Row>(sql, parameters));
  const ledger = `"${store.ledgerSchema}"`;
  const partitions = await ask<{ id: number; name: string }>(
    `SELECT e.id::int4 AS id, e.name FROM ${ledger}.entity e WHERE e.office = $1 AND EXISTS (
       SELECT 1 FROM ${ledger}.run_entity n JOIN ${ledger}.run r ON r.id = n.run_id
       WHERE n.entity_id = e.id AND n.loaded > 0 AND r.status <> 'rolled-back' AND ${FROM_DATABASE})`,
    [office],
  );
  const numbers = new Map(partitions.map(({ id, name }) => [name, id]));
  if (numbers.size === 0) return NOTHING_KNOWN;
  const loaded = (entity: string): string =>
    `${ledger}.crosswalk x JOIN ${ledger}.run r ON r.id = x.run_id AND ${FROM_DATABASE} WHERE x.entity_id = ${numbers.get(entity) ?? -1}`;
  return {
    cases: async (signs) => {
      if (!numbers.has('sprawa')) return new Map();
      const s = `"${store.schema}"`;
      const rows = await ask<KnownCase & { znak: string }>(
        `SELECT DISTINCT ON (c.znak) c.znak, c.id_zrodla AS key, k.id_zrodla AS folder
         FROM ${s}.sprawa c JOIN ${s}.koszulka k ON k.id = c.id_koszulka
         WHERE c.znak IN (SELECT jsonb_array_elements_text($1::jsonb)) AND EXISTS (SELECT 1 FROM ${loaded('sprawa')} AND x.target_id = c.id)
         ORDER BY c.znak, c.id`,
        [JSON.stringify(signs)],
      );
      return new Map(rows.map(({ znak, key, folder }) => [znak, { key, folder }]));
    },
    among: async (entity, keys) => {
      if (!numbers.has(entity)) return new Set();
      const space = createIdSpace(office, entity);
      const byId = new Map(keys.map((key) => [space.text(keyOf(key) ?? key), key]));
      const rows = await ask<{ id: string }>(
        `SELECT x.target_id::text AS id FROM ${loaded(entity)} AND x.target_id IN (SELECT e.id::uuid FROM jsonb_array_elements_text($1::jsonb) AS e(id))`,
        [JSON.stringify([...byId.keys()])],
      );
      return new Set(rows.map(({ id }) => byId.get(id)!));
    },
  };
}

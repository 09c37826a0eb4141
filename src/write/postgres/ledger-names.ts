import { EzdError } from '../../core/errors.ts';
import type { SqlSession } from '../session.ts';

/** Quotes an SQL identifier. */
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Numbers of the office's entities in the ledger, made on first use; and the names built from them. */
export interface LedgerNames {
  /** Quoted schema of the ledger. */
  readonly schema: string;
  /** Number of an entity that `ensure` was called for. */
  id(entity: string): number;
  /** Quoted name of the entity's crosswalk partition. */
  crosswalk(entity: string): string;
  /** Makes numbers and partitions where missing. Safe to repeat. */
  ensure(session: SqlSession, entities: readonly string[]): Promise<void>;
}

export function createLedgerNames(office: string, ledgerSchema: string): LedgerNames {
  const schema = quoted(ledgerSchema);
  const ids = new Map<string, number>();
  const id = (entity: string): number => {
    const found = ids.get(entity);
    if (found === undefined) throw new EzdError('INTERNAL', `Entity ${entity} has no number in the ledger.`);
    return found;
  };
  const partition = (number: number): string => `${schema}.${quoted(`crosswalk_${number}`)}`;
  const crosswalk = (entity: string): string => partition(id(entity));
  return {
    schema,
    id,
    crosswalk,
    async ensure(session, entities) {
      for (const entity of entities) {
        if (ids.has(entity)) continue;
        await session.query(
          `INSERT INTO ${schema}.entity (office, name) SELECT $1::text, $2::text WHERE NOT EXISTS (SELECT 1 FROM ${schema}.entity WHERE office = $1 AND name = $2) ON CONFLICT DO NOTHING`,
          [office, entity],
        );
        const [row] = await session.query<{ id: number }>(
          `SELECT id FROM ${schema}.entity WHERE office = $1 AND name = $2`,
          [office, entity],
        );
        await session.query(
          `CREATE TABLE IF NOT EXISTS ${partition(row!.id)} PARTITION OF ${schema}.crosswalk (PRIMARY KEY (target_id)) FOR VALUES IN (${row!.id})`,
        );
        ids.set(entity, row!.id);
      }
    },
  };
}

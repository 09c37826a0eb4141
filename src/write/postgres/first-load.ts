import type { EntityPlan } from '../../core/plan.ts';
import type { SqlSession } from '../session.ts';
import { isAboutARow } from '../session.ts';
import { type LedgerNames, quoted } from './ledger-names.ts';
import { tableOf } from './table-of.ts';

/**
 * The fast path of a first load: while a table is empty, its foreign keys and secondary indexes come off and are put back after the last batch, which is
 * far cheaper than keeping them up row by row. References are checked against the crosswalk all the same. What was taken off stands in the
 * ledger (in the transaction that takes it off), so that a run that died is completed by the next one.
 */
export async function takeOff(session: SqlSession, entity: EntityPlan, names: LedgerNames, run: number): Promise<void> {
  const table = tableOf(entity);
  if (!(await isEmpty(session, table)) || !(await isOwner(session, table))) return;
  await session.query('BEGIN');
  try {
    for (const { drop, restore } of await secondaryParts(session, entity)) {
      await session.query(
        `INSERT INTO ${names.schema}.deferred_ddl (entity_id, statement, run_id) VALUES ($1, $2, $3)`,
        [names.id(entity.name), restore, run],
      );
      await session.query(drop);
    }
    await session.query('COMMIT');
  } catch (error) {
    await session.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Puts back what `takeOff` took, one transaction each. May be repeated. */
export async function putBack(session: SqlSession, entity: EntityPlan, names: LedgerNames): Promise<void> {
  const parts = await session.query<{ id: number; statement: string }>(
    `SELECT id, statement FROM ${names.schema}.deferred_ddl WHERE entity_id = $1 ORDER BY id`,
    [names.id(entity.name)],
  );
  for (const { id, statement } of parts) {
    await session.query(`BEGIN; ${statement}; DELETE FROM ${names.schema}.deferred_ddl WHERE id = ${id}; COMMIT`);
  }
}

async function isEmpty(session: SqlSession, table: string): Promise<boolean> {
  return (await session.query(`SELECT 1 FROM ${table} LIMIT 1`)).length === 0;
}

async function isOwner(session: SqlSession, table: string): Promise<boolean> {
  try {
    const [row] = await session.query<{ owner: boolean }>(
      `SELECT pg_has_role(current_user, c.relowner, 'USAGE') AS owner FROM pg_class c WHERE c.oid = '${table.replaceAll("'", "''")}'::regclass`,
    );
    return row?.owner ?? false;
  } catch (error) {
    if (isAboutARow(error)) return false;
    throw error;
  }
}

interface Part {
  readonly drop: string;
  readonly restore: string;
}

async function secondaryParts(session: SqlSession, entity: EntityPlan): Promise<Part[]> {
  const table = tableOf(entity);
  const oid = `'${table.replaceAll("'", "''")}'::regclass`;
  const keys = await session.query<{ name: string; definition: string }>(
    `SELECT conname AS name, pg_get_constraintdef(oid) AS definition FROM pg_constraint WHERE conrelid = ${oid} AND contype = 'f' ORDER BY conname`,
  );
  const indexes = await session.query<{ name: string; definition: string }>(
    `SELECT c.relname AS name, pg_get_indexdef(i.indexrelid) AS definition FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE i.indrelid = ${oid} AND NOT i.indisunique AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid) ORDER BY c.relname`,
  );
  return [
    ...indexes.map(({ name, definition }) => ({
      drop: `DROP INDEX ${quoted(entity.to.schema)}.${quoted(name)}`,
      restore: definition,
    })),
    ...keys.map(({ name, definition }) => ({
      drop: `ALTER TABLE ${table} DROP CONSTRAINT ${quoted(name)}`,
      restore: `ALTER TABLE ${table} ADD CONSTRAINT ${quoted(name)} ${definition}`,
    })),
  ];
}

import xxhash from 'xxhash-wasm';
import type { EntityPlan, FieldPlan } from '../../../core/plan.ts';
import type { ColumnType } from '../../../core/record.ts';
import type { SqlSession, UuidArray } from '../../session.ts';
import { quoted } from '../ledger-names.ts';
import { tableOf } from '../table-of.ts';
import { idsOf, literal, type SyncContext } from './sync-context.ts';

const { h64Raw } = await xxhash();

/** The function that gives a value in the form in which it was written; null: the database may have put the value in another form. */
const SEND: Readonly<Record<ColumnType, string | null>> = {
  text: 'textsend',
  int2: 'int2send',
  int4: 'int4send',
  int8: 'int8send',
  float8: 'float8send',
  numeric: 'numeric_send',
  bool: 'boolsend',
  date: 'date_send',
  timestamptz: 'timestamptz_send',
  uuid: 'uuid_send',
  bytea: 'byteasend',
  jsonb: null,
};

/**
 * Of these records, those that somebody changed or deleted in the target by hand since they were written: the row is put together again as it was sent, and its hash
 * compared with the one in the crosswalk. References that are still waited for count as they were meant. An entity with a jsonb column cannot be told so.
 */
export async function findConflicts(
  session: SqlSession,
  context: SyncContext,
  entity: EntityPlan,
  keys: readonly string[],
): Promise<string[]> {
  const changed = await changedByHand(session, context, entity, idsOf(context, entity, keys));
  return changed.map((i) => keys[i]!);
}

/** Positions (from 0) of the ids whose rows are not as they were written. */
export async function changedByHand(
  session: SqlSession,
  { names }: Pick<SyncContext, 'names'>,
  entity: EntityPlan,
  ids: UuidArray,
): Promise<number[]> {
  if (ids.bytes.length === 0 || entity.fields.some(({ type }) => SEND[type] === null)) return [];
  const id = quoted(entity.fields[0]!.column);
  const entityId = names.id(entity.name);
  const rows = await session.query<{ i: number; image: Uint8Array | null; hash: string }>(
    `SELECT u.i::int4 AS i, x.row_hash::text AS hash, CASE WHEN t.${id} IS NULL THEN NULL ELSE ${imageSql(entity, names.schema, entityId)} END AS image
     FROM unnest($1::uuid[]) WITH ORDINALITY AS u(id, i) JOIN ${names.crosswalk(entity.name)} x ON x.target_id = u.id
     LEFT JOIN ${tableOf(entity)} t ON t.${id} = u.id WHERE x.row_hash <> 0`,
    [ids],
  );
  return rows
    .filter(({ image, hash }) => image === null || BigInt.asIntN(64, h64Raw(image)) !== BigInt(hash))
    .map(({ i }) => i - 1);
}

function imageSql(entity: EntityPlan, schema: string, entityId: number): string {
  const parts = entity.fields.map((field) => {
    const value = valueSql(field, schema, entityId, quoted(entity.fields[0]!.column));
    const sent = `${SEND[field.type]}((${value})::${field.type})`;
    return `coalesce(int4send(octet_length(${sent})) || ${sent}, '\\xffffffff'::bytea)`;
  });
  return [`int2send(${entity.fields.length}::int2)`, ...parts].join(' || ');
}

function valueSql(field: FieldPlan, schema: string, entityId: number, id: string): string {
  const column = `t.${quoted(field.column)}`;
  if (field.kind !== 'ref') return column;
  return `coalesce(${column}, (SELECT q.parent_id FROM ${schema}.pending_ref q WHERE q.entity_id = ${entityId} AND q.target_id = t.${id} AND q.column_name = ${literal(field.column)}))`;
}

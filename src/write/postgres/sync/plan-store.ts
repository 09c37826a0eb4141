import type { EntityPlan } from '../../../core/plan.ts';
import type { SourcePosition } from '../../../core/slice.ts';
import type { SqlSession } from '../../session.ts';
import type { PlannedEntity, SyncStore, TodoKey, Watermark } from '../../sync-store.ts';
import { inTransaction, onSession, type SyncContext } from './sync-context.ts';

type PlanStore = Pick<
  SyncStore,
  | 'watermark'
  | 'lastRollback'
  | 'finishedSince'
  | 'countRecords'
  | 'planned'
  | 'plan'
  | 'readAgain'
  | 'todo'
  | 'mark'
  | 'marked'
  | 'begin'
  | 'prepare'
  | 'forgetRun'
>;

/** How a sync reads each entity, and up to where the last one came. */
export function createPlanStore(context: SyncContext): PlanStore {
  const { names, office } = context;
  const { schema } = names;
  return {
    begin: (run, entities) =>
      inTransaction(context, async (session) => {
        await prepare(session, context, entities);
        for (const statement of forgetStatements(schema)) await session.query(statement, [run.id, office]);
        await session.query(frozenStatement(schema, run.sync?.frozen === true), [office]);
      }),
    prepare: (entities) => inTransaction(context, (session) => prepare(session, context, entities)),
    forgetRun: (run) =>
      inTransaction(context, async (session) => {
        for (const table of ['sync_mirror', 'sync_mark'])
          await session.query(`DELETE FROM ${schema}.${table} WHERE run_id = $1`, [run]);
      }),
    watermark: (entity, scope) =>
      onSession(context, async (session) => {
        const [row] = await session.query<WatermarkRow>(
          `SELECT run_id AS run, strategy, position, settings, ${MILLISECONDS('keys_at')} AS "keysAt", ${MILLISECONDS('full_at')} AS "fullAt"
           FROM ${schema}.sync_watermark WHERE entity_id = $1 AND scope = $2 ORDER BY run_id DESC LIMIT 1`,
          [names.id(entity), scope],
        );
        return row ?? null;
      }),
    lastRollback: () =>
      onSession(context, async (session) => {
        const [row] = await session.query<{ id: number }>(
          `SELECT coalesce(max(id), 0)::int4 AS id FROM ${schema}.run WHERE office = $1 AND (status = 'rolled-back' OR command = 'rollback')`,
          [office],
        );
        return row?.id ?? 0;
      }),
    finishedSince: (milliseconds) =>
      onSession(context, async (session) => {
        const rows = await session.query(
          `SELECT 1 FROM ${schema}.run WHERE office = $1 AND command = 'sync' AND status = 'finished' AND started_at >= to_timestamp($2::float8 / 1000)
             AND options->'entities' = 'null'::jsonb LIMIT 1`,
          [office, milliseconds],
        );
        return rows.length > 0;
      }),
    countRecords: (entity) =>
      onSession(context, async (session) => {
        const [row] = await session.query<{ n: number }>(
          `SELECT count(*)::float8 AS n FROM ${names.crosswalk(entity.name)}`,
        );
        return row?.n ?? 0;
      }),
    planned: (run, entity) =>
      onSession(context, async (session) => {
        const [row] = await session.query<PlannedEntity>(
          `SELECT mode, reason, strategy, position, settings, ${MILLISECONDS('keys_at')} AS "keysAt", ${MILLISECONDS('full_at')} AS "fullAt", mirrors, changed::float8 AS changed
           FROM ${schema}.sync_entity WHERE run_id = $1 AND entity_id = $2`,
          [run, names.id(entity)],
        );
        return row ?? null;
      }),
    plan: (run, entity, planned, todo) =>
      inTransaction(context, async (session) => {
        const id = names.id(entity);
        await session.query(`DELETE FROM ${schema}.sync_todo WHERE run_id = $1 AND entity_id = $2`, [run, id]);
        await appendTodo(session, schema, run, id, todo);
        await session.query(
          `INSERT INTO ${schema}.sync_entity (run_id, entity_id, mode, reason, strategy, position, settings, keys_at, full_at, mirrors, changed)
           VALUES ($1, $2, $3, $4, $5, $6::jsonb, $7, to_timestamp($8::float8 / 1000), to_timestamp($9::float8 / 1000), $10::jsonb, $11)
           ON CONFLICT DO NOTHING`,
          [
            run,
            id,
            planned.mode,
            planned.reason,
            planned.strategy,
            JSON.stringify(planned.position),
            planned.settings,
            planned.keysAt,
            planned.fullAt,
            JSON.stringify(planned.mirrors),
            planned.changed,
          ],
        );
      }),
    readAgain: (run, entity, todo) => inTransaction(context, (session) => reopen(session, context, run, entity, todo)),
    todo: (run, entity, after, limit) =>
      onSession(context, (session) =>
        session.query<TodoKey>(
          `SELECT seq, source_key AS key FROM ${schema}.sync_todo WHERE run_id = $1 AND entity_id = $2 AND seq > $3 ORDER BY seq LIMIT $4::int`,
          [run, names.id(entity), after, limit],
        ),
      ),
    marked: (run, table) =>
      onSession(context, async (session) => {
        const rows = await session.query(`SELECT 1 FROM ${schema}.sync_mark WHERE run_id = $1 AND table_name = $2`, [
          run,
          table,
        ]);
        return rows.length > 0;
      }),
    async mark(run, table, strategy, take) {
      const kept = (): Promise<{ mark: SourcePosition }[]> =>
        onSession(context, (session) =>
          session.query(`SELECT mark FROM ${schema}.sync_mark WHERE run_id = $1 AND table_name = $2`, [run, table]),
        );
      const [known] = await kept();
      if (known !== undefined) return known.mark;
      const [last] = await onSession(context, (session) =>
        session.query<{ mark: SourcePosition }>(
          `SELECT k.mark FROM ${schema}.sync_mark k JOIN ${schema}.run r ON r.id = k.run_id AND r.office = $3
           WHERE k.table_name = $1 AND k.strategy = $2 AND r.status = 'finished' AND r.id < $4 ORDER BY k.run_id DESC LIMIT 1`,
          [table, strategy, office, run],
        ),
      );
      const mark = JSON.stringify(await take(last?.mark ?? null));
      await onSession(context, (session) =>
        session.query(
          `INSERT INTO ${schema}.sync_mark (run_id, table_name, strategy, mark) VALUES ($1, $2, $3, $4::jsonb) ON CONFLICT DO NOTHING`,
          [run, table, strategy, mark],
        ),
      );
      return (await kept())[0]!.mark;
    },
  };
}

async function prepare(session: SqlSession, { names }: SyncContext, entities: readonly EntityPlan[]): Promise<void> {
  const all = entities.flatMap(({ name, fields }) => [
    name,
    ...fields.flatMap((field) => (field.kind === 'value' ? [] : [field.entity])),
  ]);
  await names.ensure(session, [...new Set(all)]);
}

interface WatermarkRow extends Watermark {}

const MILLISECONDS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;

/** Drop what syncs that never ended left: their watermarks did not move, so this run finds the same changes again. */
function forgetStatements(schema: string): readonly string[] {
  const ours = `entity_id IN (SELECT id FROM ${schema}.entity WHERE office = $2)`;
  const runs = `run_id IN (SELECT id FROM ${schema}.run WHERE office = $2`;
  return [
    `DELETE FROM ${schema}.sync_gone WHERE run_id <> $1 AND ${ours}`,
    `DELETE FROM ${schema}.sync_todo WHERE run_id <> $1 AND ${ours}`,
    `DELETE FROM ${schema}.sync_mirror WHERE run_id NOT IN (0, $1) AND ${ours}`,
    `DELETE FROM ${schema}.sync_mark WHERE run_id <> $1 AND ${runs} AND status <> 'finished')`,
    `DELETE FROM ${schema}.sync_entity WHERE run_id <> $1 AND ${runs} AND status <> 'finished')`,
  ];
}

/** Records noted by the last sync of their unit are held from the next one on; when no wave is left, nothing is. */
const frozenStatement = (schema: string, frozen: boolean): string => {
  const ours = `entity_id IN (SELECT id FROM ${schema}.entity WHERE office = $1)`;
  const finished = `run_id IN (SELECT id FROM ${schema}.run WHERE office = $1 AND status = 'finished')`;
  return frozen
    ? `UPDATE ${schema}.sync_frozen SET held = true WHERE NOT held AND ${ours} AND ${finished}`
    : `DELETE FROM ${schema}.sync_frozen WHERE ${ours}`;
};

async function appendTodo(
  session: SqlSession,
  schema: string,
  run: number,
  entity: number,
  keys: readonly string[],
): Promise<void> {
  for (let from = 0; from < keys.length; from += 20_000) {
    await session.query(
      `INSERT INTO ${schema}.sync_todo (run_id, entity_id, seq, source_key)
       SELECT $1, $2, k.at + coalesce((SELECT max(seq) FROM ${schema}.sync_todo WHERE run_id = $1 AND entity_id = $2), 0), k.key
       FROM jsonb_array_elements_text($3::jsonb) WITH ORDINALITY k(key, at)`,
      [run, entity, JSON.stringify(keys.slice(from, from + 20_000))],
    );
  }
}

/** Partition number of the keys that are read again: far behind those of key ranges. */
export const TODO_PARTITION = 10_000;

async function reopen(
  session: SqlSession,
  { names }: SyncContext,
  run: number,
  entity: EntityPlan,
  todo: readonly string[],
): Promise<void> {
  const id = names.id(entity.name);
  await appendTodo(session, names.schema, run, id, todo);
  const open = await session.query(
    `UPDATE ${names.schema}.checkpoint SET done = false WHERE run_id = $1 AND entity_id = $2 AND range ? 'todo' RETURNING 1`,
    [run, id],
  );
  if (open.length === 0) {
    await session.query(
      `INSERT INTO ${names.schema}.checkpoint (run_id, entity_id, partition, range) VALUES ($1, $2, ${TODO_PARTITION}, '{"todo": true}')`,
      [run, id],
    );
  }
  await session.query(`UPDATE ${names.schema}.run_entity SET status = 'running' WHERE run_id = $1 AND entity_id = $2`, [
    run,
    id,
  ]);
}

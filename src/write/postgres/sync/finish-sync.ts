import type { EntityPlan } from '../../../core/plan.ts';
import { isAboutARow, type SqlSession } from '../../session.ts';
import type { RemovedCount } from '../../sync-store.ts';
import type { RunRef } from '../../target.ts';
import { quoted } from '../ledger-names.ts';
import { rememberRows } from '../remember-rows.ts';
import { LEGACY_KEY } from '../settle-references.ts';
import { tableOf } from '../table-of.ts';
import { say } from './say.ts';
import { STANDS, stand } from './standing.ts';
import { literal, type SyncContext } from './sync-context.ts';

/**
 * The last transaction of a sync: references to records that leave are cleared, the records go (children first), mirrors and watermarks move. Together, so
 * that a crash before it means "not yet" for all of it, and a crash after it "done".
 */
export async function finishSync(
  session: SqlSession,
  context: SyncContext,
  run: RunRef,
  entities: readonly EntityPlan[],
  scope: string,
): Promise<RemovedCount[]> {
  const { names } = context;
  const removed: RemovedCount[] = [];
  const going = await goingByEntity(session, context);
  if (going.size > 0) {
    for (const entity of entities) await clearReferences(session, context, run, entity, going);
    for (const entity of [...entities].reverse())
      if (going.has(entity.name)) removed.push(await removeRecords(session, context, run, entity));
    await session.query(
      `DELETE FROM ${names.schema}.sync_gone WHERE entity_id IN (SELECT id FROM ${names.schema}.entity WHERE office = $1)`,
      [context.office],
    );
  }
  for (const { entity, removed: count } of removed) {
    await session.query(
      `UPDATE ${names.schema}.sync_entity SET removed = removed + $3 WHERE run_id = $1 AND entity_id = $2`,
      [run.id, names.id(entity), count],
    );
  }
  await moveMirrors(session, context, run);
  await moveWatermarks(session, context, run, scope);
  await session.query(`DELETE FROM ${names.schema}.sync_todo WHERE run_id = $1`, [run.id]);
  return removed;
}

async function goingByEntity(session: SqlSession, { names, office }: SyncContext): Promise<ReadonlySet<string>> {
  const rows = await session.query<{ name: string }>(
    `SELECT DISTINCT e.name FROM ${names.schema}.sync_gone g JOIN ${names.schema}.entity e ON e.id = g.entity_id WHERE e.office = $1`,
    [office],
  );
  return new Set(rows.map(({ name }) => name));
}

/**
 * Optional references to records that leave become NULL and wait for them, as in a fresh load. Those of records that leave too: records may refer to each other in a
 * circle, which no order of deleting resolves.
 */
async function clearReferences(
  session: SqlSession,
  { names }: SyncContext,
  run: RunRef,
  entity: EntityPlan,
  going: ReadonlySet<string>,
): Promise<void> {
  const { schema } = names;
  const id = names.id(entity.name);
  const table = tableOf(entity);
  const idColumn = quoted(entity.fields[0]!.column);
  for (const field of entity.fields) {
    if (field.kind !== 'ref' || field.required || !going.has(field.entity)) continue;
    const parent = names.id(field.entity);
    const column = quoted(field.column);
    const from = `${schema}.sync_gone g JOIN ${table} t ON t.${column} = g.target_id JOIN ${names.crosswalk(entity.name)} x ON x.target_id = t.${idColumn}
      WHERE g.entity_id = ${parent}`;
    const remember = rememberRows({
      names,
      run: run.id,
      entity,
      action: 'update',
      from: `${from} AND x.run_id <> ${run.id}`,
    });
    await session.query(remember);
    await session.query(
      `INSERT INTO ${schema}.pending_ref (entity_id, target_id, column_name, parent_entity_id, parent_id, parent_key, run_id)
       SELECT ${id}, x.target_id, ${literal(field.column)}, ${parent}, g.target_id,
         (SELECT ${LEGACY_KEY('y')} FROM ${names.crosswalk(field.entity)} y WHERE y.target_id = g.target_id), ${run.id}
       FROM ${from} ON CONFLICT DO NOTHING`,
    );
    await session.query(
      `UPDATE ${table} t SET ${column} = NULL FROM ${schema}.pending_ref p
       WHERE p.entity_id = ${id} AND p.column_name = ${literal(field.column)} AND p.parent_entity_id = ${parent} AND p.target_id = t.${idColumn}
         AND t.${column} = p.parent_id AND EXISTS (SELECT 1 FROM ${schema}.sync_gone g WHERE g.entity_id = ${parent} AND g.target_id = p.parent_id)`,
    );
  }
}

/** Removes what leaves of one entity; rows to which something unknown refers stay, with a finding. */
async function removeRecords(
  session: SqlSession,
  context: SyncContext,
  run: RunRef,
  entity: EntityPlan,
): Promise<RemovedCount> {
  const { names } = context;
  const rows = await session.query<{ id: string }>(
    `SELECT target_id::text AS id FROM ${names.schema}.sync_gone WHERE entity_id = ${names.id(entity.name)} ORDER BY target_id`,
  );
  const refused = await removePart(
    session,
    context,
    run,
    entity,
    rows.map(({ id }) => id),
  );
  return { entity: entity.name, removed: rows.length - refused, refused };
}

/** Halves what the database refuses until the rows that cannot go stand alone. Returns their number. */
async function removePart(
  session: SqlSession,
  context: SyncContext,
  run: RunRef,
  entity: EntityPlan,
  ids: readonly string[],
): Promise<number> {
  if (ids.length === 0) return 0;
  await session.query('SAVEPOINT gone');
  try {
    for (const statement of removal(context, run, entity)) await session.query(statement, [JSON.stringify(ids)]);
    await session.query('RELEASE SAVEPOINT gone');
    return 0;
  } catch (error) {
    if (!isAboutARow(error)) throw error;
    await session.query('ROLLBACK TO SAVEPOINT gone');
    await session.query('RELEASE SAVEPOINT gone');
    if (ids.length === 1) {
      await refuse(session, context, run, entity, ids[0]!);
      return 1;
    }
    const middle = ids.length >>> 1;
    const first = await removePart(session, context, run, entity, ids.slice(0, middle));
    return first + (await removePart(session, context, run, entity, ids.slice(middle)));
  }
}

function removal({ names }: SyncContext, run: RunRef, entity: EntityPlan): string[] {
  const { schema } = names;
  const id = names.id(entity.name);
  const crosswalk = names.crosswalk(entity.name);
  const table = tableOf(entity);
  const idColumn = quoted(entity.fields[0]!.column);
  const ids = '(SELECT k::uuid FROM jsonb_array_elements_text($1::jsonb) k)';
  const remember = rememberRows({
    names,
    run: run.id,
    entity,
    action: 'delete',
    from: `${crosswalk} x LEFT JOIN ${table} t ON t.${idColumn} = x.target_id WHERE x.target_id IN ${ids} AND x.run_id <> ${run.id}`,
  });
  return [
    remember,
    `UPDATE ${schema}.undo SET action = 'delete' WHERE run_id = ${run.id} AND entity_id = ${id} AND action = 'update' AND target_id IN ${ids}`,
    `DELETE FROM ${schema}.pending_ref WHERE entity_id = ${id} AND target_id IN ${ids}`,
    `DELETE FROM ${schema}.sync_waiting w WHERE w.entity_id = ${id} AND w.target_id IN ${ids} AND ${STANDS('w')}`,
    `DELETE FROM ${table} WHERE ${idColumn} IN ${ids}`,
    `DELETE FROM ${crosswalk} WHERE target_id IN ${ids}`,
  ];
}

/** Says that a record cannot go; the next sync tries again, and removes it when nothing refers to it any more. */
async function refuse(
  session: SqlSession,
  context: SyncContext,
  run: RunRef,
  entity: EntityPlan,
  id: string,
): Promise<void> {
  const [row] = await session.query<{ key: string }>(
    `SELECT ${LEGACY_KEY('x')} AS key FROM ${context.names.crosswalk(entity.name)} x WHERE x.target_id = $1::uuid`,
    [id],
  );
  if (row === undefined) return;
  await say(session, context, run, entity, 'GONE_REFUSED', 'error', [row.key], {});
  await stand(session, context, entity, [row.key]);
}

/** What this run kept of mirrors becomes what counts. */
async function moveMirrors(session: SqlSession, { names }: SyncContext, run: RunRef): Promise<void> {
  const { schema } = names;
  const touched = await session.query<{ entity_id: number; name: string; table_name: string }>(
    `SELECT DISTINCT e.id::int4 AS entity_id, split_part(m.path, '/', 2) AS name, split_part(m.path, '/', 3) AS table_name
     FROM ${schema}.sync_entity s CROSS JOIN jsonb_array_elements_text(s.mirrors) m(path)
     JOIN ${schema}.entity e ON e.office = $2 AND e.name = split_part(m.path, '/', 1) WHERE s.run_id = $1`,
    [run.id, run.office],
  );
  for (const { entity_id: id, name, table_name: table } of touched) {
    const here = `entity_id = ${id} AND name = ${literal(name)}`;
    await session.query(
      `DELETE FROM ${schema}.sync_mirror m USING ${schema}.sync_mirror n WHERE m.entity_id = ${id} AND m.name = ${literal(name)} AND m.run_id = 0
         AND n.entity_id = ${id} AND n.name = m.name AND n.row_key = m.row_key AND n.run_id = ${run.id}`,
    );
    await session.query(`DELETE FROM ${schema}.sync_mirror WHERE ${here} AND run_id = ${run.id} AND gone`);
    await session.query(`UPDATE ${schema}.sync_mirror SET run_id = 0 WHERE ${here} AND run_id = ${run.id}`);
    await session.query(
      `INSERT INTO ${schema}.sync_mirror_state (entity_id, name, run_id, mark)
       VALUES (${id}, ${literal(name)}, ${run.id}, (SELECT mark FROM ${schema}.sync_mark WHERE run_id = ${run.id} AND table_name = ${literal(table)}))
       ON CONFLICT (entity_id, name) DO UPDATE SET run_id = excluded.run_id, mark = excluded.mark`,
    );
  }
}

async function moveWatermarks(session: SqlSession, { names }: SyncContext, run: RunRef, scope: string): Promise<void> {
  await session.query(
    `INSERT INTO ${names.schema}.sync_watermark (entity_id, scope, run_id, strategy, position, settings, keys_at, full_at)
     SELECT entity_id, $2, run_id, strategy, position, settings, keys_at, full_at FROM ${names.schema}.sync_entity WHERE run_id = $1
     ON CONFLICT DO NOTHING`,
    [run.id, scope],
  );
}

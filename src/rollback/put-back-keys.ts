import type { RollbackWork } from './rollback-work.ts';

/** Puts back foreign keys and indexes of the run's entities that are off: by an unfinished first load, or by a rollback that was killed. */
export async function putBackKeys({ session, s, run }: Pick<RollbackWork, 'session' | 's' | 'run'>): Promise<void> {
  const parts = await session.query<{ id: number; statement: string }>(
    `SELECT d.id, d.statement FROM ${s}.deferred_ddl d WHERE d.entity_id IN (
       SELECT n.entity_id FROM ${s}.run_entity n WHERE n.run_id = $1 UNION SELECT u.entity_id FROM ${s}.undo u WHERE u.run_id = $1) ORDER BY d.id`,
    [run.id],
  );
  for (const { id, statement } of parts)
    await session.query(`BEGIN; ${statement}; DELETE FROM ${s}.deferred_ddl WHERE id = ${id}; COMMIT`);
}

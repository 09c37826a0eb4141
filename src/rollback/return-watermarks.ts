import type { RollbackWork } from './rollback-work.ts';

/**
 * Sets the watermarks of `sync` back to before the run, for the entities that it touched, and with them those of later runs: what they had skipped as known
 * is not there any more. Done first, so that a rollback that stops in its middle never leaves a watermark ahead of the target; reading too much is harmless.
 */
export async function returnWatermarks({ session, s, run }: RollbackWork): Promise<void> {
  const [row] = await session.query<{ there: boolean }>(
    `SELECT to_regclass('${s.replaceAll("'", "''")}.sync_watermark') IS NOT NULL AS there`,
  );
  if (row?.there !== true) return;
  await session.query(
    `DELETE FROM ${s}.sync_watermark w WHERE w.run_id >= ${run.id} AND EXISTS
       (SELECT 1 FROM ${s}.run_entity n WHERE n.run_id = ${run.id} AND n.entity_id = w.entity_id)`,
  );
}

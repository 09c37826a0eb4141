import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from '../config/config.ts';
import { openProjectLedger, openProjectStore } from './compose.ts';

/** Schemas of a dry run on the real target. */
export const SCRATCH_SCHEMA = 'ezd_scratch';
export const SCRATCH_LEDGER = 'ezd_scratch_ledger';

/** Folder of dry runs, beside the project file. */
export const validationFolder = (config: Config): string => join(config.folder, '.ezd-migrate', 'validate');

/**
 * The project with a scratch store instead of its target: an embedded database beside the project file, or (`onTarget`) schemas of their own on the real
 * target. Everything else is the same, so what a dry run finds is what a run would find. Contents are not copied.
 */
export function scratchConfig(config: Config, onTarget: boolean): Config {
  const { target } = config;
  if (onTarget)
    return { ...config, target: { ...target, schema: SCRATCH_SCHEMA, ledgerSchema: SCRATCH_LEDGER, contents: null } };
  const folder = join(validationFolder(config), 'store');
  return {
    ...config,
    target: { kind: 'embedded', folder, schema: target.schema, ledgerSchema: target.ledgerSchema, contents: null },
  };
}

/** Where the last validation lies: beside the project file, else on the target. */
export const validationConfig = (config: Config): Config =>
  scratchConfig(config, !existsSync(join(validationFolder(config), 'store')) && config.target.kind === 'postgres');

/** Makes room for a new dry run. One that was interrupted stays, so that it goes on; a finished one is thrown away. */
export async function clearScratch(scratch: Config): Promise<void> {
  const store = await openProjectLedger(scratch);
  const [last] = (await store?.ledger.listRuns(scratch.office, 1)) ?? [];
  const unfinished = last !== undefined && last.status !== 'finished';
  if (!unfinished && store !== null && scratch.target.kind === 'postgres')
    await dropSchemas(store.pool, [SCRATCH_SCHEMA, SCRATCH_LEDGER]);
  await store?.close();
  if (!unfinished && scratch.target.kind === 'embedded')
    rmSync(scratch.target.folder, { recursive: true, force: true });
}

/** Throws the loaded records away and keeps the ledger, so that findings and rejects can still be listed. */
export async function dropRecords(scratch: Config): Promise<void> {
  const store = await openProjectStore(scratch);
  try {
    await dropSchemas(store.pool, [scratch.target.schema]);
  } finally {
    await store.close();
  }
}

async function dropSchemas(
  pool: Awaited<ReturnType<typeof openProjectStore>>['pool'],
  schemas: readonly string[],
): Promise<void> {
  const session = await pool.session();
  try {
    for (const schema of schemas) await session.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
  } finally {
    await session.release();
  }
}

/** Keeps the list of findings of this dry run and the one before it; returns both files, the earlier one null when there is none. */
export function rotateFindings(
  config: Config,
  fresh: string,
): { readonly now: string; readonly before: string | null } {
  const folder = validationFolder(config);
  const [now, before] = [join(folder, 'findings.tsv'), join(folder, 'findings-before.tsv')];
  if (existsSync(now)) renameSync(now, before);
  renameSync(fresh, now);
  return { now, before: existsSync(before) ? before : null };
}

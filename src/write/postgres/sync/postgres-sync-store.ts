import type { SqlPool } from '../../session.ts';
import type { SyncStore } from '../../sync-store.ts';
import { createLedgerNames } from '../ledger-names.ts';
import { finishSync } from './finish-sync.ts';
import { createGoneStore } from './gone-store.ts';
import { createMirrorStore } from './mirror-store.ts';
import { createPlanStore } from './plan-store.ts';
import { inTransaction, onSession, type SyncContext } from './sync-context.ts';

export interface SyncStoreOptions {
  readonly pool: SqlPool;
  readonly office: string;
  readonly ledgerSchema: string;
  /** Kind of the source: what another family of sources loaded is left alone. Absent: a database. */
  readonly source?: string;
}

/** What a sync remembers, in the ledger beside the store. */
export function createPostgresSyncStore({ pool, office, ledgerSchema, source }: SyncStoreOptions): SyncStore {
  const names = createLedgerNames(office, ledgerSchema);
  const context: SyncContext = { pool, office, names, ...(source === undefined ? {} : { source }) };
  return {
    ...createPlanStore(context),
    ...createGoneStore(context),
    mirror: createMirrorStore(context),
    finish: (run, entities, scope) =>
      inTransaction(context, (session) => finishSync(session, context, run, entities, scope)),
    touched: (run, entities) =>
      onSession(context, async (session) => {
        const changed: string[] = [];
        for (const { name } of entities) {
          const [row] = await session.query<{ changed: boolean }>(
            `SELECT EXISTS (SELECT 1 FROM ${names.schema}.run_entity WHERE run_id = $1 AND entity_id = $2 AND loaded > 0)
                 OR EXISTS (SELECT 1 FROM ${names.schema}.sync_entity WHERE run_id = $1 AND entity_id = $2 AND removed > 0) AS changed`,
            [run, names.id(name)],
          );
          if (row?.changed === true) changed.push(name);
        }
        return changed;
      }),
  };
}

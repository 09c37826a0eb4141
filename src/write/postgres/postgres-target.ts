import type { KeyBitmap } from '../../core/key-bitmap.ts';
import type { EntityPlan } from '../../core/plan.ts';
import type { SqlPool, SqlSession } from '../session.ts';
import type { RunRef, Target } from '../target.ts';
import { readCatalogue } from './catalogue.ts';
import type { KnownParents } from './check-parents.ts';
import { createEntityWriter } from './entity-writer.ts';
import { putBack, takeOff } from './first-load.ts';
import { createLedgerNames, type LedgerNames } from './ledger-names.ts';
import { runSetChecks } from './run-set-checks.ts';
import { completeReferences, reportMissing } from './settle-references.ts';
import { tableOf } from './table-of.ts';

export interface PostgresTargetOptions {
  readonly pool: SqlPool;
  readonly office: string;
  readonly ledgerSchema: string;
}

interface EntityState {
  readonly fresh: boolean;
  readonly known: KnownParents;
}

/** The new system's store: a PostgreSQL server or the embedded database. */
export function createPostgresTarget({ pool, office, ledgerSchema }: PostgresTargetOptions): Target {
  const names = createLedgerNames(office, ledgerSchema);
  const states = new Map<string, EntityState>();
  const within = <T>(work: (session: SqlSession) => Promise<T>): Promise<T> => withSession(pool, work);
  return {
    kind: pool.kind,
    maxWriters: pool.maxSessions,
    catalogue: (schema) => within((session) => readCatalogue(session, schema)),
    beginEntity: (run, entity) =>
      within(async (session) => {
        await names.ensure(session, [entity.name, ...referencedBy(entity)]);
        await notePlace(session, entity, names);
        const crosswalk = names.crosswalk(entity.name);
        const fresh =
          (await session.query(`SELECT 1 FROM ${crosswalk} WHERE run_id <> $1 LIMIT 1`, [run.id])).length === 0;
        const empty = fresh && (await session.query(`SELECT 1 FROM ${crosswalk} LIMIT 1`)).length === 0;
        if (empty) await takeOff(session, entity, names, run.id);
        states.set(entity.name, { fresh, known: new Map<string, KeyBitmap>() });
      }),
    openWriter({ run, entity, partition, seen, again = false }) {
      const known = states.get(entity.name)!;
      const state = { known: known.known, fresh: known.fresh && !again };
      return Promise.resolve(createEntityWriter({ pool, names, run, entity, partition, seen, ...state }));
    },
    endEntity: (run, entity) =>
      within(async (session) => {
        const whole = run.sync === undefined || states.get(entity.name)?.fresh !== false;
        if (whole) await session.query(`ANALYZE ${names.crosswalk(entity.name)}`);
        await completeReferences(
          session,
          run,
          entity,
          names,
          await entityNames(session, names.schema, office),
          entity.name,
        );
        await putBack(session, entity, names);
        // A night that changes little leaves statistics to the server.
        if (whole) await session.query(`ANALYZE ${tableOf(entity)}`);
        states.delete(entity.name);
      }),
    settle: (run: RunRef, entities) =>
      within(async (session) => {
        const all = await entityNames(session, names.schema, office);
        await names.ensure(session, [...all.values()]);
        let missing = 0;
        for (const entity of entities) {
          await completeReferences(session, run, entity, names, all);
          missing += await reportMissing(session, run, entity, names);
        }
        return missing;
      }),
    judge: (run, entities, checks) =>
      within(async (session) => {
        const counts = await runSetChecks(session, run, entities, names, checks);
        return [...counts.values()].reduce((sum, count) => sum + count, 0);
      }),
    close: () => pool.close(),
  };
}

/** Runs work on one session and gives it back, as broken when the work failed. */
export async function withSession<T>(pool: SqlPool, work: (session: SqlSession) => Promise<T>): Promise<T> {
  const session = await pool.session();
  let broken = true;
  try {
    const result = await work(session);
    broken = false;
    return result;
  } finally {
    await session.release(broken);
  }
}

/** Where the records of an entity lie, for those who have the ledger and no mapping (rollback, history). */
async function notePlace(session: SqlSession, { name, to, fields }: EntityPlan, names: LedgerNames): Promise<void> {
  await session.query(
    `UPDATE ${names.schema}.entity SET target_schema = $2, target_table = $3, id_column = $4
     WHERE id = $1 AND (target_schema, target_table, id_column) IS DISTINCT FROM ($2, $3, $4)`,
    [names.id(name), to.schema, to.table, fields[0]!.column],
  );
}

const referencedBy = (entity: EntityPlan): string[] => [
  ...new Set(entity.fields.flatMap((field) => (field.kind === 'value' ? [] : [field.entity]))),
];

async function entityNames(session: SqlSession, schema: string, office: string): Promise<ReadonlyMap<number, string>> {
  const rows = await session.query<{ id: number; name: string }>(
    `SELECT id, name FROM ${schema}.entity WHERE office = $1`,
    [office],
  );
  return new Map(rows.map(({ id, name }) => [id, name]));
}

import { addCounts, type Emit, type EntityCounts, NO_COUNTS } from '../core/events.ts';
import type { RunState } from '../ledger/ledger.ts';
import type { SqlSession } from '../write/session.ts';
import type { Place } from './read-places.ts';

/** A rollback under way. Every step of it may be repeated: what is done is not found again. */
export interface RollbackWork {
  readonly session: SqlSession;
  /** Quoted schema of the ledger. */
  readonly s: string;
  /** The run that is taken back. */
  readonly run: RunState;
  /** The run of the ledger that does it. */
  readonly by: number;
  readonly force: boolean;
  /** Most records of one transaction. */
  readonly chunk: number;
  /** Pages that may be read for want of an index before foreign keys come off meanwhile. */
  readonly scanPages: number;
  readonly progress: RollbackProgress;
  readonly signal: AbortSignal;
}

/** About 200 MB. */
export const SCAN_PAGES = 25_000;

/** Records dealt with so far, told as events of a run: "loaded" were put back, "skipped" were removed. */
export interface RollbackProgress {
  add(entity: string, counts: Pick<EntityCounts, 'loaded' | 'skipped'>): void;
  done(entity: string): void;
}

export function createProgress(emit: Emit, expected: ReadonlyMap<string, number>): RollbackProgress {
  const counts = new Map<string, EntityCounts>();
  const started = Date.now();
  const begin = (entity: string): EntityCounts => {
    const known = counts.get(entity);
    if (known !== undefined) return known;
    emit({ kind: 'entity-started', entity, expectedRows: expected.get(entity) ?? null, counts: NO_COUNTS });
    return NO_COUNTS;
  };
  return {
    add(entity, { loaded, skipped }) {
      const sum = addCounts(begin(entity), { ...NO_COUNTS, read: loaded + skipped, loaded, skipped });
      counts.set(entity, sum);
      emit({ kind: 'batch-committed', entity, counts: sum });
    },
    done(entity) {
      const sum = counts.get(entity);
      if (sum !== undefined) emit({ kind: 'entity-finished', entity, counts: sum, milliseconds: Date.now() - started });
    },
  };
}

/** Reason under which the ledger counts removed records of a rollback. */
export const REMOVED = 'removed';

/** Runs statements in one transaction and counts what they did for an entity, in the ledger and as progress. */
export async function asChunk(
  { session, s, by, progress }: RollbackWork,
  place: Pick<Place, 'id' | 'entity'>,
  work: () => Promise<Pick<EntityCounts, 'loaded' | 'skipped'>>,
): Promise<void> {
  await session.query('BEGIN');
  try {
    const { loaded, skipped } = await work();
    await session.query(
      `UPDATE ${s}.run_entity SET read_rows = read_rows + $3, loaded = loaded + $4, skipped = skipped + $5, status = 'running' WHERE run_id = $1 AND entity_id = $2`,
      [by, place.id, loaded + skipped, loaded, skipped],
    );
    if (skipped > 0) {
      await session.query(
        `INSERT INTO ${s}.run_skip AS k (run_id, entity_id, reason, records) VALUES ($1, $2, $3, $4)
         ON CONFLICT (run_id, entity_id, reason) DO UPDATE SET records = k.records + excluded.records`,
        [by, place.id, REMOVED, skipped],
      );
    }
    await session.query('COMMIT');
    progress.add(place.entity, { loaded, skipped });
  } catch (error) {
    await session.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Runs a statement that changes rows; returns how many. */
export async function changed(session: SqlSession, statement: string): Promise<number> {
  const [row] = await session.query<{ count: number }>(
    `WITH changed AS (${statement} RETURNING 1) SELECT count(*)::int4 AS count FROM changed`,
  );
  return row?.count ?? 0;
}

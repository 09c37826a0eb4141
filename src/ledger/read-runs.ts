import type { SqlSession } from '../write/session.ts';
import type { EntityState, PartitionState, RunOptions, RunState } from './ledger.ts';

interface RunRow {
  id: number;
  office: string;
  command: string;
  status: RunState['status'];
  started_at: Date;
  finished_at: Date | null;
  plan_hash: string;
  corrections_hash?: string | null;
  tool_version: string;
  options: RunOptions;
  failure: string | null;
}

interface EntityRow {
  run_id: number;
  entity_id: number;
  name: string;
  status: EntityState['status'];
  expected: number | null;
  read_rows: number;
  loaded: number;
  unchanged: number;
  rejected: number;
  skipped: number;
}

/** One run with its entities and checkpoints. `s`: quoted ledger schema. */
export async function readRun(session: SqlSession, s: string, id: number): Promise<RunState | null> {
  const rows = await session.query<RunRow>(`SELECT * FROM ${s}.run WHERE id = $1`, [id]);
  return (await withEntities(session, s, rows))[0] ?? null;
}

/** The office's runs, newest first. */
export async function readRuns(
  session: SqlSession,
  s: string,
  office: string,
  limit: number,
): Promise<readonly RunState[]> {
  return withEntities(
    session,
    s,
    await session.query<RunRow>(`SELECT * FROM ${s}.run WHERE office = $1 ORDER BY id DESC LIMIT $2`, [office, limit]),
  );
}

async function withEntities(session: SqlSession, s: string, runs: readonly RunRow[]): Promise<RunState[]> {
  const states: RunState[] = [];
  for (const run of runs) {
    const entities = await session.query<EntityRow>(
      `SELECT n.run_id, n.entity_id, e.name, n.status, n.expected_rows::float8 AS expected, n.read_rows::float8 AS read_rows, n.loaded::float8 AS loaded,
              n.unchanged::float8 AS unchanged, n.rejected::float8 AS rejected, n.skipped::float8 AS skipped
       FROM ${s}.run_entity n JOIN ${s}.entity e ON e.id = n.entity_id WHERE n.run_id = $1 ORDER BY n.position`,
      [run.id],
    );
    const skips = await session.query<{ entity_id: number; reason: string; records: number }>(
      `SELECT entity_id, reason, records::float8 AS records FROM ${s}.run_skip WHERE run_id = $1 ORDER BY reason`,
      [run.id],
    );
    const partitions = await session.query<PartitionState & { entity_id: number }>(
      `SELECT entity_id, partition AS index, range, position, batches, done FROM ${s}.checkpoint WHERE run_id = $1 ORDER BY partition`,
      [run.id],
    );
    states.push({
      id: run.id,
      office: run.office,
      command: run.command,
      status: run.status,
      startedAt: new Date(run.started_at),
      finishedAt: run.finished_at === null ? null : new Date(run.finished_at),
      planHash: run.plan_hash,
      correctionsHash: run.corrections_hash ?? null,
      toolVersion: run.tool_version,
      options: run.options,
      failure: run.failure,
      entities: entities.map((entity) => ({
        entity: entity.name,
        status: entity.status,
        expectedRows: entity.expected,
        counts: {
          read: entity.read_rows,
          loaded: entity.loaded,
          unchanged: entity.unchanged,
          rejected: entity.rejected,
          skipped: entity.skipped,
        },
        skipReasons: Object.fromEntries(
          skips.filter((skip) => skip.entity_id === entity.entity_id).map(({ reason, records }) => [reason, records]),
        ),
        partitions: partitions
          .filter((partition) => partition.entity_id === entity.entity_id)
          .map(({ index, range, position, batches, done }) => ({ index, range, position, batches, done })),
      })),
    });
  }
  return states;
}

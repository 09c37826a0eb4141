import { EzdError } from '../core/errors.ts';
import type { SqlPool, SqlSession } from '../write/session.ts';
import { chainRecord } from './chain-record.ts';
import { insertCorrectionSet } from './insert-correction-set.ts';
import type { Ledger } from './ledger.ts';
import { lockKey } from './lock-key.ts';
import { closeCorrections, readCorrectionCounts, readCorrections } from './read-corrections.ts';
import { readFindingCounts, readFindings, readRejects } from './read-findings.ts';
import { readRun, readRuns } from './read-runs.ts';
import { countStandingRejects } from './standing-rejects.ts';

/** The ledger in the target's own database, schema `ledgerSchema` (default `ezd_migrate`). */
export function createPostgresLedger(pool: SqlPool, ledgerSchema: string): Ledger {
  const s = `"${ledgerSchema.replaceAll('"', '""')}"`;
  const within = async <T>(work: (session: SqlSession) => Promise<T>): Promise<T> => {
    const session = await pool.session();
    let broken = true;
    try {
      const result = await work(session);
      broken = false;
      return result;
    } finally {
      await session.release(broken);
    }
  };
  const entityId = `(SELECT e.id FROM ${s}.entity e JOIN ${s}.run r ON r.office = e.office WHERE r.id = $1 AND e.name = $2)`;

  return {
    lock: (office) => lockOffice(pool, s, office),
    findUnfinished: (office, command, options) =>
      within(async (session) => {
        const [row] = await session.query<{ id: number }>(
          `SELECT id FROM ${s}.run WHERE office = $1 AND command = $2 AND options = $3::jsonb AND status IN ('running', 'interrupted', 'failed')
             AND NOT EXISTS (SELECT 1 FROM ${s}.run later WHERE later.office = $1 AND later.id > run.id)
           ORDER BY id DESC LIMIT 1`,
          [office, command, JSON.stringify(options)],
        );
        return row === undefined ? null : readRun(session, s, row.id);
      }),
    createRun: (request) =>
      within((session) =>
        transaction(session, async () => {
          const [row] = await session.query<{ id: number }>(
            `INSERT INTO ${s}.run (office, command, status, tool_version, plan_hash, options, host, os_user)
             VALUES ($1, $2, 'running', $3, $4, $5::jsonb, $6, $7) RETURNING id`,
            [
              request.office,
              request.command,
              request.toolVersion,
              request.planHash,
              JSON.stringify(request.options),
              request.host,
              request.user,
            ],
          );
          for (const [position, { name, hash }] of request.entities.entries()) {
            await session.query(
              `INSERT INTO ${s}.entity (office, name) SELECT $1::text, $2::text WHERE NOT EXISTS (SELECT 1 FROM ${s}.entity WHERE office = $1 AND name = $2) ON CONFLICT DO NOTHING`,
              [request.office, name],
            );
            await session.query(
              `INSERT INTO ${s}.run_entity (run_id, entity_id, position, status, plan_hash) VALUES ($1, ${entityId}, $3, 'pending', $4)`,
              [row!.id, name, position, hash],
            );
          }
          if (request.corrections !== undefined) await insertCorrectionSet(session, s, row!.id, request.corrections);
          return (await readRun(session, s, row!.id))!;
        }),
      ),
    startEntity: (run, entity, partitions, expectedRows) =>
      within((session) =>
        transaction(session, async () => {
          await session.query(
            `UPDATE ${s}.run_entity SET status = 'running', started_at = coalesce(started_at, now()), expected_rows = $3 WHERE run_id = $1 AND entity_id = ${entityId}`,
            [run, entity, expectedRows],
          );
          for (const [index, range] of partitions.entries()) {
            await session.query(
              `INSERT INTO ${s}.checkpoint (run_id, entity_id, partition, range) VALUES ($1, ${entityId}, $3, $4::jsonb) ON CONFLICT DO NOTHING`,
              [run, entity, index, range === null ? null : JSON.stringify(range)],
            );
          }
        }),
      ),
    finishEntity: (run, entity) =>
      within(async (session) => {
        await session.query(
          `UPDATE ${s}.run_entity SET status = 'finished', finished_at = now() WHERE run_id = $1 AND entity_id = ${entityId}`,
          [run, entity],
        );
      }),
    finishRun: (run, status, failure) =>
      within(async (session) => {
        const close = async (): Promise<void> => {
          await session.query(`UPDATE ${s}.run SET status = $2, finished_at = now(), failure = $3 WHERE id = $1`, [
            run,
            status,
            failure ?? null,
          ]);
        };
        // A finished run and its record are one; what stopped a run is noted even where its record cannot be made any more.
        if (status !== 'finished') await close();
        await transaction(session, async () => {
          if (status === 'finished') await close();
          await chainRecord(session, s, run);
        });
      }),
    getRun: (office, id) =>
      within(async (session) => {
        const state = await readRun(session, s, id);
        return state?.office === office ? state : null;
      }),
    listRuns: (office, limit) => within((session) => readRuns(session, s, office, limit)),
    countFindings: (run) => within((session) => readFindingCounts(session, s, run)),
    rejects: (run, filter) => readRejects(within, s, run, filter),
    countStandingRejects: (run) => within((session) => countStandingRejects(session, s, run)),
    findings: (run, filter) => readFindings(within, s, run, filter),
    closeCorrections: (run, entities) =>
      within((session) => transaction(session, () => closeCorrections(session, s, run, entities))),
    corrections: (run, filter) => readCorrections(within, s, run, filter),
    countCorrections: (run) => within((session) => readCorrectionCounts(session, s, run)),
  };
}

/** Runs work between BEGIN and COMMIT. */
export async function transaction<T>(session: SqlSession, work: () => Promise<T>): Promise<T> {
  await session.query('BEGIN');
  try {
    const result = await work();
    await session.query('COMMIT');
    return result;
  } catch (error) {
    await session.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/**
 * A session-level advisory lock: the server gives it back when the connection ends, so a run that was killed never leaves a stale lock. The embedded
 * database is one process with its folder locked, so there the lock is free by nature.
 */
async function lockOffice(pool: SqlPool, s: string, office: string): Promise<() => Promise<void>> {
  if (pool.kind === 'embedded') return () => Promise.resolve();
  const name = lockKey(s, office);
  const session = await pool.session();
  const [row] = await session.query<{ locked: boolean }>(
    `SELECT pg_try_advisory_lock(hashtextextended($1, 4711)) AS locked`,
    [name],
  );
  if (row?.locked === true) {
    return async () => {
      // Given back by word: closing the connection alone would leave it to the server when the next run may start.
      const given = await session
        .query('SELECT pg_advisory_unlock(hashtextextended($1, 4711))', [name])
        .catch(() => null);
      await session.release(given === null);
    };
  }
  const [holder] = await session.query<{ id: number; host: string; os_user: string; started: string }>(
    `SELECT id, host, os_user, to_char(started_at, 'YYYY-MM-DD HH24:MI') AS started FROM ${s}.run WHERE office = $1 AND status = 'running' ORDER BY id DESC LIMIT 1`,
    [office],
  );
  await session.release();
  const who =
    holder === undefined ? '' : ` (run ${holder.id}, started ${holder.started} by ${holder.os_user} on ${holder.host})`;
  throw new EzdError('LOCKED', `Another run for office ${office} is working${who}.`, {
    subject: office,
    hint: 'Wait until it has finished, or stop it; `ezd-migrate status` shows how far it is.',
    polish: {
      message: `Trwa inny przebieg dla urzędu ${office}${holder === undefined ? '' : ` (przebieg ${holder.id}, rozpoczęty ${holder.started} przez ${holder.os_user} na ${holder.host})`}.`,
      hint: 'Poczekaj, aż się skończy, albo go zatrzymaj; `ezd-migrate status` pokazuje, jak daleko jest.',
    },
  });
}

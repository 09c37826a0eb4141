import { createHash } from 'node:crypto';
import type { SqlSession } from '../write/session.ts';
import { readRunRecord } from './run-record.ts';

/**
 * Adds a run that was just closed to the office's chain: its record with the hash of the record before it, so that a later change of history shows. Runs that
 * were closed without a record (killed, or closed by an earlier version) get theirs first. Called in a transaction.
 */
export async function chainRecord(session: SqlSession, s: string, run: number): Promise<void> {
  const [row] = await session.query<{ office: string }>(`SELECT office FROM ${s}.run WHERE id = $1`, [run]);
  if (row === undefined) return;
  const { office } = row;
  await session.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 4712))', [`ezd-migrate chain ${s} ${office}`]);
  const forgotten = await session.query<{ id: number }>(
    `SELECT id FROM ${s}.run r WHERE office = $1 AND id < $2 AND NOT EXISTS (SELECT 1 FROM ${s}.run_record c WHERE c.office = $1 AND c.run_id = r.id) ORDER BY id`,
    [office, run],
  );
  for (const { id } of forgotten) await append(session, s, office, id);
  await append(session, s, office, run);
}

async function append(session: SqlSession, s: string, office: string, run: number): Promise<void> {
  const [last] = await session.query<{ number: number; record_hash: string }>(
    `SELECT number, record_hash FROM ${s}.run_record WHERE office = $1 ORDER BY number DESC LIMIT 1`,
    [office],
  );
  const record = JSON.stringify(await readRunRecord(session, s, run));
  const previous = last?.record_hash ?? null;
  await session.query(
    `INSERT INTO ${s}.run_record (office, number, run_id, record, previous_hash, record_hash) VALUES ($1, $2, $3, $4, $5, $6)`,
    [office, (last?.number ?? 0) + 1, run, record, previous, recordHash(previous, record)],
  );
}

/** SHA-256 of a record as the chain has it: the hash before it (empty for the first), a line feed, the record's text. */
export const recordHash = (previous: string | null, record: string): string =>
  createHash('sha256')
    .update(`${previous ?? ''}\n${record}`)
    .digest('hex');

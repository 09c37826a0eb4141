import { createHash } from 'node:crypto';
import type { SqlSession } from '../write/session.ts';

/**
 * Chains a finished run to the finished run before it: its hash covers the run's record, counts and rejects, and the hash of its predecessor, so that a
 * later change of history shows.
 */
export async function chainRecord(session: SqlSession, s: string, run: number): Promise<void> {
  const [before] = await session.query<{ record_hash: string }>(
    `SELECT record_hash FROM ${s}.run WHERE id < $1 AND record_hash IS NOT NULL AND office = (SELECT office FROM ${s}.run WHERE id = $1) ORDER BY id DESC LIMIT 1`,
    [run],
  );
  const previous = before?.record_hash ?? null;
  const record = await runRecord(session, s, run, previous);
  await session.query(`UPDATE ${s}.run SET previous_hash = $2, record_hash = $3 WHERE id = $1`, [
    run,
    previous,
    record,
  ]);
}

/** SHA-256 of a run's record as the chain covers it. */
export async function runRecord(session: SqlSession, s: string, run: number, previous: string | null): Promise<string> {
  const [row] = await session.query<{ record: string }>(
    `SELECT concat_ws(E'\\n',
       (SELECT concat_ws('|', id, office, command, extract(epoch FROM started_at), extract(epoch FROM finished_at), tool_version, plan_hash, options::text, host, os_user) FROM ${s}.run WHERE id = $1),
       (SELECT string_agg(concat_ws('|', entity_id, plan_hash, read_rows, loaded, unchanged, rejected, skipped), E'\\n' ORDER BY position) FROM ${s}.run_entity WHERE run_id = $1),
       (SELECT string_agg(concat_ws('|', entity_id, code, severity, effect, n), E'\\n' ORDER BY entity_id, code, severity, effect)
          FROM (SELECT entity_id, code, severity, effect, count(*) AS n FROM ${s}.finding WHERE run_id = $1 GROUP BY 1, 2, 3, 4) f),
       (SELECT string_agg(md5(concat_ws('|', entity_id, legacy_key, source)), '' ORDER BY id) FROM ${s}.reject WHERE run_id = $1)) AS record`,
    [run],
  );
  return createHash('sha256')
    .update(`${previous ?? ''}\n${row?.record ?? ''}`)
    .digest('hex');
}

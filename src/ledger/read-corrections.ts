import type { SqlSession } from '../write/session.ts';
import type { CorrectionCount, CorrectionFilter, UsedCorrection } from './ledger.ts';

type Within = <T>(work: (session: SqlSession) => Promise<T>) => Promise<T>;
const PAGE = 1000;

/** Corrections of single records that no row stood for, as findings of the run. */
export async function closeCorrections(
  session: SqlSession,
  s: string,
  run: number,
  entities: readonly string[],
): Promise<number> {
  const code = 'CORRECTION_NO_RECORD';
  await session.query(`DELETE FROM ${s}.finding WHERE run_id = $1 AND code = $2`, [run, code]);
  const [row] = await session.query<{ count: number }>(
    `WITH said AS (
       INSERT INTO ${s}.finding (run_id, entity_id, legacy_key, code, severity, effect, field, params)
       SELECT r.id, e.id, c.legacy_key, $2, 'warning', 'load', c.field, jsonb_build_object('file', c.file, 'line', c.line)
       FROM ${s}.run r
       JOIN ${s}.correction c ON c.set_hash = r.corrections_hash AND c.kind = 'record' AND c.entity IN (SELECT jsonb_array_elements_text($3::jsonb))
       JOIN ${s}.entity e ON e.office = r.office AND e.name = c.entity
       WHERE r.id = $1 AND NOT EXISTS (SELECT 1 FROM ${s}.correction_use u WHERE u.run_id = r.id AND u.number = c.number)
       ORDER BY c.number RETURNING 1)
     SELECT count(*)::int4 AS count FROM said`,
    [run, code, JSON.stringify(entities)],
  );
  return row?.count ?? 0;
}

interface UseRow extends Omit<UsedCorrection, 'key' | 'old' | 'new' | 'date'> {
  readonly place: string;
  readonly number: number;
  readonly legacy_key: string;
  readonly old_value: string | null;
  readonly new_value: string | null;
  readonly made_on: string | null;
}

/** What became of the corrections of a run, in the order of the files they stand in. */
export async function* readCorrections(
  within: Within,
  s: string,
  run: number,
  filter: CorrectionFilter,
): AsyncIterable<UsedCorrection> {
  let [number, place] = [-1, '(0,0)'];
  for (;;) {
    const page = await within((session) =>
      session.query<UseRow>(
        `SELECT u.ctid::text AS place, u.number, e.name AS entity, u.legacy_key, u.field, u.old_value, u.new_value, u.outcome, c.kind, c.reason, c.author,
                to_char(c.made_on, 'YYYY-MM-DD') AS made_on, c.file, c.line
         FROM ${s}.correction_use u JOIN ${s}.run r ON r.id = u.run_id JOIN ${s}.entity e ON e.id = u.entity_id
         JOIN ${s}.correction c ON c.set_hash = r.corrections_hash AND c.number = u.number
         WHERE u.run_id = $1 AND (u.number, u.ctid) > ($2::int4, $3::tid) AND ($4::text IS NULL OR e.name = $4) AND ($5::text IS NULL OR u.outcome = $5)
         ORDER BY u.number, u.ctid LIMIT ${PAGE}`,
        [run, number, place, filter.entity ?? null, filter.outcome ?? null],
      ),
    );
    for (const row of page) {
      const { place: at, number: of, legacy_key: key, old_value: old, new_value, made_on: date, ...rest } = row;
      [number, place] = [of, at];
      yield { ...rest, key, old, new: new_value, date };
    }
    if (page.length < PAGE) return;
  }
}

export const readCorrectionCounts = (session: SqlSession, s: string, run: number): Promise<CorrectionCount[]> =>
  session.query<CorrectionCount>(
    `SELECT e.name AS entity, u.outcome, count(*)::int4 AS count FROM ${s}.correction_use u JOIN ${s}.entity e ON e.id = u.entity_id
     WHERE u.run_id = $1 GROUP BY e.name, u.outcome ORDER BY e.name, u.outcome`,
    [run],
  );

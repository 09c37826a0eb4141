import type { ReportChanges } from './report-model.ts';
import { inTransaction, namesOf, type ReportStore } from './report-store.ts';

/** A record that has a finding in one of two runs and not, or less often, in the other. No values: nothing personal but the key. */
export interface ChangedFinding {
  readonly change: 'fresh' | 'gone';
  readonly unit: string | null;
  readonly sign: string | null;
  readonly entity: string;
  readonly key: string | null;
  readonly code: string;
  readonly field: string | null;
  /** How many findings more or less. */
  readonly findings: number;
}

/** What changed between two runs of one ledger. */
export interface Comparison {
  readonly changes: ReportChanges;
  /** New and gone findings by code and record; behind a cursor, one page at a time. */
  rows(): AsyncIterable<ChangedFinding>;
}

const PAGE = 2_000;

/**
 * Compares the findings of run `before` and run `now` of the same ledger: the same is what has entity, record, code and field in common, as often as it stands. Joined and
 * summed in the database.
 */
export async function compareRuns(store: ReportStore, before: number, now: number): Promise<Comparison> {
  const { ledger } = namesOf(store);
  const joined = joinedRuns(ledger, before, now);
  const byCode = await inTransaction(store, (session) =>
    session.query<{ code: string; fresh: number; gone: number; same: number }>(
      `SELECT code, sum(greatest(b - a, 0))::float8 AS fresh, sum(greatest(a - b, 0))::float8 AS gone, sum(least(a, b))::float8 AS same
       FROM (${joined}) j GROUP BY code ORDER BY code COLLATE "C"`,
    ),
  );
  const sum = (what: 'fresh' | 'gone' | 'same'): number => byCode.reduce((total, each) => total + each[what], 0);
  return {
    changes: {
      fresh: sum('fresh'),
      gone: sum('gone'),
      same: sum('same'),
      byCode: Object.fromEntries(byCode.map(({ code, ...counts }) => [code, counts])),
    },
    rows: () => changedFindings(store, joined, { before, now }),
  };
}

/** Every record, code and field of either run with how often it stands in each: `a` before, `b` now. */
const joinedRuns = (ledger: string, before: number, now: number): string => {
  const of = (run: number, n: string): string =>
    `(SELECT entity_id, coalesce(legacy_key, '') AS key, code, coalesce(field, '') AS field, count(*) AS ${n} FROM ${ledger}.finding WHERE run_id = ${run} GROUP BY 1, 2, 3, 4)`;
  return `SELECT entity_id, key, code, field, coalesce(a, 0) AS a, coalesce(b, 0) AS b
    FROM ${of(before, 'a')} x FULL JOIN ${of(now, 'b')} y USING (entity_id, key, code, field)`;
};

async function* changedFindings(
  store: ReportStore,
  joined: string,
  { before, now }: { readonly before: number; readonly now: number },
): AsyncIterable<ChangedFinding> {
  const { ledger } = namesOf(store);
  const place = (run: number, p: string): string =>
    `LEFT JOIN ${ledger}.record_place ${p} ON ${p}.run_id = ${run} AND ${p}.entity_id = j.entity_id AND ${p}.legacy_key = j.key`;
  const session = await store.pool.session();
  let broken = false;
  try {
    await session.query('BEGIN');
    await session.query('SET LOCAL jit = off');
    await session.query(`DECLARE changed NO SCROLL CURSOR FOR
      SELECT CASE WHEN b > a THEN 'fresh' ELSE 'gone' END AS change, coalesce(q.unit, p.unit) AS unit, coalesce(q.sign, p.sign) AS sign,
        e.name AS entity, nullif(j.key, '') AS key, j.code, nullif(j.field, '') AS field, abs(b - a)::float8 AS findings
      FROM (${joined}) j JOIN ${ledger}.entity e ON e.id = j.entity_id ${place(before, 'p')} ${place(now, 'q')}
      WHERE a <> b ORDER BY 1, coalesce(q.unit, p.unit) COLLATE "C" NULLS LAST, j.code COLLATE "C", e.name COLLATE "C", length(j.key), j.key COLLATE "C", j.field COLLATE "C"`);
    for (;;) {
      const page = await session.query<ChangedFinding>(`FETCH ${PAGE} FROM changed`);
      yield* page;
      if (page.length < PAGE) break;
    }
  } finally {
    await session.query('ROLLBACK').catch(() => {
      broken = true;
    });
    await session.release(broken);
  }
}

import type { Finding } from '../core/finding.ts';
import type { SqlSession } from '../write/session.ts';
import type { FindingCount, FindingFilter, RejectFilter, StoredReject } from './ledger.ts';
import { standingRejects } from './standing-rejects.ts';

type Within = <T>(work: (session: SqlSession) => Promise<T>) => Promise<T>;
const PAGE = 1000;

/** Findings of a run by entity and code, most first. */
export function readFindingCounts(session: SqlSession, s: string, run: number): Promise<FindingCount[]> {
  return session.query<FindingCount>(
    `SELECT e.name AS entity, f.code, f.severity, f.effect, count(*)::int4 AS count FROM ${s}.finding f JOIN ${s}.entity e ON e.id = f.entity_id
     WHERE f.run_id = $1 GROUP BY e.name, f.code, f.severity, f.effect ORDER BY count(*) DESC, f.code, e.name`,
    [run],
  );
}

interface RejectRow {
  id: string;
  run: number;
  name: string;
  legacy_key: string | null;
  source: string;
  reasons: readonly Finding[];
}

/** Rejects of a run in the order they were found. */
export async function* readRejects(
  within: Within,
  s: string,
  run: number,
  filter: RejectFilter,
): AsyncIterable<StoredReject> {
  let after = 0;
  for (;;) {
    const page = await within((session) =>
      session.query<RejectRow>(
        `SELECT j.id::text AS id, j.run_id AS run, e.name, j.legacy_key, j.source, j.reasons FROM ${s}.reject j JOIN ${s}.entity e ON e.id = j.entity_id
         WHERE ${filter.standing === true ? standingRejects(s) : 'j.run_id = $1'} AND j.id > $2::bigint AND ($3::text IS NULL OR e.name = $3) AND ($4::text IS NULL OR j.legacy_key = $4)
           AND ($5::text IS NULL OR j.reasons @> jsonb_build_array(jsonb_build_object('code', $5::text)))
         ORDER BY j.id LIMIT ${PAGE}`,
        [run, String(after), filter.entity ?? null, filter.key ?? null, filter.code ?? null],
      ),
    );
    for (const row of page) {
      yield {
        id: Number(row.id),
        run: row.run,
        entity: row.name,
        key: row.legacy_key,
        source: JSON.parse(row.source) as Record<string, unknown>,
        reasons: row.reasons,
      };
    }
    if (page.length < PAGE) return;
    after = Number(page.at(-1)!.id);
  }
}

interface FindingRow {
  place: string;
  entity: string;
  legacy_key: string | null;
  code: string;
  severity: Finding['severity'];
  effect: Finding['effect'];
  field: string | null;
  value: string | null;
  params: Finding['params'] | null;
}

/** Findings of a run in the order they were written. */
export async function* readFindings(
  within: Within,
  s: string,
  run: number,
  filter: FindingFilter,
): AsyncIterable<Finding> {
  let after = '(0,0)';
  for (;;) {
    const page = await within((session) =>
      session.query<FindingRow>(
        `SELECT f.ctid::text AS place, e.name AS entity, f.legacy_key, f.code, f.severity, f.effect, f.field, f.value, f.params
         FROM ${s}.finding f JOIN ${s}.entity e ON e.id = f.entity_id
         WHERE f.run_id = $1 AND f.ctid > $2::tid AND ($3::text IS NULL OR e.name = $3) AND ($4::text IS NULL OR f.legacy_key = $4) AND ($5::text IS NULL OR f.code = $5)
         ORDER BY f.ctid LIMIT ${PAGE}`,
        [run, after, filter.entity ?? null, filter.key ?? null, filter.code ?? null],
      ),
    );
    for (const { place, legacy_key, field, value, params, ...rest } of page) {
      after = place;
      yield {
        ...rest,
        key: legacy_key,
        ...(field === null ? {} : { field }),
        ...(value === null ? {} : { value }),
        ...(params === null || params === undefined ? {} : { params }),
      };
    }
    if (page.length < PAGE) return;
  }
}

import type { Names, ReportStore } from '../report-store.ts';
import { namesOf } from '../report-store.ts';
import { fromFindings, PLACED_COLUMNS, type PlacedFinding } from './finding-row.ts';

/** Findings fetched at once. */
const PAGE = 2_000;

/** Of which findings. */
export interface RowFilter {
  /** Of this unit only; null: without unit. */
  readonly unit?: string | null;
}

/**
 * Findings of a run in the order of the files (see `Report.rows`), behind a cursor: sorted by the database, one page at a time in this process. The cursor is
 * closed when the reader stops early.
 */
export async function* streamRows(
  store: ReportStore,
  run: number,
  filter: RowFilter = {},
): AsyncIterable<PlacedFinding> {
  const session = await store.pool.session();
  let broken = false;
  try {
    await session.query('BEGIN');
    await session.query('SET LOCAL jit = off');
    await session.query(`SELECT set_config('ezd_migrate.unit', $1, true)`, [filter.unit ?? '']);
    await session.query(`DECLARE report_rows NO SCROLL CURSOR FOR ${rowsQuery(namesOf(store), run, filter)}`);
    for (;;) {
      const page = await session.query<PlacedFinding>(`FETCH ${PAGE} FROM report_rows`);
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

function rowsQuery(names: Names, run: number, { unit }: RowFilter): string {
  const only =
    unit === undefined ? '' : unit === null ? 'AND p.unit IS NULL' : `AND p.unit = current_setting('ezd_migrate.unit')`;
  return `SELECT ${PLACED_COLUMNS} ${fromFindings(names)} WHERE f.run_id = ${run} ${only}
    ORDER BY p.unit COLLATE "C" NULLS LAST, CASE f.severity WHEN 'error' THEN 0 WHEN 'warning' THEN 1 ELSE 2 END, f.code COLLATE "C", e.name COLLATE "C",
      length(f.legacy_key), f.legacy_key COLLATE "C", f.field COLLATE "C", f.value COLLATE "C"`;
}

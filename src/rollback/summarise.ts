import type { Place } from './read-places.ts';
import type { RollbackConflict } from './rollback-plan.ts';
import { SHOWN_KEYS } from './touched-rows.ts';

/** Records found, summed up by run. */
export interface Found {
  readonly run: number | null;
  readonly count: number;
  readonly keys: readonly string[] | null;
}

/** Counts found records (`run_id, id, key`) by run and names the first of each. */
export const summary = (records: string): string =>
  `SELECT run_id AS run, count(*)::int4 AS count, array_agg(key ORDER BY id) FILTER (WHERE place <= ${SHOWN_KEYS}) AS keys
   FROM (SELECT *, row_number() OVER (PARTITION BY run_id ORDER BY id) AS place FROM (${records}) found) placed GROUP BY run_id ORDER BY run_id`;

/** One line of a plan's conflicts. */
export const conflict = (
  kind: RollbackConflict['kind'],
  { entity }: Pick<Place, 'entity'>,
  { run, count, keys }: Found,
): RollbackConflict => ({ kind, entity, run, count, keys: keys ?? [] });

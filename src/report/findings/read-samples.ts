import type { SqlSession } from '../../write/session.ts';
import type { Names } from '../report-store.ts';
import { fromFindings, PLACED_COLUMNS, type PlacedFinding } from './finding-row.ts';

/**
 * The first findings of every code with its severity and effect, by entity and key: the database keeps `most` of each and no more. Keys that are numbers
 * are ordered as numbers.
 */
export async function readSamples(
  session: SqlSession,
  names: Names,
  { run, groups, most }: { readonly run: number; readonly groups: readonly SampleGroup[]; readonly most: number },
): Promise<ReadonlyMap<string, readonly PlacedFinding[]>> {
  const samples = new Map<string, readonly PlacedFinding[]>();
  // The index is by run, entity and code.
  const entities = `ANY (ARRAY(SELECT n.id FROM ${names.ledger}.entity n WHERE n.name = ANY (string_to_array($5, ','))))`;
  const first = `(SELECT * FROM ${names.ledger}.finding WHERE run_id = $1 AND entity_id = ${entities} AND code = $2 AND severity = $3 AND effect = $4
     ORDER BY entity_id, length(legacy_key), legacy_key COLLATE "C", field COLLATE "C", value COLLATE "C" LIMIT ${most})`;
  for (const group of groups) {
    const { code, severity, effect, entities: found } = group;
    const rows = await session.query<PlacedFinding>(
      `SELECT ${PLACED_COLUMNS} ${fromFindings(names, first)}
       ORDER BY e.name COLLATE "C", length(f.legacy_key), f.legacy_key COLLATE "C", f.field COLLATE "C", f.value COLLATE "C"`,
      [run, code, severity, effect, found.map(({ entity }) => entity).join(',')],
    );
    samples.set(sampleKey(group), rows);
  }
  return samples;
}

/** A code with a severity and an effect, and the entities that have it. */
export interface SampleGroup {
  readonly code: string;
  readonly severity: string;
  readonly effect: string;
  readonly entities: readonly { readonly entity: string }[];
}

export const sampleKey = ({ code, severity, effect }: Omit<SampleGroup, 'entities'>): string =>
  `${code} ${severity} ${effect}`;

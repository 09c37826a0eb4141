import type { SqlSession } from '../write/session.ts';
import type { Place } from './read-places.ts';
import type { ForeignKey } from './table-facts.ts';
import type { EntityNumbers } from './touched-rows.ts';

/** An entity that the run touched, with its numbers. */
export interface Counted extends EntityNumbers {
  readonly place: Place;
}

/** Tables that can be emptied at once. */
export interface WholeTables {
  /** Quoted names: every row came with the run. */
  readonly emptied: ReadonlySet<string>;
  /** Those and empty tables that refer to them, which TRUNCATE must name too. */
  readonly named: readonly string[];
}

/**
 * Finds tables whose every row came with the run and that no row outside such tables refers to: these are emptied at once, however many rows they have. One that
 * another, filled table refers to is taken back row by row.
 */
export async function findWhole(
  session: SqlSession,
  counted: readonly Counted[],
  keys: readonly ForeignKey[],
): Promise<WholeTables> {
  const full = new Set<string>();
  for (const table of new Set(counted.map(({ place }) => place.table))) {
    if (
      await isWhole(
        session,
        table,
        counted.filter(({ place }) => place.table === table),
      )
    )
      full.add(table);
  }
  const empty = new Map<string, boolean>();
  const isEmpty = async (table: string): Promise<boolean> => {
    const known = empty.get(table) ?? (await session.query(`SELECT 1 FROM ${table} LIMIT 1`)).length === 0;
    empty.set(table, known);
    return known;
  };
  for (;;) {
    const named = referrers(full, keys);
    const held: string[] = [];
    for (const table of named) if (!full.has(table) && !(await isEmpty(table))) held.push(table);
    if (held.length === 0) return { emptied: full, named };
    // Whatever a filled table refers to, directly or over empty ones, is left to the slow way.
    for (const table of [...full])
      if (referrers(new Set([table]), keys).some((other) => held.includes(other))) full.delete(table);
  }
}

/** Tables and all that refer to them, over any number of steps. */
function referrers(tables: ReadonlySet<string>, keys: readonly ForeignKey[]): string[] {
  const found = new Set(tables);
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { table, parent } of keys) if (found.has(parent)) found.add(table);
  }
  return [...found];
}

async function isWhole(session: SqlSession, table: string, owners: readonly Counted[]): Promise<boolean> {
  const all = owners.every(
    ({ removed, restored, returned, records }) => removed === records && restored === 0 && returned === 0,
  );
  if (!all || owners.every(({ removed }) => removed === 0)) return false;
  const strange = owners
    .map(({ place }) => `NOT EXISTS (SELECT 1 FROM ${place.crosswalk} x WHERE x.target_id = t.${place.idColumn})`)
    .join(' AND ');
  return (await session.query(`SELECT 1 FROM ${table} t WHERE ${strange} LIMIT 1`)).length === 0;
}

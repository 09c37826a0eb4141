import type { Config } from '../../config/config.ts';
import type { Plan } from '../../core/plan.ts';
import type { RunState } from '../../ledger/ledger.ts';
import { openProjectStore, openSource } from '../compose.ts';

/** One table of the source or of the store with both of its numbers. */
export interface CountPair {
  readonly table: string;
  readonly expected: number;
  readonly found: number;
}

/**
 * Compares numbers from end to end: rows of each dump file with the rows that were read, and rows of each table of the store with the records that the
 * ledger knows there. Returns the pairs that differ, and how many were compared.
 */
export async function reconcileCounts(
  config: Config,
  plan: Plan,
  run: RunState,
): Promise<{ readonly compared: number; readonly different: readonly CountPair[] }> {
  const pairs = [...(await sourcePairs(config, plan, run)), ...(await storePairs(config, plan))];
  return { compared: pairs.length, different: pairs.filter(({ expected, found }) => expected !== found) };
}

async function sourcePairs(config: Config, plan: Plan, run: RunState): Promise<CountPair[]> {
  const { source, countRows } = openSource(config);
  try {
    const pairs: CountPair[] = [];
    const signal = new AbortController().signal;
    for (const { name, from } of countRows === null ? [] : plan.entities) {
      const read = run.entities.find(({ entity }) => entity === name)?.counts.read ?? 0;
      pairs.push({ table: `${from.table} → ${name}`, expected: await countRows!(from.table, signal), found: read });
    }
    return pairs;
  } finally {
    await source.close();
  }
}

async function storePairs(config: Config, plan: Plan): Promise<CountPair[]> {
  const store = await openProjectStore(config);
  const session = await store.pool.session();
  try {
    const known = new Map<string, number>();
    for (const { name, to } of plan.entities) {
      const [row] = await session.query<{ n: number }>(
        `SELECT count(*)::int4 AS n FROM "${store.ledgerSchema}".crosswalk x JOIN "${store.ledgerSchema}".entity e ON e.id = x.entity_id WHERE e.office = $1 AND e.name = $2`,
        [config.office, name],
      );
      const table = `"${to.schema}"."${to.table}"`;
      known.set(table, (known.get(table) ?? 0) + (row?.n ?? 0));
    }
    const pairs: CountPair[] = [];
    for (const [table, expected] of known) {
      const [row] = await session.query<{ n: number }>(`SELECT count(*)::int4 AS n FROM ${table}`);
      pairs.push({ table, expected, found: row?.n ?? 0 });
    }
    return pairs;
  } finally {
    await session.release();
    await store.close();
  }
}

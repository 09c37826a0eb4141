import type { SourceRow } from '../../src/core/record.ts';
import { type RollbackOutcome, type RollbackRequest, rollbackRun } from '../../src/rollback/rollback-run.ts';
import type { SqlPool } from '../../src/write/session.ts';
import { type Shop, type ShopData, shopData } from '../pipeline/small-shop.ts';

/** Everything a rollback must bring back: rows, crosswalk with who wrote last, references that wait, foreign keys and indexes. */
export async function stateOf(pool: SqlPool): Promise<Readonly<Record<string, string>>> {
  const session = await pool.session();
  const sum = async (rows: string): Promise<string> => {
    const [row] = await session.query<{ sum: string }>(
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' ORDER BY t::text)), '') AS sum FROM (${rows}) t`,
    );
    return row!.sum;
  };
  try {
    return {
      unit: await sum('SELECT * FROM shop.unit'),
      folder: await sum('SELECT * FROM shop.folder'),
      case_file: await sum('SELECT * FROM shop.case_file'),
      crosswalk: await sum('SELECT * FROM m.crosswalk'),
      pending: await sum('SELECT * FROM m.pending_ref'),
      keys: await sum(
        `SELECT conrelid::regclass::text, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'shop'::regnamespace AND contype IN ('p', 'f', 'c')`,
      ),
      watermarks: await sum('SELECT entity_id, scope, run_id, position FROM m.sync_watermark'),
      deferred: await sum('SELECT statement FROM m.deferred_ddl'),
    };
  } finally {
    await session.release();
  }
}

/** The shop a night later: titles changed, a folder and its case new, parents that were missing are there, one case with another folder. */
export function nextNight(size: number): ShopData {
  const { units, folders, cases } = shopData(size);
  const changed = folders.map(
    (row, i): SourceRow => (i % 10 === 1 ? [row[0]!, `${String(row[1])} (zm.)`, ...row.slice(2)] : row),
  );
  const arrived = Array.from(
    { length: size },
    (_, i): SourceRow => [
      size + 1000 + i,
      `Wzór ${i}`,
      '2020-01-01 00:00:00',
      i % 5 === 0 ? size + 1001 + i : null,
      1,
      null,
    ],
  ).filter((_, i) => i % 22 < 12);
  const more = cases.map((row, i): SourceRow => (i % 20 === 2 ? [row[0]!, row[1]!, 5, ...row.slice(3)] : row));
  const fresh = Array.from(
    { length: 40 },
    (_, i): SourceRow => [size + 9000 + i, `OR.130.${i}.2024`, size + 1000 + (i % 12), 2, 2024, `${i}.50`],
  );
  return {
    units: [...units.map((row): SourceRow => (row[0] === 3 ? [3, 'W3 nowa', 5] : row)), [13, 'W13', 3]],
    folders: [...changed, ...arrived],
    cases: [...more, ...fresh],
  };
}

export const rollback = async (
  { ledger, pool }: Shop,
  run: number,
  more: Partial<RollbackRequest> = {},
): Promise<RollbackOutcome> =>
  rollbackRun(
    {
      run: (await ledger.getRun('UM-TEST', run))!,
      known: [],
      force: null,
      chunk: 70,
      contentsRoot: null,
      toolVersion: 'test',
      host: 'here',
      user: 'me',
      ...more,
    },
    { pool, ledger, ledgerSchema: 'm', emit: () => undefined, signal: new AbortController().signal },
  );

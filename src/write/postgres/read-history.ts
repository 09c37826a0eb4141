import type { EntityPlan } from '../../core/plan.ts';
import { uuidBytes } from '../../core/target-id.ts';
import type { SqlSession } from '../session.ts';
import type { RecordHistory } from '../target-reader.ts';
import { lowerHalf } from './id-bounds.ts';
import type { LedgerNames } from './ledger-names.ts';
import { STANDS } from './sync/standing.ts';

interface HistoryRow {
  id: string;
  hash: string | null;
  run: number | null;
  key: string | null;
  reject_run: number | null;
  reasons: readonly { readonly code: string }[] | null;
  left_by: string | null;
}

/** With these (`f`: finding) a sync tells that a record whose source row is gone or rejected stays as it is. */
const STAYS = `(f.code IN ('SOURCE_GONE', 'RECORD_STALE', 'GONE_REFUSED') OR f.code = 'TARGET_CONFLICT' AND f.params ->> 'what' IN ('gone', 'rejected'))`;

/** What the ledger says about records: who wrote them, the newest reject, and why a sync left them alone. */
export async function readHistory(
  session: SqlSession,
  names: LedgerNames,
  entity: EntityPlan,
  wanted: readonly string[],
): Promise<ReadonlyMap<string, RecordHistory>> {
  if (wanted.length === 0) return new Map();
  const bytes = new Uint8Array(wanted.length * 16);
  for (const [i, id] of wanted.entries()) bytes.set(uuidBytes(id), i * 16);
  const rows = await session.query<HistoryRow>(await question(session, names, entity), [{ kind: 'uuid[]', bytes }]);
  return new Map(rows.map((row) => [row.id, historyOf(row)]));
}

function historyOf({ hash, run, key, reject_run, reasons, left_by }: HistoryRow): RecordHistory {
  return {
    written: hash === null || run === null ? null : { hash: BigInt(hash), run },
    rejected: reject_run === null ? null : { run: reject_run, codes: (reasons ?? []).map(({ code }) => code) },
    key,
    left: left_by,
  };
}

async function question(
  session: SqlSession,
  { crosswalk, id, schema }: LedgerNames,
  { name }: EntityPlan,
): Promise<string> {
  const [sync] = await session.query<{ there: boolean }>('SELECT to_regclass($1) IS NOT NULL AS there', [
    `${schema}.sync_frozen`,
  ]);
  const syncs = sync?.there === true;
  // Frozen since the last sync for its unit: from then on the new system alone changes it
  const live = syncs
    ? `CASE WHEN EXISTS (SELECT 1 FROM ${schema}.sync_frozen z WHERE z.entity_id = ${id(name)} AND z.target_id = w.id
         AND coalesce((to_jsonb(z) ->> 'held')::boolean, true)) THEN 'UNIT_LIVE' END`
    : 'NULL';
  // As long as that is so, the record waits for itself
  const stands = syncs
    ? `EXISTS (SELECT 1 FROM ${schema}.sync_waiting s WHERE s.entity_id = ${id(name)} AND s.target_id = h.id AND ${STANDS('s')})`
    : 'false';
  return `SELECT h.id::text AS id, h.hash, h.run, h.key, h.reject_run, h.reasons, coalesce(h.live, h.marked,
       (SELECT f.code FROM ${schema}.finding f WHERE f.entity_id = ${id(name)} AND f.legacy_key = h.told AND ${STAYS} AND f.run_id >= coalesce(h.run, 0)
         AND ${stands} ORDER BY f.run_id DESC, f.code LIMIT 1)) AS left_by
     FROM (SELECT w.id, x.row_hash::text AS hash, x.run_id AS run, coalesce(x.legacy_key, r.legacy_key) AS key, r.run_id AS reject_run, r.reasons,
         coalesce(x.legacy_key, r.legacy_key, (${lowerHalf('w.id')})::text) AS told, ${live} AS live,
         CASE WHEN x.row_hash = 0 THEN 'SOURCE_GONE' END AS marked
       FROM unnest($1::uuid[]) AS w(id) LEFT JOIN ${crosswalk(name)} x ON x.target_id = w.id
       LEFT JOIN LATERAL (SELECT run_id, legacy_key, reasons FROM ${schema}.reject j
         WHERE j.entity_id = ${id(name)} AND j.target_id = w.id ORDER BY j.run_id DESC, j.id DESC LIMIT 1) r ON true) h`;
}

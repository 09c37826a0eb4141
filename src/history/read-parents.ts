import { integerKeyOf } from '../core/target-id.ts';
import type { Place } from '../rollback/read-places.ts';
import { readForeignKeys } from '../rollback/table-facts.ts';
import { quoted } from '../write/postgres/ledger-names.ts';
import type { SqlSession } from '../write/session.ts';
import type { LedgerSubject } from './read-runs-of.ts';
import type { Parent, Row } from './record-history.ts';

/** What the record refers to: filled references, and those that wait for their parent. */
export async function readParents(
  session: SqlSession,
  { s, entityId, targetId }: LedgerSubject,
  { place, places, row }: { readonly place: Place | null; readonly places: readonly Place[]; readonly row: Row | null },
): Promise<readonly Parent[]> {
  if (place === null || row === null) return [];
  const keys = (await readForeignKeys(session)).filter(({ table }) => table === place.table);
  const filled: Parent[] = [];
  for (const { column, parent } of keys) {
    const name = Object.keys(row).find((each) => quoted(each) === column) ?? '';
    const id = row[name];
    if (typeof id !== 'string') continue;
    const owner = await ownerOf(
      session,
      id,
      places.filter(({ table }) => table === parent),
    );
    filled.push({
      column: name,
      entity: owner?.entity ?? parent,
      key: owner?.key ?? String(integerKeyOf(id) ?? id),
      there: true,
    });
  }
  const waiting = await session.query<Parent>(
    `SELECT p.column_name AS column, e.name AS entity, p.parent_key AS key, false AS there FROM ${s}.pending_ref p JOIN ${s}.entity e ON e.id = p.parent_entity_id
     WHERE p.entity_id = $1 AND p.target_id = $2 ORDER BY p.column_name`,
    [entityId, targetId],
  );
  return [...filled, ...waiting];
}

/** Which entity of a table the row with this id belongs to, and its legacy key. */
async function ownerOf(
  session: SqlSession,
  id: string,
  owners: readonly Place[],
): Promise<{ readonly entity: string; readonly key: string } | null> {
  for (const { entity, crosswalk } of owners) {
    const [row] = await session.query<{ key: string | null }>(
      `SELECT legacy_key AS key FROM ${crosswalk} WHERE target_id = $1`,
      [id],
    );
    if (row !== undefined) return { entity, key: row.key ?? String(integerKeyOf(id) ?? id) };
  }
  return null;
}

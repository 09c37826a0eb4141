import type { LegacyKey } from '../core/record.ts';
import { createIdSpace, integerKeyOf } from '../core/target-id.ts';
import type { Place } from '../rollback/read-places.ts';
import type { SqlSession } from '../write/session.ts';
import type { Subject } from './record-history.ts';

/** Where a case sign stands. */
export const SIGN = { entity: 'sprawa', column: 'znak' } as const;

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const isTargetId = (word: string): boolean => UUID.test(word.trim());

/** The legacy key that a word names: an integer where it is one. */
export const keyOfWord = (word: string): LegacyKey =>
  /^(?:0|[1-9]\d{0,15})$/.test(word) && Number.isSafeInteger(Number(word)) ? Number(word) : word;

/** The record of an entity with this legacy key. Computed, so it need not exist. */
export const subjectOfKey = (office: string, entity: string, word: string): Subject => ({
  entity,
  key: word,
  targetId: createIdSpace(office, entity).text(keyOfWord(word)),
});

/** The record with this target id, whose upper half tells the entity; null: of none of these entities. */
export async function subjectOfId(
  session: SqlSession,
  s: string,
  office: string,
  word: string,
  entities: readonly string[],
): Promise<Subject | null> {
  const targetId = word.trim().toLowerCase();
  const entity = entities.find((name) => createIdSpace(office, name).text(0).slice(0, 18) === targetId.slice(0, 18));
  if (entity === undefined) return null;
  const integer = integerKeyOf(targetId);
  if (integer !== null) return { entity, key: String(integer), targetId };
  const [row] = await session.query<{ key: string | null }>(
    `SELECT coalesce(
       (SELECT x.legacy_key FROM ${s}.crosswalk x JOIN ${s}.entity e ON e.id = x.entity_id WHERE e.office = $1 AND e.name = $2 AND x.target_id = $3),
       (SELECT max(u.legacy_key) FROM ${s}.undo u JOIN ${s}.entity e ON e.id = u.entity_id WHERE e.office = $1 AND e.name = $2 AND u.target_id = $3),
       (SELECT max(j.legacy_key) FROM ${s}.reject j JOIN ${s}.entity e ON e.id = j.entity_id WHERE e.office = $1 AND e.name = $2 AND j.target_id = $3)) AS key`,
    [office, entity, targetId],
  );
  return { entity, key: row?.key ?? targetId, targetId };
}

/** Cases with this sign: in the store, deleted ones, and rejected ones whose source row holds it. At most `limit`. */
export async function subjectsOfSign(
  session: SqlSession,
  s: string,
  office: string,
  sign: string,
  place: Place | null,
  limit: number,
): Promise<readonly Subject[]> {
  const ids = new Map<string, string | null>();
  if (place !== null) {
    const rows = await session.query<{ id: string; key: string | null }>(
      `SELECT t.${place.idColumn}::text AS id, x.legacy_key AS key FROM ${place.table} t LEFT JOIN ${place.crosswalk} x ON x.target_id = t.${place.idColumn} WHERE t.${SIGN.column} = $1
       UNION ALL SELECT u.target_id::text, u.legacy_key FROM ${s}.undo u WHERE u.entity_id = ${place.id} AND u.action = 'delete' AND u.old_row ->> '${SIGN.column}' = $1 LIMIT ${limit}`,
      [sign],
    );
    for (const { id, key } of rows) ids.set(id, key);
  }
  const rejected = await session.query<{ id: string; key: string | null }>(
    `SELECT DISTINCT j.target_id::text AS id, j.legacy_key AS key FROM ${s}.reject j JOIN ${s}.entity e ON e.id = j.entity_id
     WHERE e.office = $1 AND e.name = $2 AND j.target_id IS NOT NULL AND position($3 IN j.source) > 0 LIMIT ${limit}`,
    [office, SIGN.entity, JSON.stringify(sign).slice(0, -1)],
  );
  for (const { id, key } of rejected) if (!ids.has(id)) ids.set(id, key);
  return [...ids].slice(0, limit).map(([targetId, key]) => ({
    entity: SIGN.entity,
    key: key ?? String(integerKeyOf(targetId) ?? targetId),
    targetId,
  }));
}

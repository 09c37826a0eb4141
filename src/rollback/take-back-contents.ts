import { CONTENT_ENTITIES } from '../contents/content-finding.ts';
import type { LegacyKey } from '../core/record.ts';
import { createIdSpace } from '../core/target-id.ts';
import { broughtContents } from './content-rows.ts';
import type { Place } from './read-places.ts';
import { asChunk, type RollbackWork } from './rollback-work.ts';
import { keySql } from './touched-rows.ts';

/** What the store says of the bytes of a content. */
const STORE_COLUMNS = ['sha256', 'rozmiar_zmierzony', 'typ_mime', 'przeniesiono'] as const;

/** Takes back what a copy of contents noted: new contents go, replaced ones return. Their files are only marked; they go once this is committed. */
export async function takeBackContents(work: RollbackWork, place: Place | null): Promise<void> {
  const counted = place ?? (await contentEntity(work));
  if (counted === null) return;
  const steps = [restoreContents, forgetContents];
  for (const step of steps) {
    for (;;) {
      const more = await step(work, place, counted);
      work.signal.throwIfAborted();
      if (!more) break;
    }
  }
}

async function contentEntity({ session, s, run }: RollbackWork): Promise<Pick<Place, 'id' | 'entity'> | null> {
  const [row] = await session.query<{ id: number }>(`SELECT id FROM ${s}.entity WHERE office = $1 AND name = $2`, [
    run.office,
    CONTENT_ENTITIES.content,
  ]);
  return row === undefined ? null : { id: row.id, entity: CONTENT_ENTITIES.content };
}

type Counted = Pick<Place, 'id' | 'entity'>;

/** Contents that no earlier run had. Returns whether there may be more. */
async function forgetContents(work: RollbackWork, place: Place | null, counted: Counted): Promise<boolean> {
  const { session, s, run, chunk } = work;
  const rows = await session.query<{ content_id: string }>(
    `SELECT content_id FROM ${s}.content c WHERE c.office = $1 AND ${broughtContents(s, run.id)} LIMIT ${chunk}`,
    [run.office],
  );
  if (rows.length === 0) return false;
  const keys = rows.map(({ content_id }) => content_id);
  await asChunk(work, counted, async () => {
    await deleteContents(work, JSON.stringify(keys));
    if (place !== null) {
      const empty = STORE_COLUMNS.map((column) => `${column} = NULL`).join(', ');
      await session.query(`UPDATE ${place.table} t SET ${empty} WHERE t.${place.idColumn} = ANY($1::uuid[])`, [
        targetIds(run.office, keys),
      ]);
      await markTouched(work, place, keys);
    }
    return { loaded: 0, skipped: keys.length };
  });
  return true;
}

/** Contents that the run replaced. Returns whether there may be more. */
async function restoreContents(work: RollbackWork, place: Place | null, counted: Counted): Promise<boolean> {
  const { session, s, run, by, chunk } = work;
  const rows = await session.query<{ content_id: string }>(
    `SELECT content_id FROM ${s}.content_undo WHERE office = $1 AND run_id = $2 AND undone_by IS NULL ORDER BY content_id LIMIT ${chunk}`,
    [run.office, run.id],
  );
  if (rows.length === 0) return false;
  const keys = rows.map(({ content_id }) => content_id);
  const list = JSON.stringify(keys);
  const here = `u.office = $1 AND u.run_id = ${run.id} AND u.content_id IN (SELECT jsonb_array_elements_text($2::jsonb))`;
  await asChunk(work, counted, async () => {
    await deleteContents(work, list);
    await session.query(
      `INSERT INTO ${s}.content SELECT r.* FROM ${s}.content_undo u CROSS JOIN LATERAL jsonb_populate_record(NULL::${s}.content, u.old_content) r WHERE ${here}`,
      [run.office, list],
    );
    if (place !== null) await restoreStore(work, place, keys, here);
    await session.query(`UPDATE ${s}.content_undo u SET undone_by = ${by} WHERE ${here}`, [run.office, list]);
    return { loaded: keys.length, skipped: 0 };
  });
  return true;
}

async function restoreStore(work: RollbackWork, place: Place, keys: readonly string[], here: string): Promise<void> {
  const { session, s, run } = work;
  const values = STORE_COLUMNS.map((column) => `${column} = r.${column}`).join(', ');
  const types = 'sha256 text, rozmiar_zmierzony bigint, typ_mime text, przeniesiono timestamptz';
  const targets = targetIds(run.office, keys);
  await session.query(
    `WITH ids AS (SELECT k.key, i.id FROM jsonb_array_elements_text($2::jsonb) WITH ORDINALITY AS k (key, n) JOIN unnest($3::uuid[]) WITH ORDINALITY AS i (id, n) USING (n))
     UPDATE ${place.table} t SET ${values} FROM ${s}.content_undo u JOIN ids ON ids.key = u.content_id CROSS JOIN LATERAL jsonb_to_record(u.old_target) AS r (${types})
     WHERE ${here} AND u.old_target IS NOT NULL AND t.${place.idColumn} = ids.id`,
    [run.office, JSON.stringify(keys), targets],
  );
  await markTouched(work, place, keys);
}

/** So that a later rollback does not take what this one wrote for somebody's hand. */
async function markTouched(
  { session, s, run, by }: RollbackWork,
  place: Place,
  keys: readonly string[],
): Promise<void> {
  await session.query(
    `INSERT INTO ${s}.undo (run_id, entity_id, target_id, action, undone_by) SELECT ${by}, ${place.id}, x.target_id, 'update', ${by}
     FROM ${place.crosswalk} x WHERE x.target_id = ANY($1::uuid[]) ON CONFLICT DO NOTHING`,
    [targetIds(run.office, keys)],
  );
}

/** Notes the files of contents that are `gone`, also those of their other places whose bytes differed, which only findings name. `$1`: office. */
const markFiles = (s: string, by: number): string =>
  `INSERT INTO ${s}.content_removal (office, sha256, run_id)
     SELECT DISTINCT $1::text, file, ${by} FROM (SELECT sha256 AS file FROM gone UNION ALL SELECT f -> 'params' ->> 'other' FROM gone, jsonb_array_elements(findings) f) files
     WHERE file ~ '^[0-9a-f]{64}$' ON CONFLICT DO NOTHING`;

/** Removes the rows of contents whose keys stand in a JSON list; their files wait for removal. */
async function deleteContents({ session, s, run, by }: RollbackWork, list: string): Promise<void> {
  await session.query(
    `WITH gone AS (DELETE FROM ${s}.content WHERE office = $1 AND content_id IN (SELECT jsonb_array_elements_text($2::jsonb)) RETURNING sha256, findings)
     ${markFiles(s, by)}`,
    [run.office, list],
  );
}

/** Later copies noted contents of records that go (`--force`): their contents go too. `gone`: something with a column `target_id`. */
export async function dropContents({ session, s, run, by }: RollbackWork, place: Place, gone: string): Promise<void> {
  await session.query(
    `WITH keys AS (SELECT ${keySql('x.target_id', 'x.legacy_key')} AS key FROM ${gone} g JOIN ${place.crosswalk} x USING (target_id)),
     gone AS (DELETE FROM ${s}.content c USING keys WHERE c.office = $1 AND c.content_id = keys.key AND c.run_id > ${run.id} RETURNING c.sha256, c.findings)
     ${markFiles(s, by)}`,
    [run.office],
  );
}

const keyOf = (text: string): LegacyKey =>
  /^(?:0|[1-9]\d{0,15})$/.test(text) && Number.isSafeInteger(Number(text)) ? Number(text) : text;

function targetIds(office: string, keys: readonly string[]): { readonly kind: 'uuid[]'; readonly bytes: Uint8Array } {
  const space = createIdSpace(office, CONTENT_ENTITIES.content);
  const bytes = new Uint8Array(keys.length * 16);
  for (const [index, key] of keys.entries()) space.write(bytes, index * 16, keyOf(key));
  return { kind: 'uuid[]', bytes };
}

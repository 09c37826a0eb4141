import { CONTENT_ENTITIES } from '../contents/content-finding.ts';
import { integerKeyOf } from '../core/target-id.ts';
import type { Place } from '../rollback/read-places.ts';
import type { SqlSession } from '../write/session.ts';
import type { LedgerSubject } from './read-runs-of.ts';
import type { ContentPlaces } from './record-history.ts';

/** Contents that are shown; of a big case there are hundreds. */
const SHOWN = 20;
const NONE: ContentPlaces = { shown: [], count: 0 };

/** Ids of the contents of a record, by its entity: a case has those of the documents in its folder. `$1`: the record's id. */
function contentIds(entity: string, table: (entity: string) => string): string | null {
  const versions = (documents: string): string =>
    `SELECT v.id_tresc AS id FROM ${table('dokument')} d JOIN ${table('dokument_wersja')} v ON v.id = d.id_wersja_aktualna WHERE ${documents}`;
  switch (entity) {
    case 'tresc':
      return 'SELECT $1::uuid AS id';
    case 'dokument_wersja':
      return `SELECT v.id_tresc AS id FROM ${table('dokument_wersja')} v WHERE v.id = $1`;
    case 'dokument':
      return versions('d.id = $1');
    case 'koszulka':
      return versions('d.id_koszulka = $1');
    case 'sprawa':
      return versions(`d.id_koszulka = (SELECT c.id_koszulka FROM ${table('sprawa')} c WHERE c.id = $1)`);
    default:
      return null;
  }
}

/** Where the files of the record lie, as far as its entity has any. */
export async function readContentsOf(
  session: SqlSession,
  { s, office, entity, targetId }: LedgerSubject,
  places: readonly Place[],
): Promise<ContentPlaces> {
  const tables = new Map(places.map((place) => [place.entity, place.table]));
  const needed = ['tresc', 'dokument_wersja', 'dokument', 'koszulka', 'sprawa'];
  const contents = places.find((place) => place.entity === CONTENT_ENTITIES.content);
  if (contents === undefined || !needed.includes(entity) || !needed.every((name) => tables.has(name))) return NONE;
  const ids = contentIds(entity, (name) => tables.get(name)!);
  if (ids === null) return NONE;
  const [total] = await session.query<{ count: number }>(`SELECT count(*)::int4 AS count FROM (${ids}) i`, [targetId]);
  const rows = await session.query<ContentRow>(
    `SELECT t.${contents.idColumn}::text AS id, x.legacy_key AS key, t.nazwa_pliku AS name FROM (${ids}) i JOIN ${contents.table} t ON t.${contents.idColumn} = i.id
     LEFT JOIN ${contents.crosswalk} x ON x.target_id = i.id ORDER BY t.${contents.idColumn} LIMIT ${SHOWN}`,
    [targetId],
  );
  const known = new Map<string, KnownContent>();
  const contentId = ({ id, key }: ContentRow): string => key ?? String(integerKeyOf(id) ?? id);
  const found = await session.query<KnownContent>(
    `SELECT content_id, status, sha256, size::float8 AS size, problem FROM ${s}.content WHERE office = $1 AND content_id IN (SELECT jsonb_array_elements_text($2::jsonb))`,
    [office, JSON.stringify(rows.map(contentId))],
  );
  for (const content of found) known.set(content.content_id, content);
  const shown = rows.map((row) => {
    const { status = 'waiting', sha256 = null, size = null, problem = null } = known.get(contentId(row)) ?? {};
    return { contentId: contentId(row), name: row.name, status, sha256, size, problem };
  });
  return { shown, count: total?.count ?? 0 };
}

interface ContentRow {
  readonly id: string;
  readonly key: string | null;
  readonly name: string | null;
}

interface KnownContent {
  readonly content_id: string;
  readonly status: string;
  readonly sha256: string | null;
  readonly size: number | null;
  readonly problem: string | null;
}

import type { LegacyKey } from '../core/record.ts';
import { integerKeyOf } from '../core/target-id.ts';
import type { ContentItem, ContentPlace } from './content.ts';
import type { JournalSession } from './sql-journal.ts';

export interface StoreItemsOptions {
  /** Schema of the store, unquoted. */
  readonly schema: string;
  /** Zone whose date counts for layouts by date. */
  readonly timezone: string;
  /** Only contents that the journal does not have as stored, or all. */
  readonly page?: number;
}

/** Where the bytes of `dane_w_bazie` contents lie in EZD PUW. */
export const VALUE_COLUMN = { table: 'dbo.ZalacznikiDane', column: 'Dane', keyColumn: 'IdZalacznika' } as const;

interface Row {
  readonly id: string;
  readonly id_zrodla: string | null;
  readonly name: string | null;
  readonly size: string | null;
  readonly hash: string | null;
  readonly in_database: boolean | null;
  readonly sha256: string | null;
  readonly created: string | null;
  readonly document: string | null;
  readonly places: readonly PlaceRow[] | string;
}
interface PlaceRow {
  readonly container: string | null;
  readonly identifier: string | null;
  readonly name: string | null;
}

/**
 * Contents to copy as the loaded store knows them: `tresc` with its places, its date and the document it belongs to (as current version, else as an older
 * version of the same lineage). Notes are not among them: they have a table of their own. Pages by id; may be started again.
 */
export async function* storeItems(session: JournalSession, options: StoreItemsOptions): AsyncGenerator<ContentItem> {
  const sql = itemsSql(`"${options.schema.replaceAll('"', '""')}"`);
  const page = options.page ?? 500;
  for (let after = '00000000-0000-0000-0000-000000000000'; ; ) {
    const rows = await session.query<Row>(sql, [after, page, options.timezone]);
    for (const row of rows) yield toItem(row);
    const last = rows.at(-1);
    if (last === undefined || rows.length < page) return;
    after = last.id;
  }
}

const itemsSql = (s: string): string => `
SELECT t.id::text AS id, t.id_zrodla, t.nazwa_pliku AS name, t.rozmiar::text AS size, t.skrot_zrodla AS hash, t.dane_w_bazie AS in_database, t.sha256,
  (SELECT to_char(v.data_utworzenia AT TIME ZONE $3::text, 'YYYY-MM-DD') FROM ${s}.dokument_wersja v WHERE v.id_tresc = t.id LIMIT 1) AS created,
  coalesce(
    (SELECT d.id::text FROM ${s}.dokument_wersja v JOIN ${s}.dokument d ON d.id_wersja_aktualna = v.id WHERE v.id_tresc = t.id ORDER BY d.id LIMIT 1),
    (SELECT d.id::text FROM ${s}.dokument_wersja v
      JOIN ${s}.dokument_wersja w ON w.id_wersja_pierwotna = coalesce(v.id_wersja_pierwotna, v.id)
      JOIN ${s}.dokument d ON d.id_wersja_aktualna = w.id WHERE v.id_tresc = t.id ORDER BY d.id LIMIT 1)
  ) AS document,
  coalesce((SELECT jsonb_agg(jsonb_build_object('container', l.kontener, 'identifier', l.identyfikator_zawartosci, 'name', l.nazwa_zawartosci) ORDER BY l.id)
    FROM ${s}.tresc_lokalizacja l WHERE l.id_tresc = t.id), '[]'::jsonb) AS places
FROM ${s}.tresc t WHERE t.id > $1::uuid ORDER BY t.id LIMIT $2::int`;

function toItem(row: Row): ContentItem {
  const contentId = row.id_zrodla ?? String(integerKeyOf(row.id) ?? row.id);
  const found = (typeof row.places === 'string' ? JSON.parse(row.places) : row.places) as readonly PlaceRow[];
  const places: ContentPlace[] = found.map((place) => ({
    kind: 'file',
    container: place.container ?? '',
    identifier: place.identifier ?? '',
    name: place.name ?? row.name ?? '',
  }));
  const { table, column } = VALUE_COLUMN;
  if (row.in_database === true) places.push({ kind: 'column', table, column, key: contentId });
  return {
    contentId,
    documentKey: row.document === null ? null : documentKey(row.document),
    name: row.name ?? '',
    expectedSize: row.size === null ? null : Number(row.size),
    legacyHash: row.hash === '' ? null : row.hash,
    created: row.created,
    places,
    noted: row.sha256,
  };
}

/** A document's key is an integer, which its id holds. */
const documentKey = (id: string): LegacyKey => integerKeyOf(id) ?? id;

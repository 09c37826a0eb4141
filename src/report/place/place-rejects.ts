import type { SqlSession } from '../../write/session.ts';
import type { Names } from '../report-store.ts';
import { computedId, idPrefix } from './place-records.ts';

/**
 * Rejected records are not in the store; their source rows still name a folder, a document, a case or a unit of EZD PUW, which are. Columns of the legacy
 * system by their names: a dump with other names leaves its rejects without unit.
 */
const COLUMNS = {
  folder: ['IdPisma'],
  document: ['IdDokumentu'],
  case: ['IdSprawy'],
  unit: ['IdWydzial', 'IdWydzialu', 'IdJednostki'],
  employee: ['IdPracownikaWlasciciela', 'IdProwadzacy'],
  year: ['Rok', 'Rocznik'],
} as const;

/** Tables of the store that these lead to. */
const NEEDED = ['dokument', 'jednostka_wersja', 'pracownik_wersja', 'pracownik'];

/** Adds the rejected records of a run to the temporary table `placed_record`; rows with escapes that PostgreSQL cannot take apart are left out. */
export async function placeRejects(
  session: SqlSession,
  { ezd, ledger }: Names,
  { run, office, tables }: { readonly run: number; readonly office: string; readonly tables: ReadonlySet<string> },
): Promise<void> {
  if (NEEDED.some((table) => !tables.has(table))) return;
  const id = (entity: string, column: string): string => computedId(idPrefix(office, entity), column);
  await session.query(
    `INSERT INTO placed_record (entity_id, legacy_key, folder_id, case_id, unit_id, year, sign)
     SELECT DISTINCT ON (j.entity_id, j.legacy_key) j.entity_id, j.legacy_key,
       coalesce(CASE WHEN j.entity = 'koszulka' THEN ${id('koszulka', 'j.legacy_key')} ELSE ${id('koszulka', 'j.folder')} END, d.id_koszulka),
       ${id('sprawa', 'j.case_key')}, coalesce(u.id_jednostka, e.id_wydzial, e.id_jednostka),
       CASE WHEN j.year ~ '^[12][0-9]{3}$' THEN j.year::int END, j.sign
     FROM (SELECT r.id, r.entity_id, n.name AS entity, r.legacy_key, ${value('folder')} AS folder, ${value('document')} AS document, ${value('case')} AS case_key,
             ${value('unit')} AS unit, ${value('employee')} AS employee, ${value('year')} AS year,
             CASE WHEN n.name = 'sprawa' THEN nullif(trim(r.source::json ->> 'Znak'), '') END AS sign
           FROM ${ledger}.reject r JOIN ${ledger}.entity n ON n.id = r.entity_id
           WHERE r.run_id = $1 AND r.legacy_key IS NOT NULL AND r.source LIKE '{%' AND r.source NOT LIKE '%\\\\u0000%' AND r.source NOT LIKE '%\\\\ud%' OFFSET 0) j
     LEFT JOIN ${ezd}.dokument d ON d.id = ${id('dokument', 'j.document')}
     LEFT JOIN ${ezd}.jednostka_wersja u ON u.id = ${id('jednostka_wersja', 'j.unit')}
     LEFT JOIN ${ezd}.pracownik_wersja v ON v.id = ${id('pracownik_wersja', 'j.employee')}
     LEFT JOIN ${ezd}.pracownik e ON e.id = v.id_pracownik
     WHERE NOT EXISTS (SELECT FROM placed_record p WHERE p.entity_id = j.entity_id AND p.legacy_key = j.legacy_key)
     ORDER BY j.entity_id, j.legacy_key, j.id`,
    [run],
  );
}

/** The first of the columns that holds something, as text. */
const value = (what: keyof typeof COLUMNS): string =>
  `coalesce(${COLUMNS[what].map((column) => `nullif(r.source::json ->> '${column}', '')`).join(', ')})`;

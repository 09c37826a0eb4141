import type { SqlSession } from '../../write/session.ts';
import { PLACE_PATHS } from '../place/place-paths.ts';
import { inTransaction, namesOf, type ReportStore, tablesOf } from '../report-store.ts';

/** Records of one table of the store that belong to a unit; null: to none. */
export interface UnitCount {
  readonly unit: string | null;
  readonly table: string;
  readonly records: number;
}

/** Tables without which no record leads to a unit. */
const NEEDED = ['jednostka', 'koszulka', 'sprawa', 'pracownik', 'stanowisko'];

/**
 * Records of the store by unit and table, as they lead to their unit in reports (docs/reports.md). Set-based: the unit of each folder is found once, then each table
 * is counted in one pass; tables that lead to no unit (address book, dictionaries) count as without unit. null: the store is not there.
 */
export async function countByUnit(store: ReportStore): Promise<readonly UnitCount[] | null> {
  return inTransaction(store, async (session) => {
    const tables = await tablesOf(session, store);
    if (!NEEDED.every((table) => tables.has(table))) return null;
    const { ezd } = namesOf(store);
    await findUnits(session, ezd);
    const counts: UnitCount[] = [];
    for (const table of [...tables].toSorted()) counts.push(...(await countTable(session, ezd, table)));
    return counts;
  });
}

/** Temporary tables: symbol of each unit (its department's), unit of each case, unit of each folder. */
async function findUnits(session: SqlSession, ezd: string): Promise<void> {
  await session.query(`CREATE TEMPORARY TABLE symbol_of ON COMMIT DROP AS
    SELECT u.id, coalesce(nullif(trim(d.symbol), ''), nullif(trim(u.symbol), '')) AS unit FROM ${ezd}.jednostka u LEFT JOIN ${ezd}.jednostka d ON d.id = u.id_wydzial`);
  await session.query(`CREATE TEMPORARY TABLE unit_of_case ON COMMIT DROP AS
    SELECT s.id, s.id_koszulka, s.znak, coalesce(us.unit, nullif(trim(s.symbol_komorki), '')) AS unit FROM ${ezd}.sprawa s LEFT JOIN symbol_of us ON us.id = s.id_jednostka`);
  await session.query(`CREATE TEMPORARY TABLE unit_of_folder ON COMMIT DROP AS
    SELECT k.id, coalesce(c.unit, ul.unit, uw.unit, uo.unit) AS unit FROM ${ezd}.koszulka k
    LEFT JOIN (SELECT DISTINCT ON (id_koszulka) id_koszulka, unit FROM unit_of_case ORDER BY id_koszulka, znak, id) c ON c.id_koszulka = k.id
    LEFT JOIN ${ezd}.stanowisko sl ON sl.id = k.id_stanowisko_prowadzacy
    LEFT JOIN ${ezd}.pracownik w ON w.id = k.id_pracownik_wlasciciel
    LEFT JOIN ${ezd}.stanowisko so ON so.id = k.id_stanowisko_wlasciciel
    LEFT JOIN symbol_of ul ON ul.id = sl.id_jednostka
    LEFT JOIN symbol_of uw ON uw.id = coalesce(w.id_wydzial, w.id_jednostka)
    LEFT JOIN symbol_of uo ON uo.id = so.id_jednostka`);
  for (const table of ['symbol_of', 'unit_of_case', 'unit_of_folder']) await session.query(`ANALYZE ${table}`);
}

function countTable(session: SqlSession, ezd: string, table: string): Promise<UnitCount[]> {
  const { joins = () => '', many = false, ...path } = PLACE_PATHS[table] ?? {};
  const folder = path.folder ?? 'NULL::uuid';
  return session.query<UnitCount>(
    `SELECT coalesce(c.unit, f.unit, u.unit) AS unit, '${table}' AS table, count(*)::float8 AS records
     FROM (SELECT ${many ? 'DISTINCT ON (r.id) ' : ''}${folder} AS folder_id, ${path.case ?? 'NULL::uuid'} AS case_id, ${path.unit ?? 'NULL::uuid'} AS unit_id
           FROM ${ezd}."${table}" r ${joins(ezd)} ${many ? `ORDER BY r.id, ${folder}` : ''}) p
     LEFT JOIN unit_of_case c ON c.id = p.case_id LEFT JOIN unit_of_folder f ON f.id = p.folder_id LEFT JOIN symbol_of u ON u.id = p.unit_id
     GROUP BY 1 ORDER BY coalesce(c.unit, f.unit, u.unit) COLLATE "C"`,
  );
}

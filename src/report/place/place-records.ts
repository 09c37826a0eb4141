import { createIdSpace } from '../../core/target-id.ts';
import type { SqlSession } from '../../write/session.ts';
import type { Names } from '../report-store.ts';
import { PLACE_PATHS, tableOfEntity } from './place-paths.ts';
import { placeRejects } from './place-rejects.ts';

/**
 * Finds case sign, unit and year of every record of a run that has findings, and keeps them in the ledger (`record_place`). Set-based in the database:
 * no record passes through this program. Needs a transaction (temporary tables go with it); may be repeated.
 */
export async function placeRecords(
  session: SqlSession,
  names: Names,
  { run, office, tables }: { readonly run: number; readonly office: string; readonly tables: ReadonlySet<string> },
): Promise<void> {
  const { ledger } = names;
  await session.query(`DELETE FROM ${ledger}.record_place WHERE run_id = $1`, [run]);
  await session.query(PLACING);
  const entities = await session.query<{ id: number; name: string; written: string | null }>(
    `SELECT e.id, e.name, e.target_table AS written FROM ${ledger}.entity e WHERE EXISTS (SELECT FROM ${ledger}.finding f WHERE f.run_id = $1 AND f.entity_id = e.id) ORDER BY e.id`,
    [run],
  );
  for (const { id, name, written } of entities) {
    const table = written !== null && tables.has(written) ? written : tableOfEntity(name, tables);
    if (table === null || PLACE_PATHS[table] === undefined) continue;
    await placeByComputedId(session, names, { run, entity: id, table, prefix: idPrefix(office, name) });
    await placeByCrosswalk(session, names, { run, entity: id, table });
  }
  await placeRejects(session, names, { run, office, tables });
  if (tables.has('koszulka') && tables.has('sprawa')) await leadToCases(session, names, run);
}

/** Records on their way: `sign` is set only where the record itself has it (a rejected case). */
const PLACING = `CREATE TEMPORARY TABLE placed_record (entity_id smallint NOT NULL, legacy_key text NOT NULL, folder_id uuid, case_id uuid, unit_id uuid, year int, sign text) ON COMMIT DROP`;

/** First 16 hexadecimal digits of the ids of an entity. */
export const idPrefix = (office: string, entity: string): string =>
  createIdSpace(office, entity).text(0).replaceAll('-', '').slice(0, 16);

/** Id of an integer legacy key given as text (`core/target-id.ts`): the same for whoever computes it. */
export const computedId = (prefix: string, key: string): string =>
  `CASE WHEN ${key} ~ '^(0|[1-9][0-9]{0,15})$' THEN ('${prefix}' || to_hex((${key})::bigint + (-9223372036854775807 - 1)))::uuid END`;

interface Placing {
  readonly run: number;
  readonly entity: number;
  readonly table: string;
}

const keysOf = (ledger: string): string =>
  `(SELECT DISTINCT legacy_key FROM ${ledger}.finding WHERE run_id = $1 AND entity_id = $2 AND legacy_key IS NOT NULL)`;

/** Integer keys: the id is computed, so no crosswalk is read. */
const placeByComputedId = (
  session: SqlSession,
  { ezd, ledger }: Names,
  { run, entity, table, prefix }: Placing & { readonly prefix: string },
): Promise<unknown> =>
  session.query(
    insertPlaces(
      ezd,
      table,
      `FROM (SELECT legacy_key, ${computedId(prefix, 'legacy_key')} AS id FROM ${keysOf(ledger)} f) k`,
      'k.id',
    ),
    [run, entity],
  );

/** Keys that are text: the crosswalk knows them. An entity has keys of one kind, so one row tells whether it is worth the look. */
async function placeByCrosswalk(
  session: SqlSession,
  { ezd, ledger }: Names,
  { run, entity, table }: Placing,
): Promise<void> {
  const [first] = await session.query<{ text: boolean }>(
    `SELECT legacy_key IS NOT NULL AS text FROM ${ledger}.crosswalk WHERE entity_id = $1 LIMIT 1`,
    [entity],
  );
  if (first?.text !== true) return;
  await session.query(
    insertPlaces(
      ezd,
      table,
      `FROM ${keysOf(ledger)} k JOIN ${ledger}.crosswalk x ON x.entity_id = $2 AND x.legacy_key = k.legacy_key`,
      'x.target_id',
      'WHERE NOT EXISTS (SELECT FROM placed_record p WHERE p.entity_id = $2 AND p.legacy_key = k.legacy_key)',
    ),
    [run, entity],
  );
}

function insertPlaces(ezd: string, table: string, from: string, id: string, where = ''): string {
  const path = PLACE_PATHS[table]!;
  const { joins = () => '', many = false } = path;
  const folder = path.folder ?? 'NULL::uuid';
  return `INSERT INTO placed_record (entity_id, legacy_key, folder_id, case_id, unit_id, year)
    SELECT ${many ? 'DISTINCT ON (k.legacy_key) ' : ''}$2::smallint, k.legacy_key, ${folder}, ${path.case ?? 'NULL::uuid'}, ${path.unit ?? 'NULL::uuid'}, ${path.year ?? 'NULL::int'}
    ${from} JOIN ${ezd}."${table}" r ON r.id = ${id} ${joins(ezd)} ${where}
    ${many ? `ORDER BY k.legacy_key, ${folder}` : ''}`;
}

/** From folders to cases, from both to units and years. A unit is told by its department's symbol, as case signs do. */
async function leadToCases(session: SqlSession, { ezd, ledger }: Names, run: number): Promise<void> {
  await session.query(`CREATE TEMPORARY TABLE case_of_folder ON COMMIT DROP AS SELECT DISTINCT ON (s.id_koszulka) s.id_koszulka AS folder_id, s.id AS case_id
    FROM ${ezd}.sprawa s JOIN (SELECT DISTINCT folder_id FROM placed_record WHERE case_id IS NULL) p ON p.folder_id = s.id_koszulka ORDER BY s.id_koszulka, s.znak, s.id`);
  await session.query(`CREATE TEMPORARY TABLE unit_symbol ON COMMIT DROP AS SELECT u.id, coalesce(nullif(trim(d.symbol), ''), nullif(trim(u.symbol), '')) AS symbol
    FROM ${ezd}.jednostka u LEFT JOIN ${ezd}.jednostka d ON d.id = u.id_wydzial`);
  await session.query('ANALYZE placed_record');
  await session.query('ANALYZE case_of_folder');
  await session.query('ANALYZE unit_symbol');
  await session.query(
    `INSERT INTO ${ledger}.record_place (run_id, entity_id, legacy_key, sign, unit, year)
     SELECT * FROM (
       SELECT $1::int AS run_id, p.entity_id, p.legacy_key, coalesce(s.znak, p.sign) AS sign,
         coalesce(us.symbol, nullif(trim(s.symbol_komorki), ''), up.symbol, ul.symbol, uw.symbol, uo.symbol) AS unit,
         coalesce(s.rok, p.year, k.nas_rok, extract(year FROM k.data_utworzenia)::int) AS year
       FROM placed_record p
       LEFT JOIN case_of_folder c ON c.folder_id = p.folder_id AND p.case_id IS NULL
       LEFT JOIN ${ezd}.sprawa s ON s.id = coalesce(p.case_id, c.case_id)
       LEFT JOIN ${ezd}.koszulka k ON k.id = coalesce(p.folder_id, s.id_koszulka)
       LEFT JOIN ${ezd}.stanowisko sl ON sl.id = k.id_stanowisko_prowadzacy
       LEFT JOIN ${ezd}.pracownik w ON w.id = k.id_pracownik_wlasciciel
       LEFT JOIN ${ezd}.stanowisko so ON so.id = k.id_stanowisko_wlasciciel
       LEFT JOIN unit_symbol us ON us.id = s.id_jednostka
       LEFT JOIN unit_symbol up ON up.id = p.unit_id
       LEFT JOIN unit_symbol ul ON ul.id = sl.id_jednostka
       LEFT JOIN unit_symbol uw ON uw.id = coalesce(w.id_wydzial, w.id_jednostka)
       LEFT JOIN unit_symbol uo ON uo.id = so.id_jednostka) placed
     WHERE sign IS NOT NULL OR unit IS NOT NULL OR year IS NOT NULL`,
    [run],
  );
}

import type { SqlSession } from '../../write/session.ts';
import type { ReportOffice } from '../report-model.ts';
import type { Names } from '../report-store.ts';
import { countContents } from './count-contents.ts';

/** Kinds of documents told one by one. */
const KINDS = 40;

/** Sums of the whole store: what is in the office. A few statements, each one pass over one table. */
export async function countOffice(
  session: SqlSession,
  names: Names,
  { office, tables, now }: { readonly office: string; readonly tables: ReadonlySet<string>; readonly now: Date },
): Promise<ReportOffice> {
  const { ezd } = names;
  const has = (...needed: readonly string[]): boolean => needed.every((table) => tables.has(table));
  return {
    asOf: now.toISOString(),
    cases: has('sprawa', 'jednostka') ? await countCases(session, ezd) : [],
    folders: has('koszulka', 'sprawa') ? await countFolders(session, ezd) : { total: 0, withoutCase: 0 },
    documents: has('dokument', 'rodzaj_dokumentu') ? await countDocuments(session, ezd) : [],
    letters: has('wplyw', 'korespondencja_wychodzaca') ? await countLetters(session, ezd) : [],
    contents: await countContents(session, names, office, has('tresc')),
    units: has('jednostka') ? await listUnits(session, ezd) : [],
  };
}

type Rows<K extends 'cases' | 'documents' | 'letters' | 'units'> = Promise<ReportOffice[K]>;

const countCases = (session: SqlSession, ezd: string): Rows<'cases'> =>
  session.query(`SELECT * FROM (SELECT s.rok AS year, coalesce(nullif(trim(d.symbol), ''), nullif(trim(u.symbol), ''), nullif(trim(s.symbol_komorki), '')) AS unit,
      count(*)::float8 AS cases, (count(*) FILTER (WHERE s.data_zakonczenia IS NOT NULL OR s.stan = 'zakonczona'))::float8 AS closed
    FROM ${ezd}.sprawa s LEFT JOIN ${ezd}.jednostka u ON u.id = s.id_jednostka LEFT JOIN ${ezd}.jednostka d ON d.id = u.id_wydzial
    GROUP BY 1, 2) c ORDER BY year, unit COLLATE "C"`);

async function countFolders(session: SqlSession, ezd: string): Promise<ReportOffice['folders']> {
  const [row] = await session.query<ReportOffice['folders']>(`SELECT count(*)::float8 AS total,
      (count(*) FILTER (WHERE NOT EXISTS (SELECT FROM ${ezd}.sprawa s WHERE s.id_koszulka = k.id)))::float8 AS "withoutCase" FROM ${ezd}.koszulka k`);
  return row ?? { total: 0, withoutCase: 0 };
}

async function countDocuments(session: SqlSession, ezd: string): Rows<'documents'> {
  const kinds = await session.query<ReportOffice['documents'][number]>(
    `SELECT * FROM (SELECT nullif(trim(coalesce(k.nazwa, d.typ)), '') AS kind, count(*)::float8 AS documents
     FROM ${ezd}.dokument d LEFT JOIN ${ezd}.rodzaj_dokumentu k ON k.id = d.id_rodzaj GROUP BY 1) k ORDER BY documents DESC, kind COLLATE "C"`,
  );
  const rest = kinds.slice(KINDS).reduce((sum, { documents }) => sum + documents, 0);
  return rest === 0 ? kinds : [...kinds.slice(0, KINDS), { kind: '*', documents: rest }];
}

const countLetters = (session: SqlSession, ezd: string): Rows<'letters'> =>
  session.query(`SELECT year, sum(incoming)::float8 AS incoming, sum(outgoing)::float8 AS outgoing FROM (
      SELECT rok AS year, count(*) AS incoming, 0 AS outgoing FROM ${ezd}.wplyw GROUP BY 1
      UNION ALL SELECT extract(year FROM data_rejestracji)::int, 0, count(*) FROM ${ezd}.korespondencja_wychodzaca GROUP BY 1) l
    GROUP BY year ORDER BY year`);

/** Departments: what findings and cases are counted by. */
const listUnits = (session: SqlSession, ezd: string): Rows<'units'> =>
  session.query(`SELECT DISTINCT ON (symbol COLLATE "C") trim(symbol) AS symbol, nullif(trim(nazwa), '') AS name FROM ${ezd}.jednostka
    WHERE trim(symbol) <> '' ORDER BY symbol COLLATE "C", aktywna DESC NULLS LAST, id`);

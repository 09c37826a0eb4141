import type { SqlSession } from '../../write/session.ts';
import type { ReportOffice } from '../report-model.ts';
import type { Names } from '../report-store.ts';

type Contents = ReportOffice['contents'];

const KB = 1024;
/** Upper bounds of the size classes, in bytes: 500 MB is what the new system is known to take. */
const BOUNDS = [0, 100 * KB, 1024 * KB, 10 * 1024 * KB, 100 * 1024 * KB, 500 * 1024 * KB] as const;
/** Extensions told one by one. */
const EXTENSIONS = 20;

/** Files that the legacy system names, by size and extension, and how many were copied. */
export async function countContents(
  session: SqlSession,
  { ezd, ledger }: Names,
  office: string,
  there: boolean,
): Promise<Contents> {
  const classes = there ? await sizeClasses(session, ezd) : [];
  const withSize = classes.filter(({ number }) => number !== null);
  const bySize = [...BOUNDS, null].map((upTo, number) => {
    const found = withSize.find((each) => each.number === number);
    return { upTo, files: found?.files ?? 0, bytes: found?.bytes ?? 0 };
  });
  return {
    files: sum(classes, 'files'),
    bytes: sum(withSize, 'bytes'),
    withoutSize: classes.find(({ number }) => number === null)?.files ?? 0,
    bySize,
    byExtension: there ? await extensions(session, ezd) : [],
    copied: await copied(session, ledger, office),
  };
}

const sum = (of: readonly { readonly files: number; readonly bytes: number }[], what: 'files' | 'bytes'): number =>
  of.reduce((total, each) => total + each[what], 0);

/** `number`: which of the classes; null: size unknown. */
const sizeClasses = (
  session: SqlSession,
  ezd: string,
): Promise<{ number: number | null; files: number; bytes: number }[]> =>
  session.query(
    `SELECT CASE ${BOUNDS.map((bound, number) => `WHEN rozmiar <= ${bound} THEN ${number}`).join(' ')} WHEN rozmiar IS NOT NULL THEN ${BOUNDS.length} END AS number,
       count(*)::float8 AS files, coalesce(sum(greatest(rozmiar, 0)), 0)::float8 AS bytes FROM ${ezd}.tresc GROUP BY 1`,
  );

async function extensions(session: SqlSession, ezd: string): Promise<Contents['byExtension']> {
  const all = await session.query<Contents['byExtension'][number]>(
    `SELECT * FROM (SELECT lower(substring(nazwa_pliku FROM '\\.([A-Za-z0-9]{1,16})$')) AS extension, count(*)::float8 AS files, coalesce(sum(greatest(rozmiar, 0)), 0)::float8 AS bytes
     FROM ${ezd}.tresc GROUP BY 1) x ORDER BY files DESC, extension COLLATE "C"`,
  );
  const rest = all.slice(EXTENSIONS);
  if (rest.length === 0) return all;
  return [...all.slice(0, EXTENSIONS), { extension: '*', files: sum(rest, 'files'), bytes: sum(rest, 'bytes') }];
}

async function copied(session: SqlSession, ledger: string, office: string): Promise<Contents['copied']> {
  const [row] = await session.query<{ stored: number; bytes: number; failed: number }>(
    `SELECT (count(*) FILTER (WHERE status = 'stored'))::float8 AS stored, coalesce(sum(size) FILTER (WHERE status = 'stored'), 0)::float8 AS bytes,
       (count(*) FILTER (WHERE status = 'failed'))::float8 AS failed FROM ${ledger}.content WHERE office = $1`,
    [office],
  );
  return row === undefined || row.stored + row.failed === 0 ? null : row;
}

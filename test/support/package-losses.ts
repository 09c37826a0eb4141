import { STORE_TABLES } from '../../src/write/postgres/schema/store-tables.ts';
import { compareTables, type StoreRow, type TableComparison } from './compare-tables.ts';

/** Runs one query on a loaded store. */
export type Query = (sql: string) => Promise<StoreRow[]>;

const PERSON = `lower(concat_ws('|', a.imie, a.nazwisko, CASE WHEN a.nazwisko IS NULL THEN a.nazwa END, a.pesel, a.nip, a.regon))`;

/** Tables that packages fill, with what makes a row of both loads the same record (`_key`). */
const SHARED: Readonly<Record<string, string>> = {
  koszulka: `SELECT t.*, coalesce(s.znak, t.id::text) AS _key FROM ezd.koszulka t LEFT JOIN ezd.sprawa s ON s.id_koszulka = t.id`,
  sprawa: 'SELECT t.*, t.znak AS _key FROM ezd.sprawa t',
  dokument: 'SELECT t.*, t.id::text AS _key FROM ezd.dokument t',
  dokument_wersja: 'SELECT t.*, t.id::text AS _key FROM ezd.dokument_wersja t',
  tresc: 'SELECT t.*, t.id::text AS _key FROM ezd.tresc t',
  adresat: `SELECT t.*, ${PERSON.replaceAll('a.', 't.')} AS _key FROM ezd.adresat t`,
  adresat_adres: `SELECT t.*, lower(concat_ws('|', ${PERSON}, t.miejscowosc, t.ulica, t.numer_budynku, t.numer_lokalu, t.kod_pocztowy)) AS _key FROM ezd.adresat_adres t JOIN ezd.adresat a ON a.id = t.id_adresat`,
  adresat_email: `SELECT t.*, lower(concat_ws('|', ${PERSON}, t.adres)) AS _key FROM ezd.adresat_email t JOIN ezd.adresat a ON a.id = t.id_adresat`,
  adresat_epuap: `SELECT t.*, lower(concat_ws('|', ${PERSON}, t.skrytka)) AS _key FROM ezd.adresat_epuap t JOIN ezd.adresat a ON a.id = t.id_adresat`,
  adresat_edoreczenia: `SELECT t.*, lower(concat_ws('|', ${PERSON}, t.ade)) AS _key FROM ezd.adresat_edoreczenia t JOIN ezd.adresat a ON a.id = t.id_adresat`,
};

/** Filled otherwise on purpose: where the bytes lie, and who takes part. */
const OTHERWISE: Readonly<Record<string, string>> = {
  tresc_lokalizacja: 'the place of a file is its package and path, instead of a container of the repository',
  uczestnik:
    'senders and recipients of documents (role nadawca, odbiorca), instead of the parties that the office wrote into the case',
};

/** Keys that are computed from what only one of the two knows; whether records meet is what `_key` tells. */
const KEYS = new Set(['_key', 'id_zrodla', 'id_adresat', 'id_adres']);

/** What is there, but not as in the database, and why. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  'koszulka.id': 'of a case without documents: nothing in a package names its folder',
  'koszulka.stan': 'a package always gives the case an end date, so that an open case looks finished',
  'koszulka.zakonczona': 'as `stan`',
  'koszulka.data_zakonczenia': 'the end date of the case, a day without a time',
  'sprawa.id': 'made of the case sign, since packages do not carry SpisSpraw.Id',
  'sprawa.id_koszulka': 'of a case without documents',
  'sprawa.stan': 'a package always gives the case an end date, so that an open case looks finished',
  'sprawa.data_rejestracji': 'the begin date of the case, a day without a time',
  'sprawa.data_zakonczenia': 'a day without a time',
  'dokument.typ': 'the word of the package (Załącznik, Notatka), not the type of EZD PUW',
  'dokument.tytul': 'EZD PUW writes the file name as title',
  'dokument.data_dokumentu':
    'taken from EZD.PUW.DataNaPismie, which is a whole day also where the letter names a month or a year',
  'dokument.data_dokumentu_dokladnosc': 'as data_dokumentu',
  'dokument.data_dokumentu_tekst': 'as data_dokumentu',
  'dokument.data_utworzenia': 'the day on which the file was made',
  'dokument.data_nadania': 'a day without a time',
  'dokument.dostep_zrodla': 'the word of the package (metadane, wszystko, niedostepne)',
  'adresat.id': 'made of name and numbers, since packages do not carry Adresaci.Id',
  'adresat_adres.id': 'as adresat.id',
  'adresat_email.id': 'as adresat.id',
  'adresat_epuap.id': 'as adresat.id',
  'adresat_edoreczenia.id': 'as adresat.id',
  'tresc.przeniesiono': 'the moment of copying',
};

/** Compares an office loaded from its database with the same office loaded from its packages, table by table. */
export async function packageLosses(base: Query, packages: Query): Promise<readonly TableComparison[]> {
  const comparisons: TableComparison[] = [];
  for (const [table, sql] of Object.entries(SHARED)) {
    const [first, second] = [await base(`${sql} ORDER BY t.id`), await packages(`${sql} ORDER BY t.id`)];
    const compared = compareTables(table, first, second, (row) => String(row['_key']));
    comparisons.push({ ...compared, columns: compared.columns.filter(({ column }) => !KEYS.has(column)) });
  }
  return comparisons;
}

/** `table.column` of what differs without a reason written above: a loss nobody has looked at. */
export const unexplained = (losses: readonly TableComparison[]): readonly string[] =>
  losses
    .flatMap(({ table, columns }) => columns.filter(({ other }) => other > 0).map(({ column }) => `${table}.${column}`))
    .filter((name) => DIFFERENCES[name] === undefined);

/** The page docs/sources/package-losses.md. */
export async function lossesPage(losses: readonly TableComparison[], base: Query): Promise<string> {
  const parts = losses.map(section);
  const whole: string[] = [];
  for (const { name, comment } of STORE_TABLES) {
    if (name in SHARED || name in OTHERWISE) continue;
    const [row] = await base(`SELECT count(*)::int4 AS count FROM ezd."${name}"`);
    const count = Number(row?.['count']);
    if (count > 0) whole.push(`- \`${name}\` (${count}): ${comment.replace(/\s*[[;].*$/s, '')}`);
  }
  return [
    '# What packages cannot hold',
    '',
    'Generated by a test: a made-up office of 25 cases, loaded once from its database and once from the packages that it exports in the manner of EZD PUW. Everything that is',
    'not named here is the same in both. Numbers are rows. Load from the database where you can; packages are for offices that cannot, and for proof.',
    '',
    '## Tables filled by both',
    '',
    ...parts,
    '## Filled otherwise',
    '',
    ...Object.entries(OTHERWISE).map(([table, why]) => `- \`${table}\`: ${why}`),
    '',
    '## Tables that stay empty',
    '',
    ...whole,
    '',
  ].join('\n');
}

function section({ table, rows, columns }: TableComparison): string {
  const list = (chosen: readonly string[]): string => chosen.map((column) => `\`${column}\``).join(', ') || '–';
  const kept = columns.filter(({ filled, same }) => filled === same).map(({ column }) => column);
  const lost = columns.filter(({ other, absent }) => other === 0 && absent > 0);
  const differing = columns.filter(({ other }) => other > 0);
  return [
    `### ${table}`,
    '',
    `${rows.first} from the database, ${rows.second} from packages, ${rows.both} in both.${rows.first === rows.both ? '' : ` ${MISSING_ROWS[table] ?? ''}`}`,
    '',
    `- the same: ${list(kept)}`,
    `- not in a package: ${lost.map(({ column, filled, absent }) => `\`${column}\`${absent === filled ? '' : ` (${absent} of ${filled})`}`).join(', ') || '–'}`,
    ...differing.map(
      ({ column, other, filled }) =>
        `- \`${column}\` differs (${other} of ${filled}): ${DIFFERENCES[`${table}.${column}`] ?? ''}`,
    ),
    '',
  ].join('\n');
}

/** Why rows of the database are in no package. */
const MISSING_ROWS: Readonly<Record<string, string>> = {
  koszulka: 'Folders without a case are not exported.',
  dokument: 'Notes, deleted documents and documents of folders without a case are not exported.',
  dokument_wersja: 'Working versions are not exported.',
  tresc: 'Files of working versions, notes and receipts are not exported.',
  adresat: 'People who neither wrote nor received a document of a case are not in its package.',
  adresat_adres: 'As people; and only the address of the letter.',
  adresat_email: 'As people.',
  adresat_epuap: 'As people.',
  adresat_edoreczenia: 'As people.',
};

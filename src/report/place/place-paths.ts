/**
 * How a record of a table of the store leads to its case, unit and year: SQL over `r` (the record) and `s` (the store's schema, quoted).
 * What is not said is NULL: the folder leads to its case, the case to its unit and year (`place-records.ts`).
 */
export interface PlacePath {
  /** Joins that follow `FROM … r`. */
  readonly joins?: (s: string) => string;
  /** Id of the folder (koszulka), of the case, of the unit; the year of the record itself. */
  readonly folder?: string;
  readonly case?: string;
  readonly unit?: string;
  readonly year?: string;
  /** A record may lead to several folders (a file that two documents share): the first counts. */
  readonly many?: boolean;
}

const yearOf = (column: string): string => `extract(year FROM ${column})::int`;
const ofFolder: PlacePath = { folder: 'r.id_koszulka' };
const ofDocument: PlacePath = {
  joins: (s) => `LEFT JOIN ${s}.dokument d ON d.id = r.id_dokument`,
  folder: 'd.id_koszulka',
};
const ofLetterOut: PlacePath = {
  joins: (s) => `LEFT JOIN ${s}.korespondencja_wychodzaca o ON o.id = r.id_korespondencja`,
  folder: 'o.id_koszulka',
};

/** Documents whose current file is a version of the same file as `v`. */
const documentOfVersion = (s: string): string =>
  `LEFT JOIN ${s}.dokument_wersja c ON coalesce(c.id_wersja_pierwotna, c.id) = coalesce(v.id_wersja_pierwotna, v.id) LEFT JOIN ${s}.dokument d ON d.id_wersja_aktualna = c.id`;

/** Paths by table. Tables that are not here (address book, dictionaries, roles) belong to no unit. */
export const PLACE_PATHS: Readonly<Record<string, PlacePath>> = {
  koszulka: { folder: 'r.id' },
  sprawa: { case: 'r.id' },
  koszulka_atrybut: ofFolder,
  uczestnik: { ...ofFolder, case: 'r.id_sprawa' },
  dekretacja: ofFolder,
  czynnosc_metryki: ofFolder,
  powiazanie: ofFolder,
  udostepnienie: ofFolder,
  notatka: ofFolder,
  wplyw: { ...ofFolder, year: 'r.rok' },
  wplyw_epuap: ofFolder,
  korespondencja_wychodzaca: { ...ofFolder, year: yearOf('r.data_rejestracji') },
  korespondencja_zawartosc: ofLetterOut,
  korespondencja_epuap: ofLetterOut,
  dokument: { ...ofFolder, year: yearOf('r.data_utworzenia') },
  dokument_atrybut: ofDocument,
  akceptacja: ofDocument,
  podpis: ofDocument,
  oznaczenie: ofDocument,
  sklad_chronologiczny: { ...ofDocument, year: 'r.rok' },
  dokument_wersja: {
    joins: (s) => `JOIN ${s}.dokument_wersja v ON v.id = r.id ${documentOfVersion(s)}`,
    folder: 'd.id_koszulka',
    year: yearOf('r.data_utworzenia'),
    many: true,
  },
  tresc: {
    joins: (s) => `LEFT JOIN ${s}.dokument_wersja v ON v.id_tresc = r.id ${documentOfVersion(s)}`,
    folder: 'd.id_koszulka',
    many: true,
  },
  tresc_lokalizacja: {
    joins: (s) => `LEFT JOIN ${s}.dokument_wersja v ON v.id_tresc = r.id_tresc ${documentOfVersion(s)}`,
    folder: 'd.id_koszulka',
    many: true,
  },
  edoreczenia_wiadomosc: {
    joins: (s) =>
      `LEFT JOIN ${s}.wplyw w ON w.id = r.id_wplyw LEFT JOIN ${s}.korespondencja_wychodzaca o ON o.id = r.id_korespondencja`,
    folder: 'coalesce(w.id_koszulka, o.id_koszulka)',
  },
  edoreczenia_zalacznik: {
    joins: (s) =>
      `LEFT JOIN ${s}.dokument d ON d.id = r.id_dokument LEFT JOIN ${s}.edoreczenia_wiadomosc e ON e.id = r.id_wiadomosc LEFT JOIN ${s}.wplyw w ON w.id = e.id_wplyw LEFT JOIN ${s}.korespondencja_wychodzaca o ON o.id = e.id_korespondencja`,
    folder: 'coalesce(d.id_koszulka, w.id_koszulka, o.id_koszulka)',
  },
  poswiadczenie: {
    joins: (s) =>
      `LEFT JOIN ${s}.dokument d ON d.id = r.id_dokument LEFT JOIN ${s}.korespondencja_wychodzaca o ON o.id = r.id_korespondencja LEFT JOIN ${s}.wplyw_epuap w ON w.id = r.id_wplyw_epuap`,
    folder: 'coalesce(d.id_koszulka, o.id_koszulka, w.id_koszulka)',
  },
  jednostka: { unit: 'r.id' },
  jednostka_wersja: { unit: 'r.id_jednostka' },
  pracownik: { unit: 'coalesce(r.id_wydzial, r.id_jednostka)' },
  pracownik_wersja: {
    joins: (s) => `LEFT JOIN ${s}.pracownik p ON p.id = r.id_pracownik`,
    unit: 'coalesce(p.id_wydzial, p.id_jednostka)',
  },
  stanowisko: { unit: 'r.id_jednostka' },
  stanowisko_wersja: {
    joins: (s) => `LEFT JOIN ${s}.stanowisko p ON p.id = r.id_stanowisko`,
    unit: 'p.id_jednostka',
  },
  stanowisko_rola: {
    joins: (s) => `LEFT JOIN ${s}.stanowisko p ON p.id = r.id_stanowisko`,
    unit: 'p.id_jednostka',
  },
  klasa_jrwa: { unit: 'r.id_jednostka', year: 'r.rok' },
  wykaz_akt: { year: 'r.rok' },
};

/** Table of an entity that the ledger has not seen written (all of it rejected): the one of its name, else the longest whose name begins it (`poswiadczenie_upo` → `poswiadczenie`); null: none of ours. */
export function tableOfEntity(entity: string, tables: ReadonlySet<string>): string | null {
  const name = entity.replaceAll('-', '_');
  if (tables.has(name)) return name;
  const longer = [...tables].filter((table) => name.startsWith(`${table}_`));
  return longer.toSorted((a, b) => b.length - a.length)[0] ?? null;
}

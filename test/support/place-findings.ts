import { readTable } from '../../fixtures/office/read-office.ts';

/**
 * Whether a record without its parent stays out (PARENT_MISSING) or is loaded without the reference (REF_MISSING) is a choice of the mapping, not of the
 * data: a case is not kept out because an employee is missing. The defect is the same.
 */
export function referenceFaults<Entry extends { readonly kind?: string; readonly code?: string }>(entry: Entry): Entry {
  const change = (word: string | undefined): string | undefined =>
    word !== undefined && REFERENCE.has(word) ? 'REFERENCE' : word;
  return {
    ...entry,
    ...(entry.kind === undefined ? {} : { kind: change(entry.kind) }),
    ...(entry.code === undefined ? {} : { code: change(entry.code) }),
  };
}
const REFERENCE = new Set(['PARENT_MISSING', 'PARENT_REJECTED', 'REF_MISSING']);

/** Row versions are one record a lineage: a defect of a version may show up on its head. */
export function placeOf(office: string): (table: string, key: string | null) => string {
  const columns = {
    Adresaci: ['Id', 'AdresatOrginalId'],
    Jednostki: ['ID', 'IdOrginal'],
    Pracownicy: ['ID', 'IdOryginal'],
    Stanowiska: ['Id', 'IdOrginal'],
  } as const;
  const heads = new Map<string, string>();
  for (const [table, [id, head]] of Object.entries(columns)) {
    for (const row of readTable(office, table))
      if (row[id] && row[head] && row[head] !== '0') heads.set(`${table} ${row[id]}`, row[head]);
  }
  return (table, key) => `${table} ${heads.get(`${table} ${key}`) ?? key ?? '–'}`;
}

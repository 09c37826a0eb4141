import type { OfficeRow } from '../../fixtures/office/read-office.ts';
import { legacyTables } from '../../fixtures/schema.ts';

/** A finding of this check, named as in `defects.json`. */
export interface LegacyFinding {
  readonly table: string;
  readonly key: string | null;
  readonly kind: 'KEY_MISSING' | 'KEY_DUPLICATE' | 'PARENT_MISSING' | 'PARENT_REJECTED' | 'REF_MISSING';
}

interface Reference {
  readonly table: string;
  readonly column: string;
  readonly required: boolean;
  /** Table that the row's reference names. */
  readonly target: (row: OfficeRow) => string;
}

interface Entry {
  readonly row: OfficeRow;
  readonly key: string | null;
  rejected: boolean;
}

/**
 * Keys and references of an office in memory, checked from the rows alone and independently of the program: the yardstick for what
 * `defects.json` says of them. Rejections spread through required references until nothing changes.
 */
export function checkKeysAndReferences(office: ReadonlyMap<string, readonly OfficeRow[]>): LegacyFinding[] {
  const findings: LegacyFinding[] = [];
  const entries = new Map<string, Entry[]>();
  const index = new Map<string, Map<string, Entry>>();
  for (const { name, primaryKey } of legacyTables()) {
    const known = new Map<string, Entry>();
    const list = (office.get(name) ?? []).map((row) => enter(row, primaryKey, known, name, findings));
    entries.set(name, list);
    index.set(name, known);
  }
  const find = (table: string, key: string): Entry | undefined => index.get(table)?.get(key);
  while (spread(entries, find, findings));
  loseOptional(entries, find, findings);
  return findings;
}

function enter(
  row: OfficeRow,
  primaryKey: readonly string[],
  known: Map<string, Entry>,
  table: string,
  findings: LegacyFinding[],
): Entry {
  const parts = primaryKey.map((column) => row[column]);
  const key = parts.includes(null) || parts.includes(undefined) ? null : parts.join('|');
  const entry: Entry = { row, key, rejected: key === null || known.has(key) };
  if (entry.rejected) findings.push({ table, key, kind: key === null ? 'KEY_MISSING' : 'KEY_DUPLICATE' });
  else if (key !== null) known.set(key, entry);
  return entry;
}

type Find = (table: string, key: string) => Entry | undefined;

/** One round of rejections; true when there was one. */
function spread(entries: ReadonlyMap<string, Entry[]>, find: Find, findings: LegacyFinding[]): boolean {
  let changed = false;
  for (const { entry, parent, reference } of pointers(entries, find)) {
    if (!reference.required || entry.rejected || parent?.rejected === false) continue;
    entry.rejected = true;
    changed = true;
    const kind = parent === undefined ? 'PARENT_MISSING' : 'PARENT_REJECTED';
    findings.push({ table: reference.table, key: entry.key, kind });
  }
  return changed;
}

function loseOptional(entries: ReadonlyMap<string, Entry[]>, find: Find, findings: LegacyFinding[]): void {
  for (const { entry, parent, reference } of pointers(entries, find)) {
    if (reference.required || entry.rejected || parent?.rejected === false) continue;
    const kind = parent === undefined ? 'REF_MISSING' : 'PARENT_REJECTED';
    findings.push({ table: reference.table, key: entry.key, kind });
  }
}

function* pointers(
  entries: ReadonlyMap<string, Entry[]>,
  find: Find,
): Generator<{ entry: Entry; parent: Entry | undefined; reference: Reference }> {
  for (const reference of REFERENCES) {
    for (const entry of entries.get(reference.table) ?? []) {
      const value = entry.row[reference.column];
      if (value === null || value === undefined) continue;
      yield { entry, parent: find(reference.target(entry.row), value), reference };
    }
  }
}

const REFERENCES: readonly Reference[] = [
  ...legacyTables().flatMap((table) =>
    table.foreignKeys.map((key) => {
      const column = key.columns[0] ?? '';
      const required = table.columns.some((candidate) => candidate.name === column && !candidate.nullable);
      return { table: table.name, column, required, target: () => key.references.table };
    }),
  ),
  undeclared('Dokument', 'IdZawartosci', (row) => (row['TypDokumentu'] === '2' ? 'Notatki' : 'Zalaczniki')),
  undeclared('Dokument', 'IdWplywu', () => 'RejestrWplywow'),
  undeclared('DokumentAkceptacje', 'IdZawartosci', () => 'Zalaczniki'),
  undeclared('Pracownicy', 'IdStanowiska', () => 'Stanowiska'),
];

function undeclared(table: string, column: string, target: Reference['target']): Reference {
  return { table, column, required: false, target };
}

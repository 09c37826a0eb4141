import type { SourceCatalogue, SourceTable } from '../core/catalogue.ts';
import type { ColumnFacts } from './column/column-profiler.ts';
import { createWordSieve, type WordSieve } from './column/word-sieve.ts';
import { measuredType } from './measured-type.ts';
import type { Picture, ReferencePicture, TablePicture } from './picture.ts';
import { MOST_CODES, pictureColumn } from './picture-column.ts';
import { profileTable, type TableProfile, unreadTable } from './profile-table.ts';
import type { TableReader } from './read-table.ts';
import { findReferences, MAY_REFER } from './references/find-references.ts';
import { lookIn } from './references/look-in.ts';
import { createKeyRing, keysOf } from './references/table-keys.ts';

export interface InspectOptions extends Omit<TableReader, 'onRows' | 'catalogue'> {
  /** Tables to read, by name as in the catalogue; null: all but views. */
  readonly tables: readonly string[] | null;
  /** Name and version of the program. */
  readonly by: string;
  readonly now: () => number;
  readonly onProgress: (progress: InspectProgress) => void;
}

/** How far it is. */
export interface InspectProgress {
  readonly table: string;
  /** Number of the table, from 1, and how many there are. */
  readonly number: number;
  readonly of: number;
  /** Rows passed of this table, and rows it should have. */
  readonly rows: number;
  readonly expected: number | null;
  /** Share of all the work; null: sizes are not known. */
  readonly share: number | null;
}

/** Draws the picture of a source: reads every table once, then compares what was seen. Throws EzdError of the source, and INTERRUPTED. */
export async function drawPicture(options: InspectOptions): Promise<Picture> {
  const begun = options.now();
  const catalogue = await options.source.catalogue();
  const names = createWordSieve();
  const ring = createKeyRing(catalogue.tables.map(({ name }) => name));
  const profiles: TableProfile[] = [];
  for await (const profile of profileTables(options, catalogue, names)) {
    ring.add(profile);
    profiles.push(slim(profile));
  }
  const look = lookIn({ ...options, catalogue, onRows: () => undefined });
  const references = await findReferences(profiles, ring.keys, look);
  return {
    format: 1,
    drawn: { at: new Date(begun).toISOString(), by: options.by, milliseconds: options.now() - begun },
    source: { kind: options.source.kind, database: catalogue.database ?? null },
    sample: options.sample,
    tables: profiles.map((profile) => pictureTable(profile, names, references)),
    references,
  };
}

async function* profileTables(
  options: InspectOptions,
  catalogue: SourceCatalogue,
  names: WordSieve,
): AsyncGenerator<TableProfile> {
  const { tables } = options;
  const wanted = new Set(tables?.map((name) => name.toLowerCase()));
  const chosen = catalogue.tables.filter(({ name }) => tables === null || wanted.has(name.toLowerCase()));
  const works = chosen.map((table) => workOf(table, options.sample));
  const all = works.reduce((sum, work) => sum + work, 0);
  let before = 0;
  for (const [index, table] of chosen.entries()) {
    const expected = table.rows?.count ?? null;
    const tell = (rows: number): void => {
      const part =
        expected === null || expected === 0 ? 0 : Math.min(1, rows / Math.min(expected, options.sample ?? expected));
      const share = all === 0 ? null : (before + part * works[index]!) / all;
      options.onProgress({ table: table.name, number: index + 1, of: chosen.length, rows, expected, share });
    };
    tell(0);
    const skipped = table.design?.kind === 'view' && tables === null;
    if (skipped) yield unreadTable(table, 'view');
    else yield await profileTable({ ...options, catalogue, onRows: tell }, table, names);
    before += works[index]!;
  }
}

/** Values to be read, for the share of work done. */
const workOf = ({ rows, columns }: SourceTable, sample: number | null): number =>
  Math.min(rows?.count ?? 0, sample ?? Number.POSITIVE_INFINITY) * columns.length + columns.length;

/** Without what nobody asks for again once the table is read, so that memory does not grow with the number of tables. */
function slim(profile: TableProfile): TableProfile {
  return { ...profile, columns: profile.columns.map((each) => ({ ...each, facts: slimFacts(each.facts) })) };
}

function slimFacts(facts: ColumnFacts | null): ColumnFacts | null {
  if (facts === null) return null;
  const { key, counts, sample } = facts;
  const { type } = measuredType(facts);
  return {
    ...facts,
    key: key === null ? null : { ...key, hashes: new Float64Array(0) },
    counts: counts === null || counts.size > MOST_CODES ? null : counts,
    sample: MAY_REFER.includes(type) ? sample : new Map(),
  };
}

function pictureTable(profile: TableProfile, names: WordSieve, references: readonly ReferencePicture[]): TablePicture {
  const { table, read } = profile;
  const refers = (column: string): boolean =>
    references.some(
      ({ from, confidence }) => from.table === table.name && from.column === column && confidence !== 'low',
    );
  return {
    name: table.name,
    kind: table.design?.kind ?? 'table',
    rows: read.counted === null ? table.rows : { count: read.counted, exact: true },
    bytes: table.bytes,
    read: read.read,
    primaryKey: table.primaryKey,
    keys: keysOf(profile),
    columns: profile.columns.map((each) => pictureColumn(each, names, refers(each.column.name))),
    design: table.design ?? null,
  };
}

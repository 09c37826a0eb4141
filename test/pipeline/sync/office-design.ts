import type { SourceRow } from '../../../src/core/record.ts';
import type { MemoryTable } from '../../../src/sources/memory/memory-source.ts';
import type { ShopDesign } from '../small-shop.ts';

/** Units, one a lineage, in a tree; each has a boss, who is of a unit. Bosses who are gone are marked, or go, as the test wishes. */
export const officeDesign = (gone: string): ShopDesign => ({
  ddl: `CREATE SCHEMA shop;
CREATE TABLE shop.unit (id uuid PRIMARY KEY, symbol text NOT NULL, id_parent uuid REFERENCES shop.unit, id_boss uuid);
CREATE TABLE shop.worker (id uuid PRIMARY KEY, name text NOT NULL, id_unit uuid REFERENCES shop.unit, gone timestamptz);
ALTER TABLE shop.unit ADD FOREIGN KEY (id_boss) REFERENCES shop.worker;`,
  mappings: {
    'unit.yaml': `entity: unit
from: { table: dbo.Units, key: Id, fold: { head: IdFirst }, changes: { rowversion: Version } }
to: { table: shop.unit }
fields:
  symbol: Symbol
  id_parent: { ref: unit, of: IdParent, late: true }
  id_boss: { ref: worker, of: IdBoss, late: true }
`,
    'worker.yaml': `entity: worker
from: { table: dbo.Workers, key: Id, changes: { rowversion: Version }, gone: ${gone} }
to: { table: shop.worker }
fields:
  name: Name
  id_unit: { ref: unit, of: IdUnit }
`,
  },
  source: officeTables({ units: [], workers: [] }),
  tables: ['shop.unit', 'shop.worker'],
});

export interface OfficeData {
  /** Id, IdFirst, Symbol, IdParent, IdBoss, Version. */
  readonly units: readonly SourceRow[];
  /** Id, Name, IdUnit, Version. */
  readonly workers: readonly SourceRow[];
}

export function officeTables({ units, workers }: OfficeData): readonly MemoryTable[] {
  return [
    {
      name: 'dbo.Units',
      columns: ['Id', 'IdFirst', 'Symbol', 'IdParent', 'IdBoss', 'Version'],
      primaryKey: ['Id'],
      rows: units,
    },
    { name: 'dbo.Workers', columns: ['Id', 'Name', 'IdUnit', 'Version'], primaryKey: ['Id'], rows: workers },
  ];
}

/** Unit 3 is a later version of unit 2; the boss of each unit works in it. */
export const OFFICE: OfficeData = {
  units: [
    [1, null, 'A', null, 11, 1],
    [2, null, 'B', 1, 12, 2],
    [3, 2, 'B2', 1, 12, 3],
    [4, null, 'C', 3, 13, 4],
    [5, null, 'D', 1, 11, 5],
  ],
  workers: [
    [11, 'Żaneta', 1, 6],
    [12, 'Łucja', 2, 7],
    [13, 'Świętosława', 4, 8],
  ],
};

export const without = (rows: OfficeData['units'], key: number): OfficeData['units'] =>
  rows.filter((row) => row[0] !== key);
/** A row comes back as rows do: with a new version, which is the last column. */
export const comesBack = (rows: OfficeData['units'], key: number): OfficeData['units'] =>
  rows.map((row) => (row[0] === key ? [...row.slice(0, -1), 20] : row));

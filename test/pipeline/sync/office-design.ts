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

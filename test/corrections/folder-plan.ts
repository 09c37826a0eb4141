import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TargetCatalogue } from '../../src/core/catalogue.ts';
import type { Plan } from '../../src/core/plan.ts';
import type { SourceRow } from '../../src/core/record.ts';
import { compilePlan } from '../../src/mapping/compile-plan.ts';
import { createMemorySource } from '../../src/sources/memory/memory-source.ts';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';

const FOLDER = `entity: folder
from: { table: dbo.Folders, key: Id, where: { Deleted: null }, whereReason: deleted }
to: { table: shop.folder }
fields:
  title: { of: Title, do: [trim], required: true }
  created: { of: Created, do: [localTime] }
  unit: IdUnit
  label: { template: '{Title}/{IdUnit}' }
`;

const VERSION = `entity: version
from: { table: dbo.Versions, key: Id, fold: { head: IdHead, live: Live } }
to: { table: shop.version }
fields:
  name: Name
`;

const PAGE = `entity: page
from: { table: dbo.Pages, key: [IdFolder, No] }
to: { table: shop.page }
fields:
  text: Text
`;

const column = (name: string, type: 'uuid' | 'text' | 'int4' | 'timestamptz', nullable = true) => ({
  name,
  type,
  nativeType: type,
  nullable,
  hasDefault: false,
});
const table = (name: string, ...columns: readonly ReturnType<typeof column>[]) => ({
  schema: 'shop',
  name,
  columns: [column('id', 'uuid', false), ...columns],
  primaryKey: ['id'],
  foreignKeys: [],
});

/** Tables of the store that `folderPlan` writes to. */
export const FOLDER_TARGET: TargetCatalogue = {
  tables: [
    table(
      'folder',
      column('title', 'text'),
      column('created', 'timestamptz'),
      column('unit', 'int4'),
      column('label', 'text'),
    ),
    table('version', column('name', 'text')),
    table('page', column('text', 'text')),
  ],
};

/** A source in memory with these rows. */
export const folderSource = (
  rows: { folders?: readonly SourceRow[]; versions?: readonly SourceRow[]; pages?: readonly SourceRow[] } = {},
): ReturnType<typeof createMemorySource> =>
  createMemorySource([
    {
      name: 'dbo.Folders',
      columns: ['Id', 'Title', 'Created', 'IdUnit', 'Deleted'],
      primaryKey: ['Id'],
      rows: rows.folders ?? [],
    },
    { name: 'dbo.Versions', columns: ['Id', 'IdHead', 'Live', 'Name'], primaryKey: ['Id'], rows: rows.versions ?? [] },
    { name: 'dbo.Pages', columns: ['IdFolder', 'No', 'Text'], primaryKey: ['IdFolder', 'No'], rows: rows.pages ?? [] },
  ]);

/** A plan of three little entities: a plain one, one of versions, one with a key of two columns. */
export async function folderPlan(): Promise<Plan> {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-folder-plan-'));
  try {
    for (const [name, text] of Object.entries({ folder: FOLDER, version: VERSION, page: PAGE }))
      writeFileSync(join(folder, `${name}.yaml`), text);
    const { plan } = compilePlan({
      bundleDir: folder,
      office: 'UM-TEST',
      timezone: 'Europe/Warsaw',
      transforms: TRANSFORMS,
      rules: RULE_SIGNATURES,
      source: await folderSource().catalogue(),
      target: FOLDER_TARGET,
      schema: 'shop',
      mappingSchema: 'shop',
    });
    return plan;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

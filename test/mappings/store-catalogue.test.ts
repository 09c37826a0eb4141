import { expect, it } from 'vitest';
import { openStore } from '../../src/cli/open-store.ts';
import type { TargetCatalogue } from '../../src/core/catalogue.ts';
import { createDatabase } from '../support/postgres.ts';
import { storeCatalogue } from './store-catalogue.ts';

/** What the compiler looks at, without the database's own words for types. */
const essence = ({ tables }: TargetCatalogue) =>
  tables.map((table) => ({
    ...table,
    columns: table.columns.map(({ nativeType, allowed, ...column }) => ({ ...column, allowed: allowed?.toSorted() })),
    foreignKeys: table.foreignKeys.toSorted((a, b) => (a.columns[0]! < b.columns[0]! ? -1 : 1)),
  }));

it('the catalogue that mappings are tested against is the one that an installed store has', async () => {
  const database = await createDatabase();
  const store = await openStore({ office: 'UM', place: { kind: 'postgres', url: database.url }, connections: 2 });
  const installed = await store.target.catalogue('ezd');
  await store.close();
  await database.drop();
  const names = (catalogue: TargetCatalogue) => catalogue.tables.map(({ name }) => name).sort();
  expect(names(installed)).toEqual(names(storeCatalogue()));
  const byName = (catalogue: TargetCatalogue) => new Map(essence(catalogue).map((table) => [table.name, table]));
  expect(byName(installed)).toEqual(byName(storeCatalogue()));
  expect(
    installed.tables.flatMap(({ columns }) => columns.filter(({ allowed }) => allowed !== undefined)).length,
  ).toBeGreaterThan(5);
});

import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { legacyTables } from '../../../fixtures/schema.ts';
import type { MssqlSource } from '../../../src/sources/mssql/mssql-source.ts';
import { legacyDatabase } from '../../support/tds/legacy-database.ts';
import { notReading, startTdsServer, type TdsServer } from '../../support/tds/server.ts';
import { sourceOn } from './read-source.ts';

let server: TdsServer;
let source: MssqlSource;

beforeAll(async () => {
  server = await startTdsServer({
    tables: [
      ...legacyDatabase({ Jednostki: [{ ID: 1, Nazwa: 'Urząd', Aktywny: 1, SortOrder: 0, IdTypJednostki: 0 }] }),
      {
        name: 'arch.Zmiany',
        columns: [
          ['Klucz', 'uniqueidentifier not null'],
          ['Numer', 'int not null'],
          ['Kwota', 'decimal(18,4)'],
          ['Chwila', 'datetime2(3)'],
          ['Opis', 'varchar(max) collate Latin1_General_CI_AS'],
          ['Wersja', 'rowversion not null'],
          ['Miejsce', 'geography'],
        ],
        primaryKey: ['Klucz'],
        indexes: [{ name: 'UX_Numer', columns: ['Numer'], unique: true }],
        changeTracking: true,
      },
    ],
    database: { snapshotIsolation: true, readCommittedSnapshot: true, changeTracking: true, compatibilityLevel: 110 },
  });
  source = sourceOn(server);
});

afterAll(async () => {
  await source.close();
  await server.stop();
});

describe('the catalogue of the legacy database', () => {
  it('shows every table of the fixture office with its columns, key and types', async () => {
    const { tables } = await source.catalogue();
    for (const expected of legacyTables()) {
      const table = tables.find(({ name }) => name === `dbo.${expected.name}`);
      expect(table?.primaryKey).toEqual(expected.primaryKey);
      expect(table?.columns).toEqual(
        expected.columns.map(({ name, sqlType, nullable, length }) => ({
          name,
          type: sqlType.toLowerCase(),
          nullable,
          ...(length === 'max' ? { long: true } : {}),
        })),
      );
    }
    expect(tables.find(({ name }) => name === 'dbo.Jednostki')?.rows).toEqual({ count: 1, exact: false });
    expect(tables.find(({ name }) => name === 'dbo.Jednostki')?.bytes).toBeGreaterThan(0);
  });

  it('tells server, collation, row versioning, change tracking', async () => {
    const { server: facts } = await source.describe();
    expect(facts).toMatchObject({
      database: 'EZD_TEST',
      collation: 'Polish_CI_AS',
      compatibilityLevel: 110,
      snapshotIsolation: true,
      readCommittedSnapshot: true,
      changeTracking: true,
      offsetMinutes: 0,
    });
    expect(facts.version).toContain('Microsoft SQL Server');
  });

  it('tells keys, indexes, foreign keys, rowversion columns and what is tracked', async () => {
    const { tables } = await source.describe();
    const changes = tables.find(({ schema }) => schema === 'arch')!;
    expect(changes).toMatchObject({
      name: 'Zmiany',
      primaryKey: ['Klucz'],
      uniqueKeys: [['Numer']],
      changeTracking: true,
    });
    expect(changes.columns.map(({ type }) => type)).toEqual([
      'uniqueidentifier',
      'int',
      'decimal(18,4)',
      'datetime2(3)',
      'varchar(max)',
      'timestamp',
      'geography',
    ]);
    expect(changes.columns[4]).toMatchObject({ collation: 'Latin1_General_CI_AS', wide: true });
    const people = tables.find(({ name }) => name === 'Pracownicy')!;
    expect(people.foreignKeys).toContainEqual({
      name: 'FK_Pracownicy_Jednostka',
      columns: ['IdJednostki'],
      refSchema: 'dbo',
      refTable: 'Jednostki',
      refColumns: ['ID'],
    });
    expect(notReading(server.statements)).toEqual([]);
  });

  it('tells the same in the words that every source shares', async () => {
    const { tables, database } = await source.catalogue();
    expect(database).toMatchObject({ name: 'EZD_TEST', compatibilityLevel: 110, snapshotIsolation: true });
    expect(database).not.toHaveProperty('localTime');
    const changes = tables.find(({ name }) => name === 'arch.Zmiany')!;
    expect(changes.design).toMatchObject({
      kind: 'table',
      uniqueKeys: [['Numer']],
      changeTracking: true,
      rowVersion: 'Wersja',
    });
    expect(changes.columns.at(4)).toMatchObject({ long: true, collation: 'Latin1_General_CI_AS' });
    expect(changes.columns.at(6)).toMatchObject({ type: 'geography', unreadable: true });
    const people = tables.find(({ name }) => name === 'dbo.Pracownicy')!;
    expect(people.design?.foreignKeys).toContainEqual({
      name: 'FK_Pracownicy_Jednostka',
      columns: ['IdJednostki'],
      refTable: 'dbo.Jednostki',
      refColumns: ['ID'],
    });
    expect(people.design?.rowVersion).toBeNull();
  });
});

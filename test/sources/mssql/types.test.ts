import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { COLUMN_TYPE_RULES } from '../../../src/sources/mssql/column-types.ts';
import { createMssqlSource, type MssqlSource } from '../../../src/sources/mssql/mssql-source.ts';
import { openSqlServer, type SqlServer, TRUE_SERVER } from '../../support/sql-server.ts';
import { requestFor, rowsOf } from './read-source.ts';
import { TYPE_CASES as CASES } from './type-cases.ts';

/** A column that makes the driver read the rows. */
const LONG = CASES.findIndex(([type]) => type === 'nvarchar(max)');

let server: SqlServer;
let source: MssqlSource;

beforeAll(async () => {
  server = await openSqlServer([
    {
      name: 'dbo.Typy',
      columns: [['Id', 'int not null'], ...CASES.map(([type], i): [string, string] => [`c${i}`, type])],
      primaryKey: ['Id'],
      rows: [
        [1, ...CASES.map(([, value]) => value)],
        [2, ...CASES.map(([type]) => (type.includes('not null') ? 0 : null))],
      ],
    },
    {
      name: 'dbo.Mapa',
      columns: [
        ['Id', 'int not null'],
        ['Miejsce', 'geography'],
        ['Drzewo', 'hierarchyid'],
      ],
      primaryKey: ['Id'],
    },
  ]);
  source = createMssqlSource(server.config);
});

afterAll(async () => {
  await source.close();
  await server.close();
});

describe('every SQL Server type comes out as its core value', () => {
  it.each(CASES.map(([type, database, core], i) => ({ type, core: core ?? database, i })))(
    '$type, column $i',
    async ({ core, i }) => {
      const [first, second] = await rowsOf(source, requestFor('dbo.Typy', [`c${i}`]));
      const expected = Buffer.isBuffer(core) ? new Uint8Array(core) : core;
      const value = first![0]!;
      const type = CASES[i]![0];
      // A true server gives out its own row versions.
      if (type === 'rowversion' && TRUE_SERVER !== undefined) expect(value).toHaveLength(8);
      else expect(value instanceof Uint8Array ? new Uint8Array(value) : value).toEqual(expected);
      // Beside a long column the driver reads the values itself, instead of the stage.
      const [beside] = await rowsOf(source, requestFor('dbo.Typy', [`c${i}`, `c${LONG}`]));
      expect(beside![0]).toEqual(value);
      if (!type.includes('not null') && type !== 'rowversion') expect(second![0]).toBeNull();
    },
  );

  it('covers every type that the table of types names', () => {
    const tested = new Set(CASES.map(([type]) => /^\w+/.exec(type)![0]));
    const aliases = new Set(['sysname', 'timestamp']);
    const missing = COLUMN_TYPE_RULES.flatMap((rule) => rule.types).filter(
      (type) => !tested.has(type) && !aliases.has(type),
    );
    expect(missing).toEqual([]);
  });

  it('refuses geography and hierarchyid by name, with a cure', async () => {
    await expect(rowsOf(source, requestFor('dbo.Mapa', ['Id', 'Miejsce']))).rejects.toMatchObject({
      code: 'CATALOGUE',
      message: expect.stringContaining('dbo.Mapa.Miejsce has the type geography'),
      hint: expect.stringContaining('STAsText()'),
    });
    await expect(rowsOf(source, requestFor('dbo.Mapa', ['Drzewo']))).rejects.toThrow(/hierarchyid/);
  });
});

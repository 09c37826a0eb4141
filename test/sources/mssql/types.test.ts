import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SourceValue } from '../../../src/core/record.ts';
import { COLUMN_TYPE_RULES } from '../../../src/sources/mssql/column-types.ts';
import { createMssqlSource, type MssqlSource } from '../../../src/sources/mssql/mssql-source.ts';
import { openSqlServer, type SqlServer, TRUE_SERVER } from '../../support/sql-server.ts';
import type { SqlValue } from '../../support/tds/value.ts';
import { requestFor, rowsOf } from './read-source.ts';

/** Type, value in the database, core value. The second is left out where the two are the same. */
const CASES: readonly (readonly [type: string, database: SqlValue, core?: SourceValue])[] = [
  ['bit', 1, true],
  ['bit not null', 0, false],
  ['tinyint', 0],
  ['tinyint', 255],
  ['smallint', -32768],
  ['smallint', 32767],
  ['int', -2147483648],
  ['int', 2147483647],
  ['bigint', 9223372036854775807n, '9223372036854775807'],
  ['bigint', -9223372036854775808n, '-9223372036854775808'],
  ['bigint', 9007199254740993n, '9007199254740993'],
  ['decimal(38,10)', '1234567890123456789012345678.0123456789'],
  ['decimal(38,0)', '-99999999999999999999999999999999999999'],
  ['decimal(38,38)', '0.99999999999999999999999999999999999999'],
  ['numeric(5,2)', '0.10'],
  ['money', '922337203685477.5807'],
  ['money', '-922337203685477.5808'],
  ['smallmoney', '214748.3647'],
  ['float', 1.7976931348623157e308],
  ['float', 5e-324],
  ['float', -0.1],
  ['real', 0.1],
  ['real', 3.4028235e38, 3.4028235e38],
  ['date', '0001-01-01'],
  ['date', '9999-12-31'],
  ['time(0)', '00:00:00'],
  ['time(7)', '23:59:59.9999999'],
  ['datetime', '1753-01-01 00:00:00.000'],
  ['datetime', '9999-12-31 23:59:59.997'],
  ['datetime', '2024-03-31 02:30:00.003'],
  ['smalldatetime', '1900-01-01 00:00:00'],
  ['smalldatetime', '2079-06-06 23:59:00'],
  ['datetime2(7)', '0001-01-01 00:00:00.0000000'],
  ['datetime2(7)', '9999-12-31 23:59:59.9999999'],
  ['datetime2(0)', '2024-10-27 02:30:00'],
  ['datetimeoffset(7)', '2024-10-27 02:30:00.1234567 +01:00'],
  ['datetimeoffset(0)', '0001-01-01 12:00:00 -14:00'],
  ['char(5)', 'ąę   '],
  ['varchar(100)', 'Zażółć gęślą jaźń  '],
  ['varchar(100) collate Latin1_General_CI_AS', 'Müller'],
  ['varchar(100) collate Cyrillic_General_CI_AS', 'Щука'],
  ['varchar(100) collate Latin1_General_100_CI_AS_UTF8', 'Łódź Щука 😀'],
  ['varchar(10)', ''],
  ['varchar(max)', 'ż'.repeat(70_000)],
  ['nchar(4)', 'Ł   '],
  ['nvarchar(50)', 'Łódź 😀  '],
  ['nvarchar(50)', 'a\u0000b'],
  ['nvarchar(50)', '\uD800 half'],
  ['nvarchar(4000)', 'ą'.repeat(4000)],
  ['nvarchar(max)', '😀'.repeat(40_000)],
  ['text', 'stary ąę'],
  ['ntext', 'stary 😀'],
  ['xml', '<a ż="1">😀</a>'],
  ['image', Buffer.from([0, 1, 255])],
  ['binary(4)', Buffer.from([1, 2, 3, 0])],
  ['varbinary(8)', Buffer.alloc(0)],
  ['varbinary(max)', Buffer.alloc(100_000, 7)],
  ['uniqueidentifier', '00000000-0000-0000-0000-000000000000'],
  ['uniqueidentifier', '0E984725-C51C-4BF4-9960-E1C80E27ABA0'],
  ['rowversion', Buffer.from('00000000000007d1', 'hex')],
  ['sql_variant', { variantType: 'int', value: 42 }, '42'],
  ['sql_variant', { variantType: 'varchar(20)', value: 'Zażółć' }, 'Zażółć'],
  ['sql_variant', { variantType: 'decimal(9,2)', value: '1.50' }, '1.50'],
];

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

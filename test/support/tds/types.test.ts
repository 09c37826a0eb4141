import type sql from 'mssql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo } from './connect.ts';
import { startTdsServer, type TdsServer } from './server.ts';
import type { SqlValue } from './value.ts';

/**
 * Type, value in the test database, value that the driver makes of it (dates as text in UTC). Where the driver loses digits
 * (decimal, money), that is its own doing: our source asks for text there.
 */
const CASES: readonly (readonly [type: string, value: SqlValue, driver: unknown])[] = [
  ['bit not null', 1, true],
  ['bit', 0, false],
  ['tinyint', 255, 255],
  ['smallint not null', -32768, -32768],
  ['smallint', 32767, 32767],
  ['int not null', -2147483648, -2147483648],
  ['int', 2147483647, 2147483647],
  ['bigint not null', 9223372036854775807n, '9223372036854775807'],
  ['bigint', -9223372036854775808n, '-9223372036854775808'],
  ['decimal(9,2)', '-1234567.89', -1234567.89],
  ['decimal(19,4)', '123456789012.3456', 123456789012.3456],
  ['numeric(28,0)', '9999999999999999999999999999', 1e28],
  ['decimal(38,10)', '1234567890123456789012345678.0123456789', 1.2345678901234567e27],
  ['money', '922337203685477.5807', 922337203685477.6],
  ['money not null', '-1.0001', -1.0001],
  ['smallmoney', '-214748.3648', -214748.3648],
  ['float', 1.7976931348623157e308, 1.7976931348623157e308],
  ['real', 0.1, Math.fround(0.1)],
  ['date', '0001-01-01', '0001-01-01T00:00:00.000Z'],
  ['date', '9999-12-31', '9999-12-31T00:00:00.000Z'],
  ['time(0)', '23:59:59', '1970-01-01T23:59:59.000Z'],
  ['time(7)', '23:59:59.9990000', '1970-01-01T23:59:59.999Z'],
  ['datetime', '1753-01-01 00:00:00.000', '1753-01-01T00:00:00.000Z'],
  ['datetime not null', '9999-12-31 23:59:59.997', '9999-12-31T23:59:59.997Z'],
  ['smalldatetime', '2079-06-06 23:59:00', '2079-06-06T23:59:00.000Z'],
  ['datetime2(7)', '2024-02-29 12:34:56.1230000', '2024-02-29T12:34:56.123Z'],
  ['datetime2(3)', '0001-01-01 00:00:00.001', '0001-01-01T00:00:00.001Z'],
  ['datetimeoffset(7)', '2024-03-31 03:30:00.0000000 +02:00', '2024-03-31T01:30:00.000Z'],
  ['char(5)', 'ąę', 'ąę   '],
  ['varchar(50)', 'Zażółć gęślą jaźń', 'Zażółć gęślą jaźń'],
  ['varchar(50) collate Latin1_General_CI_AS', 'Müller', 'Müller'],
  ['varchar(50) collate Cyrillic_General_CI_AS', 'Київ'.slice(0, 2), 'Ки'],
  ['varchar(10)', '', ''],
  ['varchar(max)', 'ż'.repeat(100_000), 'ż'.repeat(100_000)],
  ['nchar(4)', 'Ł', 'Ł   '],
  ['nvarchar(20)', 'Łódź 😀  ', 'Łódź 😀  '],
  ['nvarchar(20)', 'a\u0000b', 'a\u0000b'],
  ['nvarchar(max)', `${'😀'.repeat(50_000)}end`, `${'😀'.repeat(50_000)}end`],
  ['text', 'stary ąę', 'stary ąę'],
  ['ntext', 'stary 😀', 'stary 😀'],
  ['image', Buffer.from([0, 1, 255]), Buffer.from([0, 1, 255])],
  ['binary(4)', Buffer.from([1, 2]), Buffer.from([1, 2, 0, 0])],
  ['varbinary(8)', Buffer.alloc(0), Buffer.alloc(0)],
  ['varbinary(max)', Buffer.alloc(200_000, 7), Buffer.alloc(200_000, 7)],
  ['uniqueidentifier', '0E984725-C51C-4BF4-9960-E1C80E27ABA0', '0E984725-C51C-4BF4-9960-E1C80E27ABA0'],
  ['xml', '<a ż="1"/>', '<a ż="1"/>'],
  ['sql_variant', { variantType: 'int', value: 42 }, 42],
  ['sql_variant', { variantType: 'nvarchar(10)', value: 'Łoś' }, 'Łoś'],
  ['sql_variant', { variantType: 'decimal(9,2)', value: '1.50' }, 1.5],
  ['sql_variant', { variantType: 'datetime', value: '2024-01-01 00:00:00.000' }, '2024-01-01T00:00:00.000Z'],
];

const NULLABLE = CASES.filter(([type]) => !type.includes('not null'));

let server: TdsServer;
let pool: sql.ConnectionPool;

beforeAll(async () => {
  const name = (i: number): string => `c${i}`;
  server = await startTdsServer({
    tables: [
      {
        name: 'dbo.Types',
        columns: CASES.map(([type], i) => [name(i), type]),
        rows: [CASES.map(([, value]) => value)],
      },
      {
        name: 'dbo.Nulls',
        columns: [['Id', 'int not null'], ...NULLABLE.map(([type], i): [string, string] => [name(i), type])],
        primaryKey: ['Id'],
        rows: [[1, ...NULLABLE.map(() => null)]],
      },
      {
        name: 'dbo.Stamp',
        columns: [
          ['Id', 'int not null'],
          ['Wersja', 'rowversion not null'],
        ],
        rows: [[1, null]],
      },
    ],
  });
  pool = await connectTo(server, { options: { useUTC: true } });
});

afterAll(async () => {
  await pool.close();
  await server.stop();
  expect(server.failures).toEqual([]);
});

const plain = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

describe('the test server sends every type so that the real driver reads it back', () => {
  it.each(CASES.map(([type, , driver], i) => ({ type, driver, i })))('$type ($i)', async ({ driver, i }) => {
    const result = await pool.request().query<{ v: unknown }>(`SELECT [c${i}] AS v FROM [dbo].[Types]`);
    expect(plain(result.recordset[0]?.v)).toEqual(driver);
  });

  it('sends NULL of every type, alone and many in one row', async () => {
    const names = NULLABLE.map((_, i) => `c${i}`);
    for (const name of names) {
      const one = await pool.request().query<{ v: unknown }>(`SELECT ${name} AS v FROM dbo.Nulls`);
      expect(one.recordset[0]?.v).toBeNull();
    }
    const all = await pool.request().query<Record<string, unknown>>(`SELECT Id, ${names.join(', ')} FROM dbo.Nulls`);
    expect(Object.values(all.recordset[0] ?? {})).toEqual([1, ...names.map(() => null)]);
  });

  it('gives every row its rowversion', async () => {
    const result = await pool.request().query<{ Wersja: Buffer }>('SELECT Wersja FROM dbo.Stamp');
    expect(result.recordset[0]?.Wersja).toHaveLength(8);
  });
});

import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type sql from 'mssql';
import { afterEach, describe, expect, it } from 'vitest';
import { generateOffice } from '../../../fixtures/office/generate-office.ts';
import { connectTo } from './connect.ts';
import type { TableSpec } from './database.ts';
import { DEADLOCK, LOCK_TIMEOUT } from './faults.ts';
import { legacyDatabaseFrom } from './legacy-database.ts';
import { notReading, startTdsServer, type TdsServer, type TdsServerOptions } from './server.ts';

const CASES: TableSpec = {
  name: 'dbo.SpisSpraw',
  columns: [
    ['Id', 'int not null identity'],
    ['Rok', 'int not null'],
    ['Znak', 'nvarchar(100)'],
  ],
  primaryKey: ['Id'],
  rows: Array.from({ length: 5000 }, (_, i) => [i + 1, 2000 + (i % 20), i % 7 === 0 ? null : `WO.${i % 10}`]),
};

const open: (() => Promise<unknown>)[] = [];

async function start(options: TdsServerOptions = {}): Promise<TdsServer> {
  const server = await startTdsServer({ tables: [CASES], ...options });
  open.push(() => server.stop());
  return server;
}

async function connect(server: TdsServer, changes: Partial<sql.config> = {}): Promise<sql.ConnectionPool> {
  const pool = await connectTo(server, changes);
  open.push(() => pool.close());
  return pool;
}

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

describe('logging in to the test server', () => {
  it('speaks TLS with a certificate that the client verifies', async () => {
    const server = await start();
    const pool = await connect(server);
    expect((await pool.request().query('SELECT @@VERSION AS v')).recordset[0]).toHaveProperty('v');
    expect(server.sessions[0]).toMatchObject({ encrypted: true, loginName: 'ezd_reader' });
  });

  it('is refused by a client that does not know the certificate', async () => {
    const server = await start();
    const attempt = connect(server, { options: { cryptoCredentialsDetails: {} } });
    await expect(attempt).rejects.toThrow(/self.signed/);
  });

  it('goes without TLS when the client does not want it, and insists when it is required', async () => {
    const plain = await start();
    await connect(plain, { options: { encrypt: false } });
    expect(plain.sessions[0]).toMatchObject({ encrypted: false });
    const strict = await start({ encryption: 'required' });
    await expect(connect(strict, { options: { encrypt: false } })).rejects.toThrow(/requires encryption/);
    await connect(strict);
    expect(strict.sessions[0]).toMatchObject({ encrypted: true });
  });

  it('refuses a wrong password, an unknown database, and as often as it is told', async () => {
    const server = await start();
    await expect(connect(server, { password: 'wrong' })).rejects.toThrow(/Login failed/);
    await expect(connect(server, { database: 'INNA' })).rejects.toThrow(/Cannot open database/);
    server.refuseLogins(1, 18401, 'Server is in script upgrade mode.');
    await expect(connect(server)).rejects.toThrow(/script upgrade/);
    await connect(server);
  });

  it('takes a domain login by NTLM and refuses a wrong one', async () => {
    const server = await start({ domainLogin: { domain: 'URZAD', user: 'migracja', password: 'Zażółć-1' } });
    await connect(server, { domain: 'URZAD', user: 'migracja', password: 'Zażółć-1' });
    expect(server.sessions[0]?.loginName).toBe('URZAD\\migracja');
    await expect(connect(server, { domain: 'URZAD', user: 'migracja', password: 'zle' })).rejects.toThrow(
      /Login failed/,
    );
    const without = await start();
    await expect(connect(without, { domain: 'URZAD', user: 'x', password: 'y' })).rejects.toThrow(/untrusted/);
  });

  it('remembers that the client only wants to read', async () => {
    const server = await start();
    await connect(server, { options: { readOnlyIntent: true } });
    expect(server.sessions[0]?.readOnlyIntent).toBe(true);
  });
});

describe('asking the test server', () => {
  it('reads by keyset pages with parameters', async () => {
    const server = await start();
    const pool = await connect(server);
    const page = async (after: number): Promise<number[]> => {
      const request = pool.request().input('p0', after);
      const text = 'select top (@p1) [Id], [Znak] from [dbo].[SpisSpraw] where [Id] > @p0 order by [Id] asc';
      const result = await request.input('p1', 2000).query<{ Id: number }>(text);
      return result.recordset.map((row) => row.Id);
    };
    expect(await page(0)).toHaveLength(2000);
    expect((await page(4000))[0]).toBe(4001);
    expect(await page(5000)).toEqual([]);
    expect(server.statements.at(-1)?.parameters).toContainEqual({ name: '@p0', value: 5000 });
  });

  it('counts, groups, joins, sorts and pages', async () => {
    const pool = await connect(await start());
    const one = async (text: string): Promise<unknown> => (await pool.request().query(text)).recordset[0];
    expect(await one('SELECT COUNT_BIG(*) AS n, MIN(Id) AS a, MAX(Id) AS b FROM dbo.SpisSpraw')).toEqual({
      n: '5000',
      a: 1,
      b: 5000,
    });
    expect(await one('SELECT COUNT(DISTINCT Znak) AS d, COUNT(Znak) AS n FROM dbo.SpisSpraw')).toEqual({
      d: 10,
      n: 4285,
    });
    const years = await pool
      .request()
      .query(
        'SELECT TOP 2 Rok, COUNT(*) AS n FROM dbo.SpisSpraw GROUP BY Rok HAVING COUNT(*) > 1 ORDER BY n DESC, Rok DESC',
      );
    expect(years.recordset).toEqual([
      { Rok: 2019, n: 250 },
      { Rok: 2018, n: 250 },
    ]);
    expect(
      await one(
        "SELECT Id FROM dbo.SpisSpraw WHERE Znak LIKE N'wo.[12]%' AND Rok IN (2001, 2002) ORDER BY Id OFFSET 1 ROWS FETCH NEXT 1 ROWS ONLY",
      ),
    ).toEqual({ Id: 3 });
  });

  it('shows its catalogue', async () => {
    const pool = await connect(await start());
    const columns = await pool.request().query(
      `SELECT c.name, ty.name AS type, c.max_length, c.is_nullable FROM sys.tables t JOIN sys.schemas s ON s.schema_id = t.schema_id
       JOIN sys.columns c ON c.object_id = t.object_id JOIN sys.types ty ON ty.user_type_id = c.user_type_id
       WHERE s.name = N'dbo' ORDER BY c.column_id`,
    );
    expect(columns.recordset).toEqual([
      { name: 'Id', type: 'int', max_length: 4, is_nullable: false },
      { name: 'Rok', type: 'int', max_length: 4, is_nullable: false },
      { name: 'Znak', type: 'nvarchar', max_length: 200, is_nullable: true },
    ]);
  });

  it('says what it does not understand, and takes no change', async () => {
    const server = await start();
    const pool = await connect(server);
    const ask = (text: string): Promise<unknown> => pool.request().query(text);
    await expect(ask('DELETE FROM dbo.SpisSpraw')).rejects.toMatchObject({ number: 102 });
    await expect(ask('SELECT * FROM dbo.SpisSpraw')).rejects.toThrow(/name the columns/);
    await expect(ask('SELECT Id FROM dbo.SpisSpraw WITH (NOLOCK)')).rejects.toThrow(/hints/);
    await expect(ask('SELECT Brak FROM dbo.SpisSpraw')).rejects.toMatchObject({ number: 207 });
    await expect(ask('SELECT Id FROM dbo.Brak')).rejects.toMatchObject({ number: 208 });
    await expect(ask('SET TRANSACTION ISOLATION LEVEL SNAPSHOT')).rejects.toMatchObject({ number: 3952 });
    expect(notReading(server.statements)).toEqual(['DELETE FROM dbo.SpisSpraw']);
  });

  it('tells the net changes of a tracked table', async () => {
    const server = await start({ tables: [{ ...CASES, changeTracking: true }], database: { changeTracking: true } });
    const pool = await connect(server);
    server.database.insert('dbo.SpisSpraw', [9001, 2024, 'WO.1']);
    server.database.update('dbo.SpisSpraw', [1], { Znak: 'WO.99' });
    server.database.remove('dbo.SpisSpraw', [2]);
    const changes = await pool
      .request()
      .query(
        'SELECT ct.SYS_CHANGE_OPERATION AS op, ct.Id, t.Znak FROM CHANGETABLE(CHANGES dbo.SpisSpraw, 0) AS ct LEFT JOIN dbo.SpisSpraw AS t ON t.Id = ct.Id ORDER BY ct.Id',
      );
    expect(changes.recordset).toEqual([
      { op: 'U', Id: 1, Znak: 'WO.99' },
      { op: 'D', Id: 2, Znak: null },
      { op: 'I', Id: 9001, Znak: 'WO.1' },
    ]);
    const version = await pool.request().query('SELECT CHANGE_TRACKING_CURRENT_VERSION() AS v');
    expect(version.recordset).toEqual([{ v: '3' }]);
  });
});

describe('faults on command', () => {
  const READ = 'SELECT Id, Znak FROM dbo.SpisSpraw ORDER BY Id';

  it('answers with a lock time-out or a deadlock, then as usual', async () => {
    const server = await start();
    const pool = await connect(server);
    server.fault({ when: /SpisSpraw/, action: LOCK_TIMEOUT });
    await expect(pool.request().query(READ)).rejects.toMatchObject({ number: 1222 });
    server.fault({ when: /SpisSpraw/, action: DEADLOCK, afterRows: 100 });
    await expect(pool.request().query(READ)).rejects.toMatchObject({ number: 1205 });
    expect((await pool.request().query(READ)).recordset).toHaveLength(5000);
  });

  it('cuts the connection in the middle of the rows', async () => {
    const server = await start();
    const pool = await connect(server);
    server.fault({ when: /SpisSpraw/, afterRows: 1000, action: { kind: 'drop' } });
    await expect(pool.request().query(READ)).rejects.toThrow(/ECONNRESET|closed|hang up|lost/i);
    expect((await pool.request().query(READ)).recordset).toHaveLength(5000);
  });

  it('stalls until the client gives up, and the connection lives on', async () => {
    const server = await start();
    const pool = await connect(server, { requestTimeout: 300 });
    await pool.request().query(READ);
    const before = server.sessions.length;
    server.fault({ when: /SpisSpraw/, action: { kind: 'stall' } });
    await expect(pool.request().query(READ)).rejects.toMatchObject({ code: 'ETIMEOUT' });
    expect((await pool.request().query(READ)).recordset).toHaveLength(5000);
    expect(server.sessions).toHaveLength(before);
  });

  it('lets a running request be cancelled', async () => {
    const server = await start();
    const pool = await connect(server);
    server.fault({ when: /SpisSpraw/, afterRows: 2000, action: { kind: 'stall' } });
    const request = pool.request();
    request.stream = true;
    const ended = new Promise((resolve) => request.on('error', resolve));
    let rows = 0;
    request.on('row', () => {
      if (++rows === 1000) request.cancel();
    });
    void request.query(READ);
    await expect(ended).resolves.toMatchObject({ code: 'ECANCEL' });
    expect((await pool.request().query(READ)).recordset).toHaveLength(5000);
  });

  it('goes down and comes back', async () => {
    const server = await start();
    const pool = await connect(server);
    await server.stop();
    await expect(pool.request().query(READ)).rejects.toThrow();
    await server.start();
    expect((await pool.request().query(READ)).recordset).toHaveLength(5000);
  });
});

describe('a synthetic table', () => {
  it('yields its rows by key range, with templates in turn', async () => {
    const server = await start({
      tables: [
        {
          name: 'dbo.Duza',
          columns: [
            ['Id', 'int not null'],
            ['Nazwa', 'nvarchar(50)'],
          ],
          primaryKey: ['Id'],
          synthetic: {
            count: 200_000,
            keyColumn: 'Id',
            templates: [
              [0, 'zero'],
              [0, null],
              [0, 'dwa'],
            ],
          },
        },
      ],
    });
    const pool = await connect(server);
    const result = await pool
      .request()
      .query('SELECT [Nazwa], [Id] FROM [dbo].[Duza] WHERE [Id] > 99999 AND [Id] <= 150000 ORDER BY [Id]');
    expect(result.recordset).toHaveLength(50_001);
    expect(result.recordset[0]).toEqual({ Nazwa: null, Id: 100_000 });
    expect(result.recordset.at(-1)).toEqual({ Nazwa: 'zero', Id: 150_000 });
    const count = await pool.request().query('SELECT COUNT_BIG(*) AS n, MIN(Id) AS a, MAX(Id) AS b FROM dbo.Duza');
    expect(count.recordset).toEqual([{ n: '200000', a: 1, b: 200_000 }]);
  });
});

describe('the fixture office behind the server', () => {
  it('holds every row of the dump, with its types', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tds-office-'));
    open.push(() => rm(folder, { recursive: true }));
    const summary = await generateOffice({ out: folder, cases: 20, units: 4, files: 'none' });
    const server = await start({ tables: legacyDatabaseFrom(folder) });
    const pool = await connect(server);
    for (const [table, rows] of Object.entries(summary.rows)) {
      const count = await pool.request().query(`SELECT COUNT(*) AS n FROM [dbo].[${table}]`);
      expect({ table, rows: count.recordset[0] as unknown }).toEqual({ table, rows: { n: rows } });
    }
    const person = await pool
      .request()
      .query('SELECT TOP 1 [Order], Nazwisko, Aktywny FROM dbo.Pracownicy ORDER BY ID');
    expect(person.recordset[0]).toMatchObject({ Order: expect.any(Number), Aktywny: expect.any(Boolean) });
  });
});

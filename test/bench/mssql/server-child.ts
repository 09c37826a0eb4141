import { startTdsServer } from '../../support/tds/server.ts';
import type { SqlRow } from '../../support/tds/value.ts';
import { UNITS, wideRow } from '../load/wide-rows.ts';

/** The SQL Server of the benchmark, in a process of its own as a true one would be: `server-child.js ROWS`; sends its place when it listens. */
const rows = Number(process.argv[2]);

/** Templates repeat after 2,800 rows: as many as the texts of the wide table need to come in every combination. */
const TEMPLATES = 2800;

const template = (i: number): SqlRow =>
  wideRow(i).map((value) => (typeof value === 'boolean' ? Number(value) : (value as string | number | null)));

const server = await startTdsServer({
  tables: [
    {
      name: 'dbo.Jednostki',
      columns: [
        ['ID', 'int not null'],
        ['Symbol', 'nvarchar(50)'],
      ],
      primaryKey: ['ID'],
      rows: Array.from({ length: UNITS }, (_, i) => [i + 1, `W${i + 1}`]),
    },
    {
      name: 'dbo.Pisma',
      columns: [
        ['ID', 'int not null'],
        ['IdJednostki', 'int not null'],
        ['Nazwa', 'nvarchar(400)'],
        ['Opis', 'nvarchar(1000)'],
        ['Uwagi', 'nvarchar(400)'],
        ['Znak', 'nvarchar(100)'],
        ['Rok', 'int'],
        ['LP', 'int'],
        ['DataUtworzenia', 'datetime'],
        ['DataZakonczenia', 'datetime'],
        ['Kategoria', 'nvarchar(10)'],
        ['Wrazliwa', 'bit not null'],
      ],
      primaryKey: ['ID'],
      synthetic: { count: rows, keyColumn: 'ID', templates: Array.from({ length: TEMPLATES }, (_, i) => template(i)) },
    },
  ],
  database: { snapshotIsolation: process.argv[3] !== 'locks' },
});

process.send?.({
  server: server.host,
  port: server.port,
  user: server.user,
  password: server.password,
  database: server.database.name,
  ca: server.certificate,
  serverName: 'localhost',
});
process.on('disconnect', () => process.exit());

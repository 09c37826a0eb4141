import sql from 'mssql';
import type { MssqlConfig } from '../../../src/sources/mssql/mssql-config.ts';
import { createMssqlSource } from '../../../src/sources/mssql/mssql-source.ts';
import { COLUMNS } from '../load/wide-rows.ts';

/** One measured read in a process of its own: `read-child.js bare|source CONFIGURATION`; `bare`: a plain streaming read with the driver's own settings. */
const [kind = '', place = '{}'] = process.argv.slice(2);
const config = JSON.parse(place) as MssqlConfig;
const started = performance.now();
const rows = kind === 'bare' ? await readBare() : await readSource();
const seconds = (performance.now() - started) / 1000;
const cpu = process.cpuUsage();
process.stdout.write(
  JSON.stringify({
    seconds,
    rows,
    cpuSeconds: (cpu.user + cpu.system) / 1e6,
    peakMb: process.resourceUsage().maxRSS / 1024,
  }),
);

async function readBare(): Promise<number> {
  const { server, port, user, password, database, ca, serverName } = config;
  const pool = await new sql.ConnectionPool({
    server,
    ...(port === undefined ? {} : { port }),
    user,
    password,
    database,
    requestTimeout: 0,
    options: {
      encrypt: config.encrypt ?? true,
      cryptoCredentialsDetails: { ca },
      ...(serverName === undefined ? {} : { serverName }),
    },
  }).connect();
  const request = pool.request();
  request.stream = true;
  let count = 0;
  request.on('row', () => {
    count++;
  });
  await request.query(`SELECT ${COLUMNS.map((name) => `[${name}]`).join(', ')} FROM [dbo].[Pisma]`);
  await pool.close();
  return count;
}

async function readSource(): Promise<number> {
  const source = createMssqlSource(config);
  let count = 0;
  const request = {
    table: 'dbo.Pisma',
    columns: COLUMNS,
    key: ['ID'],
    partition: { index: 0, range: null },
    sql: null,
    sliceRows: 5000,
    signal: new AbortController().signal,
  };
  for await (const slice of source.read(request, null)) count = Number(slice.next?.['row']);
  await source.close();
  return count;
}

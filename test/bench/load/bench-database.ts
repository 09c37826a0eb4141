import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Client } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { ledgerSql } from '../../support/ledger-sql.ts';
import { BARE_TABLE, BENCH_TABLES } from './wide-mapping.ts';
import { UNITS, wideLine } from './wide-rows.ts';

/** Empties the benchmark's tables and ledger. */
export async function reset(url: string): Promise<void> {
  await sql(
    url,
    `DROP SCHEMA IF EXISTS bench CASCADE; CREATE SCHEMA bench; DROP SCHEMA IF EXISTS bench_ledger CASCADE; CREATE SCHEMA bench_ledger; ${BENCH_TABLES} ${await ledgerSql('bench_ledger')}`,
  );
  await sql(url, 'CHECKPOINT');
}

async function sql(url: string, text: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}

/** Seconds of `psql \\copy` where psql is installed, else of the same bytes piped through the driver. */
export async function copyBare(url: string, file: string): Promise<number> {
  await reset(url);
  await sql(url, BARE_TABLE);
  await sql(url, 'CHECKPOINT');
  const started = performance.now();
  if (spawnSync('psql', ['--version']).status === 0) {
    const { status, stderr } = spawnSync('psql', [url, '-q', '-c', `\\copy bench.bare from '${file}' csv header`], {
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
  } else {
    const client = new Client({ connectionString: url });
    await client.connect();
    await pipeline(createReadStream(file), client.query(copyFrom('COPY bench.bare FROM STDIN (FORMAT csv, HEADER)')));
    await client.end();
  }
  return (performance.now() - started) / 1000;
}

/** The rows as a CSV dump: `dbo.Pisma.csv` and the units that they name. */
export async function writeDump(into: string, count: number): Promise<void> {
  mkdirSync(into);
  writeFileSync(
    join(into, 'dbo.Jednostki.csv'),
    `ID,Symbol\n${Array.from({ length: UNITS }, (_, i) => `${i + 1},W${i + 1}\n`).join('')}`,
  );
  const out = createWriteStream(join(into, 'dbo.Pisma.csv'));
  out.write('ID,IdJednostki,Nazwa,Opis,Uwagi,Znak,Rok,LP,DataUtworzenia,DataZakonczenia,Kategoria,Wrazliwa\n');
  for (let i = 0; i < count; i += 1000) {
    const lines = Array.from({ length: Math.min(1000, count - i) }, (_, k) => wideLine(i + k)).join('');
    if (!out.write(lines)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'finish');
}

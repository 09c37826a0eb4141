import { DEFAULT_SET_CONTEXT } from '../../src/validate/set-rule.ts';
import { SET_RULES } from '../../src/validate/set-rules.ts';
import { createKnex } from '../../src/write/postgres/knex.ts';
import { migrate } from '../../src/write/postgres/migrate.ts';
import { STORE_MIGRATIONS } from '../../src/write/postgres/schema/store-migrations.ts';
import { startPostgres } from '../support/postgres.ts';

/**
 * `npm run build && node dist/test/bench/set-rules.js [--json] [--cases N]`: every rule across records on a store of N cases (default 1,000,000), as many
 * folders and letters, twice as many documents, hand-overs and actions, on a real PostgreSQL with its default memory. The office is fine but for a few.
 */
const at = process.argv.indexOf('--cases');
const cases = at < 0 ? 1_000_000 : Number(process.argv[at + 1]);
const json = process.argv.includes('--json');

const id = (kind: number, key: string): string =>
  `('00000000-${kind}000-8000-8000-' || lpad((${key})::text, 12, '0'))::uuid`;
const series = (count: number): string => `generate_series(1, ${count}) i`;
const moment = (key: string): string => `timestamptz '2015-01-02 08:00+01' + (${key}) * interval '3 minutes'`;
/** Case i is number `i / 2000 + 1` of one of 2,000 lists: 20 units, 100 classes. */
const unit = '(i % 20) + 1';
const jrwa = '1000 + (i % 2000) / 20';
const number = '(i / 2000) + 1';

const FILL: readonly string[] = [
  `INSERT INTO ezd.jednostka (id, symbol) SELECT ${id(1, 'i')}, 'W' || i FROM ${series(20)}`,
  `INSERT INTO ezd.jednostka_wersja (id, id_jednostka, symbol, data_dodania) SELECT ${id(2, 'i')}, ${id(1, 'i')}, 'W' || i, '2010-01-01' FROM ${series(20)}`,
  `INSERT INTO ezd.klasa_jrwa (id, rok, symbol, kategoria_archiwalna) SELECT ${id(3, 's')}, 2019, s::text, 'B5' FROM (SELECT generate_series(1000, 1099) s UNION SELECT 1 UNION SELECT 10 UNION SELECT generate_series(100, 109)) x`,
  `INSERT INTO ezd.pracownik (id, aktywny) SELECT ${id(4, 'i')}, true FROM ${series(500)}`,
  `INSERT INTO ezd.koszulka (id, id_zrodla, data_utworzenia, zakonczona, data_zakonczenia, id_pracownik_wlasciciel)
   SELECT ${id(5, 'i')}, i::text, ${moment('i - 1')}, true, ${moment('i')} + interval '20 days', ${id(4, 'i % 500 + 1')} FROM ${series(cases)}`,
  `INSERT INTO ezd.sprawa (id, id_zrodla, id_koszulka, znak, symbol_klasy, lp, rok, id_jednostka, id_jednostka_wersja, id_klasa_jrwa, kategoria_archiwalna, id_pracownik_prowadzacy, data_rejestracji, data_zakonczenia)
   SELECT ${id(6, 'i')}, i::text, ${id(5, 'i')}, 'W' || (${unit}) || '.' || (${jrwa}) || '.' || (${number}) || '.2019', (${jrwa})::text, ${number}, 2019,
     ${id(1, unit)}, ${id(2, unit)}, ${id(3, jrwa)}, 'B5', ${id(4, 'i % 500 + 1')}, ${moment('i')}, ${moment('i')} + interval '20 days' FROM ${series(cases)}`,
  `INSERT INTO ezd.wplyw (id, id_zrodla, id_koszulka, numer_rpw, rok, znak_wplywu, data_rejestracji)
   SELECT ${id(7, 'i')}, i::text, ${id(5, 'i')}, i, 2019, 'RPW/' || i || '/2019', ${moment('i')} FROM ${series(cases)}`,
  `INSERT INTO ezd.dokument (id, id_zrodla, id_koszulka, nazwa, data_utworzenia)
   SELECT ${id(8, 'i')}, i::text, ${id(5, '(i + 1) / 2')}, 'pismo ' || i || '.pdf', ${moment('i / 2')} FROM ${series(2 * cases)}`,
  `INSERT INTO ezd.sklad_chronologiczny (id, id_zrodla, rodzaj_skladu, numer, rok, id_dokument)
   SELECT ${id(9, 'i')}, i::text, 'SCP', i, 2019, ${id(8, 'i * 2')} FROM ${series(cases)}`,
  `INSERT INTO ezd.dekretacja (id, id_zrodla, id_koszulka, typ_kod, data_nadania, id_pracownik_docelowy)
   SELECT ${id(1, `i + 1000000`)}, i::text, ${id(5, '(i + 1) / 2')}, 1, ${moment('i')}, ${id(4, '((i + 1) / 2) % 500 + 1')} FROM ${series(2 * cases)}`,
  `INSERT INTO ezd.czynnosc_metryki (id, id_koszulka, data_czynnosci, identyfikator_dokumentu)
   SELECT ${id(2, `i + 1000000`)}, ${id(5, '(i + 1) / 2')}, ${moment('i / 2 + 1')}, i::text FROM ${series(2 * cases)}`,
  `UPDATE ezd.sprawa SET znak = 'W9.1000.1.2019' WHERE id_zrodla = '7'`,
];

const server = await startPostgres({ settings: { max_wal_size: '8GB' } });
const knex = createKnex({ kind: 'postgres', url: server.url, maxConnections: 1 });
const seconds = async (statement: string): Promise<{ spent: number; rows: number }> => {
  const start = performance.now();
  const answer: { rowCount: number | null } = await knex.raw(statement.replaceAll('?', '\\?'));
  return { spent: Math.round(performance.now() - start) / 1000, rows: answer.rowCount ?? 0 };
};

try {
  await migrate(knex, { set: STORE_MIGRATIONS, schema: 'ezd', ledgerSchema: 'ezd_migrate' });
  for (const statement of FILL) await seconds(`SET session_replication_role = replica; ${statement}`);
  await knex.raw('ANALYZE');
  await knex.raw('SET jit = off');
  const measured: { code: string; seconds: number; found: number }[] = [];
  for (const rule of SET_RULES) {
    const { spent } = await seconds(
      `CREATE TEMPORARY TABLE found ON COMMIT PRESERVE ROWS AS ${rule.sql(DEFAULT_SET_CONTEXT)}`,
    );
    const count: { rows: { n: number }[] } = await knex.raw('SELECT count(*)::int AS n FROM found');
    await knex.raw('DROP TABLE found');
    measured.push({ code: rule.entry.code, seconds: spent, found: count.rows[0]!.n });
  }
  const total = Math.round(measured.reduce((sum, { seconds: one }) => sum + one, 0) * 100) / 100;
  if (json) process.stdout.write(`${JSON.stringify({ cases, totalSeconds: total, rules: measured }, null, 2)}\n`);
  else {
    console.table(measured);
    process.stdout.write(`${total} s for ${cases} cases\n`);
  }
} finally {
  await knex.destroy();
  await server.stop();
}

import { readFileSync } from 'node:fs';
import type { Knex } from 'knex';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createKnex } from '../../../src/write/postgres/knex.ts';
import { type MigrateOptions, migrate } from '../../../src/write/postgres/migrate.ts';
import { STORE_MIGRATIONS } from '../../../src/write/postgres/schema/store-migrations.ts';
import { type DescribedTable, describeSchema } from '../../support/describe-schema.ts';
import { createDatabase, findPostgresBinaries, startEmbedded, startPostgres } from '../../support/postgres.ts';
import { schemaDocs } from '../../support/schema-docs.ts';

const OPTIONS: MigrateOptions = { set: STORE_MIGRATIONS, schema: 'ezd', ledgerSchema: 'ezd_migrate' };

let tables: DescribedTable[];
let real: Knex;
let drop: () => Promise<void>;

beforeAll(async () => {
  const database = await createDatabase();
  drop = database.drop;
  real = createKnex({ kind: 'postgres', url: database.url });
  await migrate(real, OPTIONS);
  tables = await describeSchema(real, 'ezd');
});

afterAll(async () => {
  await real.destroy();
  await drop();
});

test('the schema is the one of the golden file (npm run golden:update)', async () => {
  await expect(`${JSON.stringify(tables, null, 1)}\n`).toMatchFileSnapshot('../../golden/store-schema.json');
});

test('docs/store-schema.md says what the comments in the database say (npm run docs:schema)', () => {
  expect(schemaDocs(tables)).toBe(readFileSync('docs/store-schema.md', 'utf8'));
});

test('the embedded store gets exactly the same schema', async () => {
  const { db, close } = await startEmbedded();
  const embedded = createKnex({ kind: 'embedded', db });
  await migrate(embedded, OPTIONS);
  expect(await describeSchema(embedded, 'ezd')).toEqual(tables);
  await embedded.destroy();
  await close();
});

test('every PostgreSQL at hand gets exactly the same schema', async () => {
  for (const { binDir } of findPostgresBinaries().slice(1)) {
    const server = await startPostgres({ binDir });
    const knex = createKnex({ kind: 'postgres', url: server.url });
    await migrate(knex, OPTIONS);
    expect(await describeSchema(knex, 'ezd'), binDir).toEqual(tables);
    await knex.destroy();
    await server.stop();
  }
});

describe('the store', () => {
  test('has all the notions of the new system', () => {
    expect(tables.map(({ name }) => name)).toEqual(NOTIONS);
  });

  test('has a comment with the Polish term on every table and every column', () => {
    for (const table of tables) {
      expect(table.comment, table.name).toMatch(/\p{Lu}\p{L}+/u);
      for (const column of table.columns) expect(column.comment, `${table.name}.${column.name}`).toMatch(/\p{L}{2}/u);
    }
  });

  test('has a uuid as the primary key of every table, and the legacy key beside it', () => {
    for (const { name, columns, constraints } of tables) {
      expect(columns[0], name).toMatchObject({ name: 'id', type: 'uuid', required: true });
      expect(columns[1], name).toMatchObject({ name: 'id_zrodla', type: 'text' });
      expect(constraints[`${name}_pkey`], name).toBe('PRIMARY KEY (id)');
    }
  });

  test('has a foreign key for every column that names another record', () => {
    for (const { name, columns, constraints } of tables) {
      const keys = Object.values(constraints).filter((text) => text.startsWith('FOREIGN KEY'));
      const references = columns.filter((column) => column.type === 'uuid' && column.name.startsWith('id_'));
      expect(keys.length, name).toBe(references.length);
      for (const text of keys) expect(text, name).toMatch(/^FOREIGN KEY \(id_\w+\) REFERENCES ezd\.\w+\(id\)$/);
    }
  });

  test('refuses no legacy value by a length or by uniqueness: dirty data is loaded with findings', () => {
    for (const { columns, constraints, indexes } of tables) {
      expect(columns.filter(({ type }) => type.startsWith('character'))).toEqual([]);
      expect(Object.values(constraints).filter((text) => text.startsWith('UNIQUE'))).toEqual([]);
      const unique = Object.entries(indexes).filter(
        ([name, text]) => text.includes('UNIQUE') && !name.endsWith('_pkey'),
      );
      expect(unique).toEqual([]);
    }
  });

  test('keeps every name within the 63 characters that PostgreSQL allows', () => {
    const names = tables.flatMap(({ constraints, indexes }) => [...Object.keys(constraints), ...Object.keys(indexes)]);
    expect(names.filter((name) => name.length >= 63)).toEqual([]);
  });

  test('loads two cases with the same sign, but none without a folder', async () => {
    const id = (n: number) => `00000000-0000-8000-8000-00000000000${n}`;
    await real
      .withSchema('ezd')
      .table('koszulka')
      .insert({ id: id(1) });
    const signed = (n: number) => ({ id: id(n), id_koszulka: id(1), znak: 'ABC.123.77.2011' });
    await real
      .withSchema('ezd')
      .table('sprawa')
      .insert([signed(2), signed(3)]);
    const orphan = real
      .withSchema('ezd')
      .table('sprawa')
      .insert({ id: id(4), id_koszulka: id(9), znak: 'X' });
    await expect(orphan).rejects.toThrow(/sprawa_id_koszulka_fkey/);
  });
});

const NOTIONS = [
  'adresat',
  'adresat_adres',
  'adresat_edoreczenia',
  'adresat_email',
  'adresat_epuap',
  'adresat_wersja',
  'akceptacja',
  'czynnosc_metryki',
  'dekretacja',
  'dokument',
  'dokument_atrybut',
  'dokument_wersja',
  'edoreczenia_wiadomosc',
  'edoreczenia_zalacznik',
  'jednostka',
  'jednostka_wersja',
  'klasa_jrwa',
  'korespondencja_epuap',
  'korespondencja_wychodzaca',
  'korespondencja_zawartosc',
  'koszulka',
  'koszulka_atrybut',
  'notatka',
  'oznaczenie',
  'podpis',
  'poswiadczenie',
  'powiazanie',
  'pracownik',
  'pracownik_wersja',
  'rodzaj_dokumentu',
  'rola',
  'sklad_chronologiczny',
  'slownik_pozycja',
  'sprawa',
  'stanowisko',
  'stanowisko_rola',
  'stanowisko_wersja',
  'tresc',
  'tresc_lokalizacja',
  'uczestnik',
  'udostepnienie',
  'wplyw',
  'wplyw_epuap',
  'wykaz_akt',
];

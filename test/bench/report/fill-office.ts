import { createIdSpace } from '../../../src/core/target-id.ts';

export const BENCH_OFFICE = 'UM-BENCH';

/** SQL of the id of an integer legacy key. */
const id = (entity: string, key: string): string => {
  const prefix = createIdSpace(BENCH_OFFICE, entity).text(0).replaceAll('-', '').slice(0, 16);
  return `('${prefix}' || to_hex((${key})::bigint + (-9223372036854775807 - 1)))::uuid`;
};
const series = (count: number): string => `generate_series(1, ${count}) i`;

/** Codes of which the findings are, each severity among them. */
const CODES = [
  'SIGN_YEAR_MISMATCH',
  'SIGN_CLASS_MISMATCH',
  'CASE_NUMBER_GAP',
  'CASE_YEAR_MISMATCH',
  'PESEL_CHECKSUM',
  'NIP_CHECKSUM',
  'EMAIL_FORM',
  'REF_MISSING',
  'TYPE_INVALID',
  'FILE_NAME_COLLISION',
  'TEXT_TIDIED',
  'CODE_UNCONFIRMED',
];

/**
 * Statements that make an office of so many findings: a quarter as many cases in 25 units and 20 years, half as many documents, and a finished run whose findings lie
 * on cases, documents, folders and the address book, with values as they come.
 */
export const fillOffice = (findings: number): readonly string[] => {
  const cases = Math.ceil(findings / 4);
  const documents = Math.ceil(findings / 2);
  return [
    'SET session_replication_role = replica',
    `INSERT INTO ezd.jednostka (id, symbol, nazwa) SELECT ${id('jednostka', 'i')}, 'W' || i, 'Wydział ' || i FROM ${series(25)}`,
    `INSERT INTO ezd.koszulka (id, nazwa, data_utworzenia) SELECT ${id('koszulka', 'i')}, 'Sprawa ' || i, timestamptz '2005-02-01' + (i % 20) * interval '1 year' FROM ${series(cases)}`,
    `INSERT INTO ezd.sprawa (id, id_koszulka, znak, rok, id_jednostka)
     SELECT ${id('sprawa', 'i')}, ${id('koszulka', 'i')}, 'W' || (i % 25 + 1) || '.' || (1000 + i % 300) || '.' || i || '.' || (2005 + i % 20), 2005 + i % 20, ${id('jednostka', 'i % 25 + 1')} FROM ${series(cases)}`,
    `INSERT INTO ezd.dokument (id, id_koszulka, nazwa, data_utworzenia) SELECT ${id('dokument', 'i')}, ${id('koszulka', `i % ${cases} + 1`)}, 'pismo ' || i || '.pdf', '2015-01-01' FROM ${series(documents)}`,
    `INSERT INTO ezd.tresc (id, nazwa_pliku, rozmiar) SELECT ${id('tresc', 'i')}, 'pismo ' || i || '.pdf', i * 100 FROM ${series(documents)}`,
    `INSERT INTO ezd_migrate.entity (office, name) VALUES ('${BENCH_OFFICE}', 'sprawa'), ('${BENCH_OFFICE}', 'dokument'), ('${BENCH_OFFICE}', 'koszulka'), ('${BENCH_OFFICE}', 'adresat')`,
    `INSERT INTO ezd_migrate.run (office, command, status, finished_at, tool_version, plan_hash, options, host, os_user) VALUES ('${BENCH_OFFICE}', 'run', 'finished', now(), 'bench', 'bench', '{"entities":null,"units":null,"limit":null}', 'bench', 'bench')`,
    `INSERT INTO ezd_migrate.run_entity (run_id, entity_id, position, status, plan_hash, read_rows, loaded) SELECT 1, id, id, 'finished', 'bench', ${cases}, ${cases} FROM ezd_migrate.entity`,
    `INSERT INTO ezd_migrate.finding (run_id, entity_id, legacy_key, code, severity, effect, field, value, params)
     SELECT 1, (SELECT e.id FROM ezd_migrate.entity e WHERE e.name = (ARRAY['sprawa', 'dokument', 'dokument', 'koszulka', 'adresat'])[i % 5 + 1]), ((hashint4(i) & 2147483647) % ${cases} + 1)::text,
       (ARRAY[${CODES.map((code) => `'${code}'`).join(', ')}])[i % ${CODES.length} + 1], (ARRAY['error', 'warning', 'warning', 'info'])[i % 4 + 1], 'load', 'nazwa', 'Wniosek pana Jana Nowaka nr ' || i, jsonb_build_object('expected', i % 100)
     FROM ${series(findings)}`,
    'SET session_replication_role = origin',
    'ANALYZE',
  ];
};

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { legacyTables } from '../../fixtures/schema.ts';
import type { SourceCatalogue } from '../../src/core/catalogue.ts';
import { EzdError } from '../../src/core/errors.ts';
import { formatProblems } from '../../src/core/format-problem.ts';
import type { ValuePlan } from '../../src/core/plan.ts';
import { type CompiledPlan, compilePlan } from '../../src/mapping/compile-plan.ts';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';
import { STORE_TABLES } from '../../src/write/postgres/schema/store-tables.ts';
import { legacyCatalogue, storeCatalogue } from './store-catalogue.ts';

const BUNDLE = 'mappings/ezd-puw';
const { plan, warnings } = compiled(legacyCatalogue());

function compiled(source: SourceCatalogue): CompiledPlan {
  try {
    return compilePlan({
      bundleDir: BUNDLE,
      office: 'UM-TEST',
      timezone: 'Europe/Warsaw',
      transforms: TRANSFORMS,
      rules: RULE_SIGNATURES,
      source,
      target: storeCatalogue(),
    });
  } catch (error) {
    if (error instanceof EzdError) throw new Error(formatProblems(error.problems, 'en'));
    throw error;
  }
}

/** Every column of the source that an entity reads, `table.column`. */
const reads = new Set(
  plan.entities.flatMap(({ from }) =>
    [from, ...from.joins].flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`)),
  ),
);
const reasons = new Map(plan.notMapped.map(({ table, column, reason }) => [`${table}.${column ?? '*'}`, reason]));

test('the bundle compiles against legacy schema and store; all it has to say is which codes it assumes', () => {
  expect(
    formatProblems(
      warnings.filter(({ code }) => code !== 'lookupAssumed'),
      'en',
    ),
  ).toBe('');
  const assumed = Object.values(plan.lookups).filter((lookup) => (lookup.assumed ?? []).length > 0);
  expect(warnings.length).toBe(assumed.length);
});

test('every column of every legacy table is read, or listed with the reason why not', () => {
  const all = legacyTables().flatMap(({ schema, name, columns }) => columns.map((c) => `${schema}.${name}.${c.name}`));
  expect(all.length).toBeGreaterThan(400);
  expect(all.filter((column) => !reads.has(column) && !reasons.has(column))).toEqual([]);
  for (const [what, reason] of reasons) expect(reason.length, what).toBeGreaterThan(15);
});

test('passwords and file bytes are never read', () => {
  for (const secret of ['dbo.Pracownicy.Haslo', 'dbo.Pracownicy.PoprzednieHaslo', 'dbo.ZalacznikiDane.Dane']) {
    expect(reads.has(secret), secret).toBe(false);
    expect(reasons.has(secret), secret).toBe(true);
  }
});

test('every table of the store is filled, and every column except those that the transfer of contents fills', () => {
  const filled = new Set(
    plan.entities.flatMap(({ to, fields }) => fields.map(({ column }) => `${to.table}.${column}`)),
  );
  const columns = STORE_TABLES.flatMap(({ name, columns }) => columns.map((column) => `${name}.${column.name}`));
  expect(columns.filter((column) => !filled.has(column))).toEqual([
    'tresc.sha256',
    'tresc.rozmiar_zmierzony',
    'tresc.typ_mime',
    'tresc.przeniesiono',
  ]);
});

test('every local time is converted with the zone of the office, none is taken as it is', () => {
  const naked = plan.entities.flatMap(({ name, fields }) =>
    fields.flatMap((field) =>
      field.type === 'timestamptz' && field.kind === 'value' && !field.transforms.some((t) => t.name === 'localTime')
        ? [`${name}.${field.column}`]
        : [],
    ),
  );
  expect(naked).toEqual([]);
});

test('parents stand before children', () => {
  const order = plan.entities.map(({ name }) => name);
  for (const { name, parents } of plan.entities) {
    for (const parent of parents)
      expect(order.indexOf(parent), `${parent} before ${name}`).toBeLessThan(order.indexOf(name));
  }
});

test('people, units, posts and parties are one record a lineage, and beside them every row as it was', () => {
  for (const name of ['jednostka', 'pracownik', 'stanowisko', 'adresat']) {
    const entity = plan.entities.find((candidate) => candidate.name === name);
    const versions = plan.entities.find((candidate) => candidate.name === `${name}_wersja`);
    expect(entity?.from.fold, name).not.toBeNull();
    expect(versions?.from.fold, name).toBeNull();
    expect(versions?.from.where, name).toBeNull();
  }
});

test('a document that is a note points at the notes, never at a file of the same number', () => {
  const document = plan.entities.find(({ name }) => name === 'dokument');
  const conditionOf = (column: string): string => {
    const field = document?.fields.find((candidate) => candidate.column === column);
    const value = field?.kind === 'ref' ? (field.of[0] as ValuePlan) : null;
    return value?.kind === 'when' ? (value.branches[0]?.if.text ?? '') : '';
  };
  expect(conditionOf('id_wersja_aktualna')).toBe(`!(${conditionOf('id_notatka')})`);
});

test('every look-up begins with its meaning and its origin, and marks what nobody outside an office knows', () => {
  const files = readdirSync(`${BUNDLE}/lookups`);
  for (const file of files) {
    const text = readFileSync(`${BUNDLE}/lookups/${file}`, 'utf8');
    expect(text, file).toMatch(/^# .+\n# Pochodzenie: .+\n(#.*\n)*kod;wartosc;opis;status\n/);
  }
  expect(plan.lookups['typ-dokumentu']?.assumed).toEqual(['1', '2', '3', '4', '5']);
  expect(plan.lookups['typ-prowadzenia']?.assumed).toBeUndefined();
});

test('an older database without e-Doręczenia compiles too, and the plan does without what is not there', () => {
  const newer = ['dbo.EdoreczeniaWiadomosci', 'dbo.EdoreczeniaZalaczniki'];
  const older = legacyCatalogue()
    .tables.filter(({ name }) => !newer.includes(name))
    .map((table) => ({
      ...table,
      columns: table.columns.filter(({ name }) => name !== 'AdresElektronicznychDoreczen'),
    }));
  const { plan: smaller, warnings: said } = compiled({ tables: older });
  const missing = plan.entities
    .map(({ name }) => name)
    .filter((name) => !smaller.entities.some((e) => e.name === name));
  expect(missing.sort()).toEqual([
    'adresat_edoreczenia',
    'edoreczenia_wiadomosc',
    'edoreczenia_zalacznik',
    'poswiadczenie_dowod',
  ]);
  expect(said.every(({ severity }) => severity === 'warning')).toBe(true);
  const outgoing = smaller.entities.find(({ name }) => name === 'korespondencja_wychodzaca');
  expect(outgoing?.from.joins.map(({ as }) => as)).toEqual(['rodzaj']);
});

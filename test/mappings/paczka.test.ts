import { expect, test } from 'vitest';
import { formatProblems } from '../../src/core/format-problem.ts';
import { compilePlan } from '../../src/mapping/compile-plan.ts';
import { PACKAGE_CATALOGUE } from '../../src/sources/package/package-catalogue.ts';
import { TRANSFORMS } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';
import { storeCatalogue } from './store-catalogue.ts';

test('the bundle for packages compiles, and every column of every package table is mapped or listed with the reason why not', () => {
  const { warnings, plan } = compilePlan({
    bundleDir: 'mappings/paczka',
    office: 'UM-TEST',
    timezone: 'Europe/Warsaw',
    transforms: TRANSFORMS,
    rules: RULE_SIGNATURES,
    source: PACKAGE_CATALOGUE,
    target: storeCatalogue(),
  });
  expect(formatProblems(warnings, 'en')).toBe('');
  expect(plan.entities.map(({ name }) => name).sort()).toEqual([
    'adresat',
    'adresat_adres',
    'adresat_edoreczenia',
    'adresat_email',
    'adresat_epuap',
    'dokument',
    'dokument_wersja',
    'koszulka',
    'sprawa',
    'tresc',
    'tresc_lokalizacja',
    'uczestnik',
  ]);
});

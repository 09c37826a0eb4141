import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Plan } from '../../../src/core/plan.ts';
import { compilePlan } from '../../../src/mapping/compile-plan.ts';
import { TRANSFORMS } from '../../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../../src/validate/rule-book.ts';
import type { Target } from '../../../src/write/target.ts';

/** Target tables of the benchmark: the wide one references the units, as a real one would. */
export const BENCH_TABLES = `
CREATE TABLE bench.jednostka (id uuid PRIMARY KEY, symbol text NOT NULL);
CREATE TABLE bench.pismo (id uuid PRIMARY KEY, id_jednostka uuid NOT NULL REFERENCES bench.jednostka, nazwa text NOT NULL, opis text, uwagi text, znak text,
  rok integer, lp integer, utworzono timestamptz, zakonczono timestamptz, kategoria text, wrazliwa boolean);`;

/** The bare table that \\copy fills: the legacy columns with a primary key. */
export const BARE_TABLE = `
CREATE TABLE bench.bare (id integer PRIMARY KEY, id_jednostki integer, nazwa text, opis text, uwagi text, znak text,
  rok integer, lp integer, utworzono timestamp, zakonczono timestamp, kategoria text, wrazliwa integer);`;

const UNIT = `entity: jednostka
from: { table: dbo.Jednostki, key: ID }
to: { table: bench.jednostka }
fields:
  symbol: { of: Symbol, do: [trim] }
`;
const WIDE = `entity: pismo
from: { table: dbo.Pisma, key: ID }
to: { table: bench.pismo }
fields:
  id_jednostka: { ref: jednostka, of: IdJednostki, required: true }
  nazwa: { of: Nazwa, do: [trim, collapseSpaces, { maxLength: 500 }], required: true }
  opis: { of: Opis, do: [trim] }
  uwagi: { of: Uwagi, do: [trim] }
  znak: { of: Znak, do: [trim] }
  rok: Rok
  lp: LP
  utworzono: { of: DataUtworzenia, do: [localTime] }
  zakonczono: { of: DataZakonczenia, do: [localTime] }
  kategoria: { of: Kategoria, lookup: kategorie }
  wrazliwa: Wrazliwa
`;

/** Compiles the benchmark's mappings with the real compiler. */
export async function benchPlan(target: Target): Promise<Plan> {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-bench-'));
  try {
    writeFileSync(join(folder, 'jednostka.yaml'), UNIT);
    writeFileSync(join(folder, 'pismo.yaml'), WIDE);
    mkdirSync(join(folder, 'lookups'));
    writeFileSync(join(folder, 'lookups', 'kategorie.csv'), 'kod;wartosc\nA;A\nB10;B10\n');
    const catalogue = await target.catalogue('bench');
    return compilePlan({
      bundleDir: folder,
      office: 'UM-BENCH',
      timezone: 'Europe/Warsaw',
      transforms: TRANSFORMS,
      rules: RULE_SIGNATURES,
      source: null,
      target: catalogue,
      schema: 'bench',
      mappingSchema: 'bench',
    }).plan;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

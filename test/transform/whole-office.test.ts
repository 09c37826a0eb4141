import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { generateOffice } from '../../fixtures/office/generate-office.ts';
import { type OfficeRow, readOffice } from '../../fixtures/office/read-office.ts';
import { legacyTables } from '../../fixtures/schema.ts';
import type { SourceCatalogue, TargetCatalogue } from '../../src/core/catalogue.ts';
import type { EntityPlan } from '../../src/core/plan.ts';
import type { ColumnType, SourceRow, SourceValue } from '../../src/core/record.ts';
import { compilePlan } from '../../src/mapping/compile-plan.ts';
import { createTransformer } from '../../src/transform/create-transformer.ts';
import { createFoldIndexBuilder, openFoldIndex } from '../../src/transform/fold-index.ts';
import { createJoinIndexBuilder, openJoinIndex } from '../../src/transform/join-index.ts';
import type { FoldIndex, TransformEnvironment, Transformer } from '../../src/transform/transformer.ts';
import { TRANSFORM_SIGNATURES } from '../../src/transform/transforms/registry.ts';
import { RULE_SIGNATURES } from '../../src/validate/rule-book.ts';

const root = join(import.meta.dirname, '..', '..');

const SOURCE: SourceCatalogue = {
  tables: legacyTables().map(({ schema, name, columns, primaryKey }) => ({
    name: `${schema}.${name}`,
    columns: columns.map((column) => ({ name: column.name, type: column.sqlType, nullable: column.nullable })),
    primaryKey,
    rows: null,
    bytes: null,
  })),
};

interface GoldenTable {
  readonly name: string;
  readonly columns: readonly { readonly name: string; readonly type: string; readonly required: boolean }[];
}

const NATIVE: Readonly<Record<string, ColumnType>> = {
  integer: 'int4',
  bigint: 'int8',
  boolean: 'bool',
  'timestamp with time zone': 'timestamptz',
  'double precision': 'float8',
};

const TARGET: TargetCatalogue = {
  tables: (JSON.parse(readFileSync(join(root, 'test/golden/store-schema.json'), 'utf8')) as GoldenTable[]).map(
    ({ name, columns }) => ({
      schema: 'ezd',
      name,
      primaryKey: ['id'],
      foreignKeys: [],
      columns: columns.map((column) => ({
        name: column.name,
        type: NATIVE[column.type] ?? (column.type as ColumnType),
        nativeType: column.type,
        nullable: !column.required,
        hasDefault: false,
      })),
    }),
  ),
};

const { plan } = compilePlan({
  bundleDir: join(root, 'mappings', 'ezd-puw'),
  office: 'UM-PRZYKLADOWO',
  timezone: 'Europe/Warsaw',
  transforms: TRANSFORM_SIGNATURES,
  rules: RULE_SIGNATURES,
  source: SOURCE,
  target: TARGET,
});

type Office = ReadonlyMap<string, readonly OfficeRow[]>;
type Spelling = (table: string, column: string, value: string | null) => SourceValue;

const asDump: Spelling = (_table, _column, value) => value;

const TYPES = new Map(
  legacyTables().map((table) => [
    table.name,
    new Map(table.columns.map(({ name, baseType }) => [name.toLowerCase(), baseType])),
  ]),
);

/** What the driver of SQL Server makes of the same value. */
const asServer: Spelling = (table, column, value) => {
  if (value === null) return null;
  switch (TYPES.get(table)?.get(column.toLowerCase())) {
    case 'BIT':
      return value === '1';
    case 'INT':
    case 'FLOAT':
      return Number(value);
    default:
      return value;
  }
};

const readerOf =
  (office: Office, spelling: Spelling) =>
  (tableName: string, columns: readonly string[]): SourceRow[] => {
    const table = tableName.replace('dbo.', '');
    const rows = office.get(table) ?? [];
    const names = Object.keys(rows[0] ?? {});
    const found = columns.map((column) => names.find((name) => name.toLowerCase() === column.toLowerCase()) ?? column);
    return rows.map((row) => found.map((column) => spelling(table, column, row[column] ?? null)));
  };

type Reader = ReturnType<typeof readerOf>;

const foldsOf = (read: Reader): ReadonlyMap<string, FoldIndex> =>
  new Map(
    plan.entities
      .filter(({ from }) => from.fold !== null)
      .map((entity) => {
        const builder = createFoldIndexBuilder(entity);
        for (const row of read(entity.from.table, builder.columns)) builder.addRow(row);
        return [entity.name, openFoldIndex(builder.build())] as const;
      }),
  );

/** An office as one kind of source yields it, with the indexes that are made once a run. */
interface Yield {
  readonly read: Reader;
  readonly folds: ReadonlyMap<string, FoldIndex>;
}

const yieldOf = (office: Office, spelling: Spelling): Yield => {
  const read = readerOf(office, spelling);
  return { read, folds: foldsOf(read) };
};

const environmentOf = (entity: EntityPlan, { read, folds }: Yield): TransformEnvironment => {
  const joins = entity.from.joins.map((join) => {
    const builder = createJoinIndexBuilder(join);
    for (const row of read(join.table, builder.columns)) builder.addRow(row);
    return [join.as, openJoinIndex(builder.build())] as const;
  });
  return { folds, joins: new Map(joins), scope: null, now: Date.UTC(2026, 0, 15) };
};

const outcomes = (entity: EntityPlan, source: Yield) => {
  const transform: Transformer = createTransformer(entity, plan, environmentOf(entity, source));
  return source.read(entity.from.table, entity.from.columns).map((row) => {
    const { skip, key, values, findings } = transform(row);
    return skip === null ? { skip, key, values: [...values], findings: [...findings] } : { skip };
  });
};

const folder = mkdtempSync(join(tmpdir(), 'whole-office-'));
let dump: Yield;
let server: Yield;

beforeAll(async () => {
  await generateOffice({ out: folder, cases: 200, seed: 'transform', files: 'none' });
  const office = readOffice(folder);
  dump = yieldOf(office, asDump);
  server = yieldOf(office, asServer);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a clean office through the mappings for EZD PUW', () => {
  test.each(plan.entities.map((entity) => entity.name))('%s: nothing is said but what nobody can know', (name) => {
    const entity = plan.entities.find((other) => other.name === name)!;
    const result = outcomes(entity, dump);
    const said = result.flatMap((row) => row.findings ?? []);
    expect(said.filter(({ code }) => code !== 'CODE_UNCONFIRMED').slice(0, 5)).toEqual([]);
    // The made-up office has no scanned return receipts.
    if (name !== 'poswiadczenie_skan_zwrotki') expect(result.some((row) => row.skip === null)).toBe(true);
  });

  test.each(plan.entities.map((entity) => entity.name))(
    '%s: the same rows from SQL Server and from a dump make the same records',
    (name) => {
      const entity = plan.entities.find((other) => other.name === name)!;
      expect(outcomes(entity, server)).toEqual(outcomes(entity, dump));
    },
  );
});

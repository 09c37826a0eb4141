import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SourceCatalogue, SourceTable, TargetCatalogue, TargetColumn } from '../../src/core/catalogue.ts';
import { EzdError, type Problem } from '../../src/core/errors.ts';
import { formatProblems } from '../../src/core/format-problem.ts';
import type { RuleSignatures, TransformSignatures } from '../../src/core/signatures.ts';
import { type CompiledPlan, type CompileOptions, compilePlan } from '../../src/mapping/compile-plan.ts';

const doc = { pl: '', en: '' };

/** A few transforms of every kind of argument. */
export const transforms: TransformSignatures = {
  trim: { argument: { kind: 'none' }, takes: ['text'], gives: 'text', doc },
  singleLine: { argument: { kind: 'none' }, takes: ['text'], gives: 'text', doc },
  maxLength: { argument: { kind: 'integer', min: 1 }, takes: ['text'], gives: 'text', doc },
  localTime: { argument: { kind: 'none' }, takes: ['local', 'date'], gives: 'instant', doc },
  emptyIf: { argument: { kind: 'list', of: { kind: 'string' } }, takes: ['text'], gives: 'text', doc },
  replace: {
    argument: {
      kind: 'options',
      options: { from: { kind: 'string', pattern: true }, to: { kind: 'string', default: '' } },
    },
    takes: ['text'],
    gives: 'text',
    doc,
  },
  case: {
    argument: { kind: 'string', allowed: ['upper', 'lower'], optional: true },
    takes: ['text'],
    gives: 'text',
    doc,
  },
};

export const rules: RuleSignatures = {
  znakSprawy: {
    columns: { znak: { default: 'znak' }, rok: { default: 'rok', optional: true } },
    options: { strict: { kind: 'boolean', default: false } },
    codes: { SIGN_FORM: 'error' },
    doc,
  },
  pesel: { columns: { pesel: {} }, codes: { PESEL_CHECKSUM: 'error' }, doc },
};

const table = (
  name: string,
  columns: Readonly<Record<string, string>>,
  primaryKey: readonly string[],
): SourceTable => ({
  name,
  columns: Object.entries(columns).map(([column, type]) => ({ name: column, type, nullable: null })),
  primaryKey,
  rows: null,
  bytes: null,
});

export const source: SourceCatalogue = {
  tables: [
    table(
      'dbo.Pisma',
      {
        ID: 'int',
        Nazwa: 'nvarchar(1000)',
        DataUtworzenia: 'datetime',
        Rodzaj: 'int',
        IdPismaZrodlo: 'int',
        Skan: 'varbinary(max)',
      },
      ['ID'],
    ),
    table(
      'dbo.SpisSpraw',
      {
        Id: 'int',
        IdPisma: 'int',
        Znak: 'nvarchar(100)',
        Rok: 'int',
        Uwagi: 'nvarchar(max)',
        DataRejestracji: 'datetime',
      },
      ['Id'],
    ),
    table('dbo.Slowniki', { IdSlownika: 'int', Value1: 'int', Nazwa: 'nvarchar(255)' }, ['IdSlownika', 'Value1']),
  ],
};

const column = (name: string, type: TargetColumn['type'], more: Partial<TargetColumn> = {}): TargetColumn => ({
  name,
  type,
  nativeType: type ?? 'tsvector',
  nullable: true,
  hasDefault: false,
  ...more,
});
const notNull = { nullable: false };

export const target: TargetCatalogue = {
  tables: [
    {
      schema: 'ezd',
      name: 'koszulka',
      primaryKey: ['id'],
      foreignKeys: [{ columns: ['id_zrodla'], refSchema: 'ezd', refTable: 'koszulka', refColumns: ['id'] }],
      columns: [
        column('id', 'uuid', notNull),
        column('nazwa', 'text', notNull),
        column('rodzaj', 'text', { allowed: ['pismo', 'wniosek', 'skarga', 'inne'] }),
        column('utworzono', 'timestamptz'),
        column('id_zrodla', 'uuid'),
        column('id_sprawy', 'uuid'),
        column('wersja', 'int4', { nullable: false, hasDefault: true }),
        column('szukaj', null),
      ],
    },
    {
      schema: 'ezd',
      name: 'sprawa',
      primaryKey: ['id'],
      foreignKeys: [{ columns: ['id_koszulka'], refSchema: 'ezd', refTable: 'koszulka', refColumns: ['id'] }],
      columns: [
        column('id', 'uuid', notNull),
        column('id_koszulka', 'uuid', notNull),
        column('znak', 'text', notNull),
        column('rok', 'int2'),
        column('uwagi', 'text'),
        column('zalozono', 'date'),
      ],
    },
  ],
};

export const KOSZULKA = `entity: koszulka
from:
  table: dbo.Pisma
  key: ID
to: { table: ezd.koszulka }
fields:
  nazwa: { of: Nazwa, do: [trim, { maxLength: 500 }] }
  rodzaj: { of: Rodzaj, lookup: rodzaje }
  utworzono: { of: DataUtworzenia, do: [localTime] }
  id_zrodla: { ref: koszulka, of: IdPismaZrodlo }
`;
export const SPRAWA = `entity: sprawa
from:
  table: dbo.SpisSpraw
  key: Id
to: { table: sprawa, key: id }
fields:
  id_koszulka: { ref: koszulka, of: IdPisma }
  znak: { of: Znak, do: [trim] }
  rok: Rok
rules: [znakSprawy]
`;
export const RODZAJE = `# made up
kod;wartosc;opis;status
1;pismo;;
2;wniosek;;
9;;nobody knows;nieznany
`;
export const NOT_MAPPED = `dbo.Slowniki: not needed here
dbo.Pisma: { Skan: bytes are copied elsewhere }
dbo.SpisSpraw: { Uwagi: free text, DataRejestracji: not needed here }
`;

export type Files = Readonly<Record<string, string>>;
export const OFFICE: Files = {
  'koszulka.yaml': KOSZULKA,
  'sprawa.yaml': SPRAWA,
  'lookups/rodzaje.csv': RODZAJE,
  'not-mapped.yaml': NOT_MAPPED,
};

/** Writes the files to a new folder, hands it over and removes it. */
export function withFiles<T>(files: Files, use: (dir: string) => T): T {
  const dir = mkdtempSync(join(tmpdir(), 'ezd-mapping-'));
  try {
    for (const [name, text] of Object.entries(files)) {
      mkdirSync(dirname(join(dir, name)), { recursive: true });
      writeFileSync(join(dir, name), text);
    }
    return use(dir);
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** Compiles files against the small office. */
export function compile(files: Files, options: Partial<CompileOptions> = {}, folder = ''): CompiledPlan {
  return withFiles(files, (dir) =>
    compilePlan({
      bundleDir: join(dir, folder),
      office: 'UM-TEST',
      timezone: 'Europe/Warsaw',
      transforms,
      rules,
      source,
      target,
      ...options,
    }),
  );
}

/** The problems of mappings that do not compile. */
export function problemsOf(files: Files, options: Partial<CompileOptions> = {}, folder = ''): readonly Problem[] {
  try {
    compile(files, options, folder);
  } catch (error) {
    if (error instanceof EzdError && error.code === 'MAPPING') return error.problems;
    throw error;
  }
  return [];
}

/** Problems as people see them, the temporary folder taken out of file names. */
export const shown = (problems: readonly Problem[], language: 'pl' | 'en' = 'en'): string =>
  formatProblems(problems, language).replaceAll(new RegExp(`${tmpdir()}/ezd-mapping-[^/]+/`, 'g'), '');

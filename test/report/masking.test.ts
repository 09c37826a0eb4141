import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';

const TABLES = resolve('fixtures/golden/office-300/tables');

let folder: string;
/** Everything that was printed. */
let printed = '';

async function type(...argv: string[]): Promise<number> {
  return await main(argv, {
    cwd: folder,
    environment: {},
    stdout: { write: (text) => (printed += text) },
    stderr: { write: (text) => (printed += text) },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.parse('2026-01-15T12:00:00Z'),
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-masking-'));
  const project = `office: UM-TEST\nlanguage: pl\nsource: { kind: csv, folder: '${TABLES}' }\ntarget: { kind: embedded, folder: store }\nmappings: ezd-puw\n`;
  writeFileSync(join(folder, 'ezd-migrate.yaml'), project);
  expect(await type('validate', '--verbose')).toBe(3);
  expect(await type('report', '--validation', '--with-personal-data')).toBe(0);
  expect(await type('--json', 'report', '--validation', '--lang', 'en')).toBe(0);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Files below the project that a person may send on: reports, logs, lists. The databases hold what they hold. */
function filesOf(personal: boolean): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => !/[\\/]store[\\/]/.test(file) && /-dane-osobowe[\\/]/.test(file) === personal);
}

const rows = (table: string): Record<string, string>[] =>
  parse(readFileSync(join(TABLES, `dbo.${table}.csv`), 'utf8'), {
    columns: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_records_with_error: true,
  });

/** Values of columns, without empty ones and what is too short to be told from other words. */
const valuesOf = (table: string, columns: readonly string[], atLeast: number): string[] =>
  rows(table).flatMap((row) =>
    columns.map((column) => (row[column] ?? '').trim()).filter((value) => value.length >= atLeast),
  );

const people = (): string[] =>
  [...rows('Adresaci'), ...rows('Pracownicy')]
    .filter(({ Imie, Nazwisko, Systemowy }) => Imie !== '' && Nazwisko !== '' && Systemowy !== '1')
    .flatMap(({ Imie = '', Nazwisko = '' }) => [`${Imie} ${Nazwisko}`, `${Nazwisko} ${Imie}`]);

/** Every PESEL, e-mail and full name of the fixture. */
const personal = (): string[] => [
  ...new Set([
    ...valuesOf('Adresaci', ['PESEL'], 9),
    ...valuesOf('Adresaci', ['AdresEmail'], 6)
      .flatMap((value) => value.split(/[;,\s]+/))
      .filter((value) => value.includes('@')),
    ...valuesOf('Pracownicy', ['Email'], 6),
    ...people(),
  ]),
];

test('no output, report or list of a dirty office holds a PESEL, an e-mail or the name of a person', () => {
  const wanted = personal();
  expect(wanted.length).toBeGreaterThan(500);
  const files = filesOf(false);
  expect(files.filter((file) => /findings\.csv|report\.json|units/.test(file)).length).toBeGreaterThan(10);
  const texts = [['printed', printed] as const, ...files.map((file) => [file, readFileSync(file, 'utf8')] as const)];
  const found = texts.flatMap(([file, text]) =>
    wanted.filter((value) => text.includes(value)).map((value) => `${file}: ${value}`),
  );
  expect(found).toEqual([]);
});

test('surnames of people in the address book stand nowhere as words of their own', () => {
  const surnames = new Set(valuesOf('Adresaci', ['Nazwisko'], 5));
  const text = [printed, ...filesOf(false).map((file) => readFileSync(file, 'utf8'))].join('\n');
  const words = new Set(text.split(/[^\p{L}-]+/u));
  expect([...surnames].filter((name) => words.has(name))).toEqual([]);
});

test('what was asked for with personal data is there in full, in files of the owner alone', () => {
  const files = filesOf(true);
  const text = files.map((file) => readFileSync(file, 'utf8')).join('');
  expect(personal().filter((value) => text.includes(value)).length).toBeGreaterThan(5);
  if (process.platform !== 'win32') for (const file of files) expect(statSync(file).mode & 0o077, file).toBe(0);
});

test('case signs are shown, and the report says where it lies', () => {
  const validation = readdirSync(join(folder, 'reports')).find((name) => /^validation-[\d-]+$/.test(name))!;
  expect(printed).toContain(join(folder, 'reports', validation));
  expect(existsSync(join(folder, 'reports', validation, 'report.json'))).toBe(true);
  const list = readFileSync(join(folder, 'reports', validation, 'findings.csv'), 'utf8');
  expect(list).toMatch(/;[A-ZŚŁ]+\.\d+\.\d+\.20\d\d;/);
});

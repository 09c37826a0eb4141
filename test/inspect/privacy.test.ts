import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readOffice } from '../../fixtures/office/read-office.ts';
import type { SourceRow } from '../../src/core/record.ts';
import { createCsvSource } from '../../src/sources/csv/csv-source.ts';
import type { ReadRequest } from '../../src/sources/source.ts';
import { drawColumn, drawSource, drawTables } from './draw-source.ts';
import { runInspect } from './run-inspect.ts';

const GOLDEN = 'fixtures/golden/office-300';

/** Columns of the fixture office that hold people's data. */
const PERSONAL =
  /^(PESEL|NIP|REGON|Imie|Nazwisko|Email|AdresEmail|Telefon|Login|DisplayName|Ulica|NumerR|MetaAdresEmailFax|AdresMailFax|Haslo|PoprzednieHaslo)$/;

describe('what inspect leaves behind', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-inspect-privacy-'));
  const outputs = new Map<string, string>();
  beforeAll(async () => {
    cpSync(join(GOLDEN, 'tables'), join(folder, 'dump'), { recursive: true });
    const answer = await runInspect(folder, ['--against', 'ezd-puw', '--out', 'out']);
    const all = await runInspect(folder, ['--out', 'all', '--json']);
    outputs.set('terminal', answer.out + answer.err);
    outputs.set('--json', all.out);
    for (const out of ['out', 'all']) {
      for (const name of readdirSync(join(folder, out), { recursive: true, withFileTypes: true }))
        if (name.isFile()) outputs.set(`${out}/${name.name}`, readFileSync(join(name.parentPath, name.name), 'utf8'));
    }
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test('holds no PESEL, NIP, name, e-mail, telephone, street or password of the office', () => {
    const words = new Set<string>();
    for (const [, rows] of readOffice(GOLDEN))
      for (const row of rows)
        for (const [column, value] of Object.entries(row))
          if (PERSONAL.test(column) && value !== null && value.trim().length >= 3)
            words.add(value.trim().toLowerCase());
    expect(words.size).toBeGreaterThan(800);
    const found: string[] = [];
    for (const [file, text] of outputs) {
      // Whole words of the output, alone and with up to three that follow.
      const tokens = text.toLowerCase().split(/[\s";,:<>{}[\]|]+/);
      for (const [at] of tokens.entries())
        for (let length = 1; length <= 4; length++) {
          const phrase = tokens.slice(at, at + length).join(' ');
          if (words.has(phrase)) found.push(`${file}: ${phrase}`);
        }
    }
    expect([...new Set(found)]).toEqual([]);
  });

  test('is more than nothing: page, JSON and look-ups are there', () => {
    expect(outputs.size).toBeGreaterThan(20);
  });
});

test('columns named as secrets are never read', async () => {
  const asked: ReadRequest[] = [];
  const source = createCsvSource({ folder: join(GOLDEN, 'tables') });
  const spied = {
    ...source,
    read: (...request: Parameters<typeof source.read>) => {
      asked.push(request[0]);
      return source.read(...request);
    },
  };
  const picture = await drawSource(spied);
  expect(asked.length).toBeGreaterThan(30);
  expect(asked.flatMap(({ columns }) => columns).filter((column) => /haslo/i.test(column))).toEqual([]);
  const people = picture.tables.find(({ name }) => name === 'dbo.Pracownicy')!;
  expect(people.columns.filter(({ notRead }) => notRead === 'secret').map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Haslo', 'PoprzednieHaslo']),
  );
});

const many = (value: string, rows = 50): string[] => Array.from({ length: rows }, () => value);

describe('values that may tell of a person are not shown', () => {
  test.each([
    ['a name and surname', 'Grupa', 'Anna Nowakowska'],
    ['an e-mail', 'Grupa', 'anna@przyklad.pl'],
    ['a run of digits', 'Grupa', '600 700 800'],
    ['a street', 'Grupa', 'ul. Długa 5'],
  ])('%s in a column of codes', async (_what, name, value) => {
    const column = await drawColumn(name, [...many('A'), ...many('B'), ...many(value)]);
    expect(JSON.stringify(column)).not.toContain(value);
  });

  test('a surname that stands in a column of surnames, also of another table', async () => {
    const rows = (values: readonly string[]): SourceRow[] => values.map((value): SourceRow => [value]);
    const picture = await drawTables([
      { name: 'dbo.Grupy', columns: ['Grupa'], rows: rows([...many('A'), ...many('Wiśniewska')]) },
      { name: 'dbo.Osoby', columns: ['Nazwisko'], rows: rows(['Wiśniewska', 'Lis']) },
    ]);
    expect(picture.tables[0]!.columns[0]!.codes).toEqual({ values: [{ value: 'A', rows: 50 }], hidden: 1 });
  });

  test('a value of a column whose name says nothing, unless several rows share it', async () => {
    const column = await drawColumn('Oznakowanie', [...many('zwykłe'), ...many('pilne'), 'kowalskiego']);
    expect(column.codes).toMatchObject({ hidden: 1 });
    expect(JSON.stringify(column)).not.toContain('kowalskiego');
  });

  test('extremes of numbers and days of birth', async () => {
    expect((await drawColumn('Cokolwiek', ['44051401359', '02070803628'])).range).toBeNull();
    expect((await drawColumn('NumerTelefonu', ['600700800', '600700801'])).range).toBeNull();
    expect((await drawColumn('DataUrodzenia', ['1944-05-14', '2002-07-08'])).range).toEqual({
      min: '1944',
      max: '2002',
    });
  });
});

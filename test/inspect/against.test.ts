import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Comparison } from '../../src/inspect/against/comparison.ts';
import type { Picture } from '../../src/inspect/picture.ts';
import { readLookup } from '../../src/mapping/bundle/read-lookup.ts';
import { createReport } from '../../src/mapping/report.ts';
import { runInspect } from './run-inspect.ts';

const GOLDEN = 'fixtures/golden/office-300/tables';
type Told = Picture & { readonly against: Comparison };

let folder: string;
let told: Told;
let said: string;

/** Replaces text in a table of the dump. */
function edit(table: string, change: (text: string) => string): void {
  const file = join(folder, 'dump', `dbo.${table}.csv`);
  writeFileSync(file, change(readFileSync(file, 'utf8')));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-inspect-against-'));
  cpSync(GOLDEN, join(folder, 'dump'), { recursive: true });
  // A column that nobody knows, one under another name, a table that nobody knows, one that is gone, and a number where a date should be.
  edit('PismaAtrybuty', (text) =>
    text.replace(/^(.*)$/gm, (line) =>
      line === '' ? '' : line.startsWith('Id,') ? `${line},StatusMigracji` : `${line},nowy`,
    ),
  );
  edit('Stanowiska', (text) => text.replace('IdPracownika', 'IdPracownik'));
  edit('PismaPowiazania', (text) => text.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}/g, '12.5'));
  writeFileSync(join(folder, 'dump', 'dbo.Nieznana.csv'), `Id,Opis\n${'1,x\n2,y\n'}`);
  rmSync(join(folder, 'dump', 'dbo.PodmiotyPisma.csv'));
  const json = await runInspect(folder, ['--against', 'ezd-puw', '--out', 'out', '--json']);
  told = JSON.parse(json.out) as Told;
  said = (await runInspect(folder, ['--against', 'ezd-puw', '--out', 'again'])).out;
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('inspect --against', () => {
  test('tells a column that nobody mapped as new, with its rows', () => {
    const found = told.against.new.find(({ column }) => column === 'StatusMigracji');
    expect(found).toEqual({ table: 'dbo.PismaAtrybuty', column: 'StatusMigracji', rows: expect.any(Number) });
    expect(found!.rows).toBeGreaterThan(40);
    expect(said).toContain('new: dbo.PismaAtrybuty.StatusMigracji');
  });

  test('tells a renamed column as missing, with the name it has now', () => {
    expect(told.against.missing).toContainEqual({
      table: 'dbo.Stanowiska',
      column: 'IdPracownika',
      entities: expect.arrayContaining(['stanowisko_wersja']),
      optional: false,
      near: 'IdPracownik',
    });
    expect(said).toContain('dbo.Stanowiska.IdPracownika is missing');
    expect(said).toContain('is it IdPracownik now?');
  });

  test('tells a table that is new and one that is missing once, without their columns', () => {
    expect(told.against.new.filter(({ table }) => table === 'dbo.Nieznana')).toEqual([
      { table: 'dbo.Nieznana', column: null, rows: 2 },
    ]);
    expect(told.against.missing.filter(({ table }) => table === 'dbo.PodmiotyPisma')).toMatchObject([
      { column: null, entities: ['uczestnik'] },
    ]);
  });

  test('tells values that cannot become what the target wants', () => {
    expect(told.against.clashes).toEqual([
      {
        entity: 'powiazanie',
        table: 'dbo.PismaPowiazania',
        column: 'DataDowiazania',
        to: expect.any(String),
        wants: 'timestamptz',
        found: 'decimal',
        declared: null,
      },
    ]);
  });

  test('tells nothing of what is mapped or listed as not mapped', () => {
    const names = [...told.against.new, ...told.against.missing].map(({ table, column }) => `${table}.${column}`);
    expect(names.sort()).toEqual([
      'dbo.Nieznana.null',
      'dbo.PismaAtrybuty.StatusMigracji',
      'dbo.PodmiotyPisma.null',
      'dbo.Stanowiska.IdPracownik',
      'dbo.Stanowiska.IdPracownika',
    ]);
    expect(told.against.counts).toMatchObject({ mappedTables: 33, missing: 2, new: 3, clashes: 1 });
  });

  test('lists the codes that a look-up lacks', () => {
    const codes = told.against.codes.find(({ column }) => column === 'TypDokumentu')!;
    expect(codes).toMatchObject({ lookup: 'typ-dokumentu', unknown: [{ value: '77', rows: 3 }] });
  });

  test('finds every column that the mappings translate by a look-up to be one of codes', () => {
    const translated = readdirSync('mappings/ezd-puw')
      .filter((name) => name.endsWith('.yaml'))
      .flatMap((name) => {
        const text = readFileSync(join('mappings/ezd-puw', name), 'utf8');
        const table = /table: (dbo\.\w+)/.exec(text)?.[1];
        return [...text.matchAll(/\{ of: (\w+)[^}]*lookup:/g)].map(([, column]) => `${table}.${column}`);
      });
    const codes = told.tables.flatMap(({ name, columns }) =>
      columns.filter((column) => column.codes !== null).map((column) => `${name}.${column.name}`),
    );
    expect(translated.length).toBeGreaterThan(15);
    expect(translated.filter((name) => !codes.includes(name))).toEqual([]);
  });

  test('--tables asks for a part, and what is outside it is not missing', async () => {
    const { out } = await runInspect(folder, [
      '--tables',
      'stanowiska,dbo.Pisma',
      '--against',
      'ezd-puw',
      '--out',
      'part',
      '--json',
    ]);
    const part = JSON.parse(out) as Told;
    expect(part.tables.map(({ name }) => name).sort()).toEqual(['dbo.Pisma', 'dbo.Stanowiska']);
    expect(part.against.missing.map(({ column }) => column)).toEqual(['IdPracownika']);
  });
});

describe('look-ups to be filled in', () => {
  test('are look-ups: each is read without a problem, its codes unconfirmed', () => {
    const names = readdirSync(join(folder, 'out', 'lookups'));
    expect(names.length).toBeGreaterThan(20);
    for (const name of names) {
      const text = readFileSync(join(folder, 'out', 'lookups', name), 'utf8');
      const report = createReport('en');
      const file = { name, file: `lookups/${name}`, text };
      const lookup = readLookup(file, basename(name, '.csv'), report);
      expect(report.problems, name).toEqual([]);
      expect(Object.keys(lookup!.entries).length).toBeGreaterThan(0);
      expect(lookup!.unconfirmed.toSorted()).toEqual(Object.keys(lookup!.entries).sort());
    }
  });

  test('serve as an overlay: codes that were unknown are known to the plan', async () => {
    const overlay = join(folder, 'urzad');
    mkdirSync(overlay);
    cpSync(join(folder, 'out', 'lookups', 'typ-dokumentu.csv'), join(overlay, 'lookups', 'typ-dokumentu.csv'));
    writeFileSync(join(overlay, 'bundle.yaml'), 'name: urzad\nextends: ezd-puw\n');
    const { out, code, err } = await runInspect(folder, ['--against', 'urzad', '--out', 'overlay', '--json']);
    expect(code, err).toBe(0);
    const codes = (JSON.parse(out) as Told).against.codes.find(({ column }) => column === 'TypDokumentu')!;
    expect(codes).toMatchObject({ unknown: [], unconfirmed: ['77'] });
  });

  test('that are there already, perhaps filled in, are left as they are', async () => {
    const file = join(folder, 'out', 'lookups', 'typ-dokumentu.csv');
    writeFileSync(file, 'kod;wartosc;opis;status\n77;inny;pismo;potwierdzony\n');
    const { out } = await runInspect(folder, ['--against', 'ezd-puw', '--out', 'out']);
    expect(readFileSync(file, 'utf8')).toContain('77;inny');
    expect(out).toContain('left as they are');
  });
});

describe('the command', () => {
  test.each([
    ['a table that is not there', ['--tables', 'Pismo'], 'dbo.Pisma'],
    ['mappings that are not there', ['--against', 'nie-ma'], 'ezd-puw'],
    ['a sample that is no number', ['--sample', 'malo'], 'whole number'],
  ])('refuses %s with a hint, exit code 2, and writes nothing', async (_what, words, hint) => {
    const { code, err } = await runInspect(folder, [...words, '--out', 'never']);
    expect(code).toBe(2);
    expect(err).toContain(hint);
    expect(readdirSync(folder)).not.toContain('never');
  });

  test('stops on Ctrl-C with exit code 130 and writes nothing', async () => {
    let interrupt: () => void = () => undefined;
    const io = {
      onInterrupt: (callback: () => void) => {
        interrupt = callback;
        queueMicrotask(() => interrupt());
        return () => undefined;
      },
    };
    const { code, err } = await runInspect(folder, ['--out', 'stopped'], { io });
    expect(code).toBe(130);
    expect(err).toContain('INTERRUPTED');
    expect(readdirSync(folder)).not.toContain('stopped');
  });

  test('speaks Polish', async () => {
    const { out } = await runInspect(folder, ['--tables', 'Stanowiska', '--out', 'pl'], { language: 'pl' });
    expect(out).toContain('Tabele: 1, kolumny: 9');
  });
});

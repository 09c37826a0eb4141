import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Plan } from '../../src/core/plan.ts';
import { type ReadCorrections, readCorrections } from '../../src/corrections/read-corrections.ts';
import { sheetCells, sheetHeader } from '../../src/corrections/sheet-format.ts';
import { folderPlan } from './folder-plan.ts';

let folder: string;
let plan: Plan;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-read-corrections-'));
  plan = await folderPlan();
});
afterEach(() => rmSync(folder, { recursive: true }));

function put(name: string, content: string | Uint8Array): void {
  mkdirSync(dirname(join(folder, 'corrections', name)), { recursive: true });
  writeFileSync(join(folder, 'corrections', name), content);
}

const read = (): ReadCorrections =>
  readCorrections({ folder: join(folder, 'corrections'), base: folder, plan, language: 'en' });

const HEADER = 'entity;key;field;old value;new value;reason;author;date';
const sheet = (...lines: string[]): string => `${[HEADER, ...lines].join('\r\n')}\r\n`;

/** Problems as `code line:column`. */
const problems = ({ problems: { kept } }: ReadCorrections): string[] =>
  kept.map(({ code, at }) => `${code} ${at?.line}:${at?.column}`);

describe('a sheet as an office saves it', () => {
  test('a filled line is a correction; one that nobody filled in is counted and passed over', () => {
    put('a.csv', sheet('folder;7;Title;;Teczka;typo;Jan;2026-03-01', 'folder;8;Title;;;;;'));
    const { set, unfilled, files } = read();
    expect(files).toEqual(['corrections/a.csv']);
    expect(unfilled).toBe(1);
    expect(set.corrections).toEqual([
      {
        kind: 'record',
        entity: 'folder',
        key: 7,
        column: 'Title',
        old: null,
        new: 'Teczka',
        reason: 'typo',
        author: 'Jan',
        date: '2026-03-01',
        file: 'corrections/a.csv',
        line: 2,
      },
    ]);
  });

  test.each([
    ['UTF-8 with a byte order mark', (text: string) => Buffer.from(`\uFEFF${text}`, 'utf8')],
    [
      'windows-1250',
      (text: string) => Buffer.from(text.replace('ż', '\u00bf').replace('ół', '\u00f3\u00b3'), 'latin1'),
    ],
    ['UTF-16, tabs', (text: string) => Buffer.from(`\uFEFF${text.replaceAll(';', '\t')}`, 'utf16le')],
    ['a first line sep=;', (text: string) => Buffer.from(`sep=;\r\n${text}`, 'utf8')],
    ['commas', (text: string) => Buffer.from(text.replaceAll(';', ','), 'utf8')],
  ])('in %s it is read the same', (_, encode) => {
    put('a.csv', encode(sheet('folder;7;Title;stary;żółw;typo;Jan;01.03.2026')));
    const { set, problems: list } = read();
    expect(list.kept).toEqual([]);
    expect(set.corrections[0]).toMatchObject({ old: 'stary', new: 'żółw', date: '2026-03-01' });
  });

  test('Polish names of columns work in any order, with or without accents; other columns are left alone', () => {
    put(
      'a.csv',
      'kod;AUTOR;Powód;nowa_wartosc;stara wartość;pole;klucz;encja;data\nX;Jan;bo tak;nowe;stare;Title;7;folder;2026-03-01\n',
    );
    expect(read().set.corrections[0]).toMatchObject({ entity: 'folder', key: 7, old: 'stare', new: 'nowe' });
  });

  test('a target column means the source column that it comes from', () => {
    put('a.csv', sheet('folder;7;created;nonsense;2023-01-01;typo;Jan;2026-03-01'));
    expect(read().set.corrections[0]).toMatchObject({ column: 'Created' });
  });

  test('values that a spreadsheet would change come back as they were', () => {
    const value = ['014', '=HYPERLINK("x")', '2023-03-15 10:15:00.000', '12345678901234567', "'cytat'", 'a;b "c"\nd'];
    const rows = value.map((text, index) =>
      sheetCells({
        entity: 'folder',
        key: String(index + 1),
        field: 'Title',
        old: text,
        new: 'x',
        reason: 'r',
        author: 'a',
        date: '2026-03-01',
      })
        .map((cell) => `"${cell.replaceAll('"', '""')}"`)
        .join(';'),
    );
    put('a.csv', `${sheetHeader('pl').join(';')}\n${rows.join('\n')}\n`);
    expect(read().set.corrections.map((each) => each.kind === 'record' && each.old)).toEqual(value);
  });

  test('the mark for nothing clears a value, and dates are turned into those of the source', () => {
    put(
      'a.csv',
      sheet('folder;7;Created;x;15.03.2023 10:15;r;a;2026-03-01', 'folder;8;Title;x;(puste);r;a;2026-03-01'),
    );
    expect(read().set.corrections).toMatchObject([{ new: '2023-03-15 10:15:00' }, { new: null }]);
  });
});

describe('problems are told with file, line and column', () => {
  test.each([
    ['an unknown entity', 'foldr;7;Title;x;y;r;a;2026-03-01', 'unknownEntity 2:1'],
    ['an unknown field', 'folder;7;Titel;x;y;r;a;2026-03-01', 'unknownField 2:10'],
    ['a key column', 'folder;7;id;x;y;r;a;2026-03-01', 'keyColumn 2:10'],
    ['no key', 'folder;;Title;x;y;r;a;2026-03-01', 'missingCell 2:8'],
    ['no new value', 'folder;7;Title;x;;r;a;2026-03-01', 'missingNew 2:18'],
    ['no reason', 'folder;7;Title;x;y;;a;2026-03-01', 'missingReason 2:1'],
    ['no author', 'folder;7;Title;x;y;r;;2026-03-01', 'missingAuthor 2:1'],
    ['no date', 'folder;7;Title;x;y;r;a;', 'missingDate 2:1'],
    ['a date that is none', 'folder;7;Title;x;y;r;a;2026-13-01', 'badDate 2:24'],
    ['an error of the spreadsheet', 'folder;7;Title;x;#ADR!;r;a;2026-03-01', 'spreadsheetError 2:18'],
    ['scientific notation', 'folder;7;Title;9,93E+10;y;r;a;2026-03-01', 'scientific 2:16'],
    ['a time without its date', 'folder;7;Created;15:00,0;y;r;a;2026-03-01', 'timeOnly 2:18'],
    ['a month where a number was', 'folder;7;Title;x;mar.15;r;a;2026-03-01', 'monthName 2:18'],
    ['leading zeros that are gone', "folder;7;Title;'014;14;r;a;2026-03-01", 'lostZeros 2:21'],
    ['a masked new value', 'folder;7;Title;x;9932*****16;r;a;2026-03-01', 'maskedNew 2:18'],
    ['nothing to change', 'folder;7;Title;x;x;r;a;2026-03-01', 'noChange 2:18'],
    ['a quote that is not closed', 'folder;7;Title;x;"y;r;a;2026-03-01', 'badQuotes 2:18'],
  ])('%s', (_, line, expected) => {
    put('a.csv', sheet(line));
    expect(problems(read())).toContain(expected);
  });

  test('an unknown word is helped, and no value stands in any message', () => {
    put('a.csv', sheet('foldr;7;Title;9932310001;99323100016;r;a;2026-03-01', 'folder;7;Titel;9932310001;#ADR!;r;a;x'));
    const { kept } = read().problems;
    expect(kept[0]?.hint).toContain('"folder"');
    expect(kept.find(({ code }) => code === 'unknownField')?.hint).toContain('"Title"');
    expect(JSON.stringify(kept)).not.toContain('99323');
  });

  test('a header without its columns, an empty file and a workbook', () => {
    put('a.csv', 'entity;key;field;old valu;new value;reason;author;date\n');
    put('b.csv', '');
    put('c.xlsx', 'PK');
    expect(problems(read())).toEqual(['missingColumn 1:18', 'noHeader 1:1', 'workbook 1:1']);
  });

  test('the same correction twice is a warning, another one of the same value an error; the first stays', () => {
    put('a.csv', sheet('folder;7;Title;x;y;r;a;2026-03-01', 'folder;7;title;x;y;r;a;2026-03-01'));
    put('b.csv', sheet('FOLDER;7;Title;x;z;r;a;2026-03-01'));
    const found = read();
    expect(found.problems.kept.map(({ code, at, severity }) => `${severity} ${code} ${at?.file}:${at?.line}`)).toEqual([
      'warning duplicate corrections/a.csv:3',
      'error conflict corrections/b.csv:2',
    ]);
    expect(found.set.corrections).toHaveLength(1);
  });
});

describe('YAML', () => {
  test('single corrections, look-ups and rules with defaults of the file', () => {
    put('lookups/titles.csv', 'stara;nowa\nTeczka A;Teczka B\n"Teczka C";\n');
    put(
      'a.yaml',
      `author: Jan
date: 2026-03-01
reason: uzgodniono
corrections:
  - { entity: folder, key: 7, field: Title, old: x, new: null }
  - { entity: folder, field: Title, lookup: lookups/titles.csv }
  - { entity: folder, field: title, values: { a: b }, when: 'IdUnit == 3' }
  - entity: folder
    set: { IdUnit: 4 }
    when: isEmpty(Title)
    reason: inny
`,
    );
    const { set, problems: list } = read();
    expect(list.kept).toEqual([]);
    expect(set.corrections).toMatchObject([
      { kind: 'record', new: null, line: 5, author: 'Jan' },
      { kind: 'lookup', values: { 'Teczka A': 'Teczka B', 'Teczka C': null }, when: null },
      { kind: 'lookup', column: 'Title', when: { text: 'IdUnit == 3', names: ['IdUnit'] } },
      { kind: 'rule', set: { IdUnit: '4' }, reason: 'inny', date: '2026-03-01' },
    ]);
  });

  test('an unknown key, an unknown column in an expression and a look-up that is not there are pointed at', () => {
    put(
      'a.yaml',
      `author: Jan
date: 2026-03-01
reason: r
corrections:
  - { entity: folder, field: Title, lookup: nowhere.csv }
  - { entity: folder, set: { Title: x }, when: 'Titel == "a"' }
`,
    );
    put('b.yaml', `corrections:\n  - { entity: folder, key: 1, field: Title, old: x, nev: y }\n`);
    const found = read();
    expect(problems(found)).toEqual(['lookupFile 5:45', 'celName 6:49', 'missingKey 2:5', 'unknownKey 2:53']);
    expect(found.problems.kept.find(({ code }) => code === 'celName')?.hint).toContain('"Title"');
  });
});

test('the hash changes with every word of a correction and with nothing else', () => {
  put('a.csv', sheet('folder;7;Title;x;y;r;a;2026-03-01'));
  const first = read().set.hash;
  expect(read().set.hash).toBe(first);
  put('a.csv', sheet('folder;7;Title;x;y;other reason;a;2026-03-01'));
  expect(read().set.hash).not.toBe(first);
});

import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CliIo } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { CSV_START, csvLine } from '../../src/core/csv-line.ts';
import { parseCells } from '../../src/corrections/parse-cells.ts';

const DUMP = resolve('fixtures/golden/office-300/tables');

/** What the script of the office writes for each code; values made up, all of them right. */
const CURES: Readonly<Record<string, string>> = {
  PESEL_CHECKSUM: '90010112349',
  PESEL_DATE: '90010112349',
  PESEL_FORM: '90010112349',
  NIP_CHECKSUM: '1234563218',
  REGON_CHECKSUM: '123456785',
  POSTAL_CODE_FORM: '15-213',
  COUNTRY_UNKNOWN: 'PL',
  LIMIT_TITLE_LENGTH: 'Wniosek o wpis',
  REF_MISSING: '(empty)',
};

interface SheetLine {
  readonly entity: string;
  readonly key: string;
  readonly field: string;
  readonly codes: readonly string[];
  readonly cells: readonly string[];
}

describe('corrections of the dirty office, from the sheet to the second validation', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ezd-corrections-'));
    const project = `office: UM-TEST\nlanguage: en\nsource: { kind: csv, folder: '${DUMP}' }\ntarget: { kind: embedded, folder: store }\nmappings: ezd-puw\n`;
    writeFileSync(join(folder, 'ezd-migrate.yaml'), project);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function cli(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    const [out, err]: [string[], string[]] = [[], []];
    const io: CliIo = {
      cwd: folder,
      environment: {},
      stdout: { write: (text) => out.push(text) },
      stderr: { write: (text) => err.push(text) },
      onInterrupt: () => () => undefined,
      exitNow: () => undefined,
      now: () => Date.parse('2026-01-15T12:00:00Z'),
    };
    const code = await main(argv, io);
    return { code, out: out.join(''), err: err.join('') };
  }

  /** Findings of the last validation as `entity key code field`. */
  const findings = (): string[] =>
    readFileSync(join(folder, '.ezd-migrate', 'validate', 'findings.tsv'), 'utf8')
      .split('\n')
      .filter((line) => line !== '');

  function readLines(file: string): { readonly header: readonly string[]; readonly lines: readonly SheetLine[] } {
    const text = readFileSync(join(folder, file), 'utf8').slice(1);
    const [header = [], ...rows] = [...parseCells(text, ';', () => expect.unreachable())].map((row) =>
      row.map((cell) => cell.text),
    );
    const at = (name: string): number => header.indexOf(name);
    const lines = rows.map((cells) => ({
      entity: cells[at('entity')]!,
      key: cells[at('key')]!,
      field: cells[at('field')]!,
      codes: cells[at('code')]!.split(', '),
      cells,
    }));
    return { header, lines };
  }

  /** Fills a line in, as somebody of the office would. */
  function filled({ header, line }: { header: readonly string[]; line: SheetLine }): string {
    const cells = [...line.cells];
    const put = (name: string, text: string): void => {
      cells[header.indexOf(name)] = text;
    };
    put('new value', CURES[line.codes[0]!]!);
    put('reason', 'pomyłka przy wpisywaniu');
    put('author', 'Archiwista');
    put('date', '2026-01-14');
    return csvLine(cells);
  }

  const PATIENCE = { timeout: 480_000 };
  test(
    'findings of which the exported sheet was filled in are gone in the next validation, and only those',
    PATIENCE,
    async () => {
      expect((await cli('validate')).code).toBe(3);
      const before = findings();
      const args = ['--validation', '--as-corrections', '--findings', '--with-personal-data', '--out', 'sheet.csv'];
      const exported = await cli('rejects', 'export', ...args, '--json');
      expect(exported.code).toBe(0);
      expect(statSync(join(folder, 'sheet.csv')).mode & 0o077).toBe(0);
      const { header, lines } = readLines('sheet.csv');
      expect(lines.length).toBe((JSON.parse(exported.out) as { lines: number }).lines);
      // A document without its author would be short of metadata: that reference is not simply cleared.
      const cured = lines.filter(
        ({ entity, codes }) => codes.length === 1 && CURES[codes[0]!] !== undefined && entity !== 'dokument',
      );
      expect(new Set(cured.map(({ codes }) => codes[0])).size).toBeGreaterThan(6);
      const rest = lines.filter((line) => !cured.includes(line));
      mkdirSync(join(folder, 'corrections'));
      writeFileSync(
        join(folder, 'corrections', 'from-units.csv'),
        CSV_START +
          csvLine(header) +
          cured.map((line) => filled({ header, line })).join('') +
          rest.map(({ cells }) => csvLine(cells)).join(''),
      );
      const checked = await cli('corrections', 'check', '--json');
      expect(JSON.parse(checked.out)).toMatchObject({
        errors: 0,
        corrections: { records: cured.length, unfilled: rest.length },
        againstSource: { applied: cured.length, stale: 0, needless: 0, missing: 0 },
      });
      const second = await cli('validate');
      expect(second.code).toBe(3);
      // A record that the dump has twice is corrected twice; one of its rows is rejected as before.
      const [, applied] = /Corrections of the office: (\d+) applied, 0 that did not fit, 0 not needed/.exec(
        second.out,
      )!;
      expect(Number(applied)).toBeGreaterThanOrEqual(cured.length);
      const after = findings();
      const gone = before.filter((line) => !after.includes(line));
      const keyed = (line: string): string => line.split('\t').slice(0, 3).join(' ');
      expect([...new Set(gone.map(keyed))].sort()).toEqual(
        [...new Set(cured.map(({ entity, key, codes }) => `${entity} ${key} ${codes[0]}`))].sort(),
      );
      expect(after.filter((line) => !before.includes(line))).toEqual([]);
    },
  );

  test('what a dry run applied is listed with who and why, masked unless asked otherwise', async () => {
    const { out } = await cli('corrections', 'list', '--validation', '--entity', 'adresat_wersja', '--json');
    const { corrections } = JSON.parse(out) as { corrections: { field: string; new: string; outcome: string }[] };
    const pesel = corrections.find(({ field }) => field === 'PESEL');
    expect(pesel).toMatchObject({
      entity: 'adresat_wersja',
      new: '9001*****49',
      outcome: 'applied',
      reason: 'pomyłka przy wpisywaniu',
      author: 'Archiwista',
      date: '2026-01-14',
      file: 'corrections/from-units.csv',
    });
    const open = await cli('corrections', 'list', '--entity', 'adresat_wersja', '--with-personal-data');
    expect(open.out).toContain('90010112349');
    expect(open.err).toBe('');
  });

  test('corrections that do not fit the source, are not needed or have no record are told with their line', async () => {
    const file = join(folder, 'corrections', 'wrong.csv');
    const header = 'entity;key;field;old;new;reason;author;date\n';
    writeFileSync(
      file,
      `${header}koszulka;1;Nazwa;nie ta;inna;r;a;2026-01-14\nkoszulka;99999999;Nazwa;x;y;r;a;2026-01-14\nadresat_wersja;1;Imie;x;y;;a;2026-01-14\n`,
    );
    const { code, out, err } = await cli('corrections', 'check');
    expect(code, err).toBe(3);
    expect(out).toContain('corrections/wrong.csv:2:1: error: the source has another value in koszulka 1, field Nazwa');
    expect(out).toContain('corrections/wrong.csv:3:1: error: the source has no record koszulka 99999999');
    expect(out).toContain('corrections/wrong.csv:4:1: error: the reason of the correction is missing');
    expect(
      await cli('corrections', 'check', '--no-against-source', '--json').then(({ out: json }) => JSON.parse(json)),
    ).toMatchObject({ againstSource: null, errors: 1 });
  });

  test('a run refuses wrong files before anything is written', async () => {
    const { code, err } = await cli('run');
    expect(code).toBe(2);
    expect(err).toContain('[CORRECTIONS]');
    expect(err).toContain('corrections/wrong.csv:4:1');
    expect((await cli('status')).out).toContain('no run yet');
    rmSync(join(folder, 'corrections', 'wrong.csv'));
  });

  test('a masked sheet works as well: it is applied where the source holds a value that is masked so', async () => {
    const args = [
      '--validation',
      '--as-corrections',
      '--entity',
      'adresat_wersja',
      '--findings',
      '--out',
      'masked.csv',
    ];
    expect((await cli('rejects', 'export', ...args)).code).toBe(0);
    const { header, lines } = readLines('masked.csv');
    const [line] = lines.filter(({ codes, field }) => codes[0] === 'PESEL_ZERO_LOST' && field === 'PESEL');
    expect(line?.cells[header.indexOf('old value')]).toMatch(/^\d\d\*+\d\d$/);
    const cells = [...line!.cells];
    for (const [name, text] of [
      ['new value', '90010112349'],
      ['reason', 'r'],
      ['author', 'a'],
      ['date', '2026-01-14'],
    ])
      cells[header.indexOf(name!)] = text!;
    writeFileSync(join(folder, 'corrections', 'masked.csv'), csvLine(header) + csvLine(cells));
    const checked = JSON.parse((await cli('corrections', 'check', '--json')).out) as { againstSource: unknown };
    expect(checked).toMatchObject({ errors: 0, againstSource: { stale: 0, missing: 0 } });
  });

  test('the example of docs/corrections.md fits the mappings for EZD PUW', async () => {
    const [, example] = /```yaml\n([\s\S]*?)```/.exec(readFileSync('docs/corrections.md', 'utf8'))!;
    writeFileSync(join(folder, 'corrections', 'example.yaml'), example!);
    const { code, out } = await cli('corrections', 'check', '--no-against-source');
    expect(code, out).toBe(0);
    expect(out).toContain('by look-up');
    rmSync(join(folder, 'corrections', 'example.yaml'));
  });

  test('an unknown outcome and findings without a sheet are refused with what is allowed', async () => {
    const outcome = await cli('corrections', 'list', '--outcome', 'done');
    expect(outcome).toMatchObject({ code: 2 });
    expect(outcome.err).toContain('applied, stale, needless, skipped');
    expect(await cli('rejects', 'export', '--validation', '--findings')).toMatchObject({ code: 2 });
  });
});

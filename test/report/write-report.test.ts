import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { cellText } from '../../src/core/sheet-cell.ts';
import type { Draft } from '../../src/corrections/draft.ts';
import { createProblemList } from '../../src/corrections/problem-list.ts';
import { readSheet } from '../../src/corrections/read-sheet.ts';
import { columnNamed } from '../../src/corrections/sheet-format.ts';
import { writeReport } from '../../src/report/render/write-report.ts';
import { openReportOffice, type ReportOffice } from './report-office.ts';

const GOLDEN = resolve('test/golden/report');

let office: ReportOffice;
let folder: string;
beforeAll(async () => {
  office = await openReportOffice();
}, 240_000);
afterAll(() => office.close());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-report-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const FINDINGS = [
  { entity: 'adresat', key: 7, code: 'PESEL_CHECKSUM', field: 'pesel', value: '99323100016' },
  {
    entity: 'adresat',
    key: 8,
    code: 'EMAIL_FORM',
    severity: 'warning',
    field: 'email',
    value: 'jan.kowalski(at)poczta.pl',
  },
  {
    entity: 'sprawa',
    key: 11,
    code: 'SIGN_YEAR_MISMATCH',
    field: 'znak',
    value: 'OR.1.1.2020',
    params: { found: 2020, expected: 2021 },
  },
  {
    entity: 'koszulka',
    key: 3,
    code: 'FOLDER_CASE_AND_CLASS',
    severity: 'warning',
    field: 'nas_klasa',
    value: '05',
    params: { sign: 'GK.2.7.2021' },
  },
  {
    entity: 'koszulka',
    key: 2,
    code: 'TYPE_INVALID',
    effect: 'change',
    field: 'data_utworzenia',
    value: '2011-02-30',
    params: { expected: 'timestamptz' },
  },
] as const;

const listOf = (file: string): string[][] =>
  parse(readFileSync(file, 'utf8'), { delimiter: ';', bom: true, record_delimiter: '\r\n' });

test('the files of a report are what lies in test/golden/report (vitest --update writes it)', async () => {
  const run = await office.addRun(FINDINGS);
  await office.sql(
    `UPDATE ezd_migrate.run SET started_at = '2026-01-15 10:00+00', finished_at = '2026-01-15 10:02+00' WHERE id = $1`,
    [run],
  );
  const { files } = await writeReport(await office.report(run), folder, 'pl');
  expect(files).toContain('report.json');
  for (const name of files.filter((each) => /\.(json|csv)$/.test(each)))
    await expect(readFileSync(join(folder, name), 'utf8')).toMatchFileSnapshot(join(GOLDEN, name));
});

test('a list is what Excel in Polish opens: byte order mark, semicolons, CRLF, every row with as many cells as the header', async () => {
  await writeReport(await office.report(await office.addRun(FINDINGS)), folder, 'pl');
  const bytes = readFileSync(join(folder, 'findings.csv'));
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const text = bytes.toString('utf8');
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  const [header, ...rows] = listOf(join(folder, 'findings.csv'));
  expect(header!.slice(0, 3)).toEqual(['jednostka', 'rok', 'znak sprawy']);
  expect(rows.map((row) => row.length)).toEqual(rows.map(() => header!.length));
  expect(rows.map((row) => row[4])).toEqual([
    'TYPE_INVALID',
    'FOLDER_CASE_AND_CLASS',
    'SIGN_YEAR_MISMATCH',
    'PESEL_CHECKSUM',
    'EMAIL_FORM',
  ]);
});

test('the lists of the units together are the whole list, each of its unit alone', async () => {
  const report = await office.report(await office.addRun(FINDINGS));
  await writeReport(report, folder, 'en');
  const whole = listOf(join(folder, 'findings.csv')).slice(1);
  const parts = report.model.files.units.map(({ unit, name, findings }) => {
    const rows = listOf(join(folder, 'units', `${name}.csv`)).slice(1);
    expect(rows.length).toBe(findings);
    expect(rows.every(([own]) => own === (unit ?? ''))).toBe(true);
    return rows;
  });
  expect(parts.flat()).toEqual(whole);
});

const ATTACKS = ['=cmd|calc!A0', '+1+1', '-1+1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1+1', '"; =1', "'=1"];

test('nothing in a list is a formula, whatever the legacy data holds, and every value can be read back', async () => {
  const run = await office.addRun(
    ATTACKS.map((value, i) => ({
      entity: 'slownik',
      key: value,
      field: value,
      value,
      code: `OWN_${i}`,
      params: { a: value },
    })),
  );
  await writeReport(await office.report(run, { personal: true }), folder, 'pl');
  const [header, ...rows] = listOf(join(folder, 'findings.dane-osobowe.csv'));
  expect(rows.flat().filter((cell) => /^[=+\-@\t\r\n＝]/.test(cell))).toEqual([]);
  const old = header!.findIndex((name) => columnNamed(name) === 'old');
  expect(rows.map((row) => cellText(row[old]!)).toSorted()).toEqual(ATTACKS.toSorted());
});

test('a list is a sheet of corrections: nothing filled in yet, and read as it is once somebody has', async () => {
  await writeReport(await office.report(await office.addRun(FINDINGS)), folder, 'pl');
  const text = readFileSync(join(folder, 'findings.csv'), 'utf8');
  const empty = createProblemList('pl');
  expect(readSheet('findings.csv', text, empty, () => expect.unreachable())).toBe(FINDINGS.length);
  expect(empty.kept).toEqual([]);
  const filled = text.replace(/(adresat;7;pesel;[^;]*);;;;;/, '$1;99123100017;literówka;J. Nowak;2026-01-20;');
  const problems = createProblemList('pl');
  const drafts: Draft[] = [];
  readSheet('findings.csv', filled, problems, (draft) => void drafts.push(draft));
  expect(problems.kept).toEqual([]);
  expect(drafts).toMatchObject([{ kind: 'record', old: { text: '9932*****16' }, new: { text: '99123100017' } }]);
});

test('with personal data the files say so in their names and in the model, and only the owner may read them', async () => {
  const run = await office.addRun(FINDINGS);
  await writeReport(await office.report(run), join(folder, 'masked'), 'pl');
  await writeReport(await office.report(run, { personal: true }), join(folder, 'open'), 'pl');
  const all = (name: string): string[] =>
    readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
  const masked = all('masked')
    .map((file) => readFileSync(file, 'utf8'))
    .join('');
  expect(masked).not.toMatch(/99323100016|kowalski/i);
  const open = all('open');
  expect(open.length).toBe(all('masked').length);
  for (const file of open) {
    expect(file).toContain('.dane-osobowe.');
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  }
  expect(open.map((file) => readFileSync(file, 'utf8')).join('')).toContain('99323100016');
  expect(JSON.parse(readFileSync(join(folder, 'open', 'report.dane-osobowe.json'), 'utf8')).personalData).toBe(true);
});

test('a second report of the same run takes the place of the first, and lists of units that have none any more are gone', async () => {
  await writeReport(await office.report(await office.addRun(FINDINGS)), folder, 'pl');
  expect(existsSync(join(folder, 'units', 'WO.csv'))).toBe(true);
  await writeReport(await office.report(await office.addRun([FINDINGS[0]])), folder, 'pl');
  expect(readdirSync(join(folder, 'units')).filter((name) => name.endsWith('.csv'))).toEqual(['_bez-jednostki.csv']);
  expect(listOf(join(folder, 'findings.csv')).length).toBe(2);
});

test('a folder that cannot be made is told with the way out, and nothing half written stays', async () => {
  writeFileSync(join(folder, 'file'), '');
  const report = await office.report(await office.addRun(FINDINGS));
  await expect(writeReport(report, join(folder, 'file'), 'pl')).rejects.toMatchObject({
    code: 'USAGE',
    hint: expect.stringContaining('--out'),
  });
  const broken = {
    ...report,
    async *rows() {
      yield* report.rows();
      throw new Error('the server went away');
    },
  };
  await expect(writeReport(broken, join(folder, 'out'), 'pl')).rejects.toThrow('the server went away');
  expect(
    readdirSync(join(folder, 'out'), { recursive: true }).filter((name) => /part|report/.test(String(name))),
  ).toEqual([]);
});

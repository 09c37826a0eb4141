import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';
import { REPORT } from '../../src/report/report-model.ts';

const TABLES = resolve('fixtures/golden/office-300/tables');
/** Small entities: reports are of interest here, not loading. */
const SMALL = ['--entity', 'jednostka', '--entity', 'rola', '--entity', 'wykaz_akt', '--no-contents'];

let folder: string;
const dumpOf = (name: string): string => join(folder, name);

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const cli = (...argv: string[]): Promise<Answer> => type('--lang', 'en', ...argv);

async function type(...argv: string[]): Promise<Answer> {
  let [out, err] = ['', ''];
  const code = await main(argv, {
    cwd: folder,
    environment: {},
    stdout: { write: (text) => (out += text) },
    stderr: { write: (text) => (err += text) },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.parse('2026-01-15T12:00:00Z'),
  });
  return { code, out, err };
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-report-command-'));
  const project = `office: UM-TEST\nsource: { kind: csv, folder: '${TABLES}' }\ntarget: { kind: embedded, folder: store }\nmappings: ezd-puw\n`;
  writeFileSync(join(folder, 'ezd-migrate.yaml'), project);
});
afterAll(() => rmSync(folder, { recursive: true }));

test('before the first run there is nothing to report, and the way there is told', async () => {
  const { code, err } = await cli('report');
  expect(code).toBe(2);
  expect(err).toContain('ezd-migrate validate');
});

describe('after two runs', () => {
  let first: Answer;
  beforeAll(async () => {
    first = await cli('run', ...SMALL);
    await cli('run', ...SMALL, '--no-report');
  });

  test('a run ends with its report and says where it lies; --no-report leaves it out', () => {
    expect(first.out).toContain(`Report: ${join(dumpOf('reports'), 'run-000001')}`);
    expect(readdirSync(dumpOf('reports'))).toEqual(['run-000001']);
    expect(readdirSync(join(dumpOf('reports'), 'run-000001'))).toEqual(
      expect.arrayContaining(['findings.csv', 'report.json', 'units']),
    );
  });

  test('the newest run is reported by default, any other by its number, as JSON by its schema', async () => {
    const newest = await cli('--json', 'report');
    expect(newest.code).toBe(0);
    const { written, ...model } = JSON.parse(newest.out);
    expect(REPORT.parse(model).run).toMatchObject({
      id: 2,
      kind: 'run',
      scope: { entities: ['jednostka', 'rola', 'wykaz_akt'] },
    });
    expect(written.folder).toBe(join(dumpOf('reports'), 'run-000002'));
    const other = await cli('report', '1', '--out', 'elsewhere');
    expect(other.out).toContain('Run 1 (run)');
    expect(existsSync(join(folder, 'elsewhere', 'report.json'))).toBe(true);
  });

  test('the summary says not ready and why, in the language asked for', async () => {
    const { out } = await type('--lang', 'pl', 'report', '1', '--out', 'po-polsku');
    expect(out).toContain('Przebieg 1 (run): zakończony');
    expect(out).toContain('Jeszcze nie gotowe:');
    expect(readFileSync(join(folder, 'po-polsku', 'findings.csv'), 'utf8')).toContain('jednostka;rok;znak sprawy');
  });

  test('a run that is not there, a word that is no number and a third run to compare are refused', async () => {
    expect(await cli('report', '99')).toMatchObject({ code: 2, err: expect.stringContaining('99') });
    expect((await cli('report', 'last')).code).toBe(2);
    expect(await cli('report', '--compare', '1')).toMatchObject({ code: 2, err: expect.stringContaining('--compare') });
    expect((await cli('report', '--compare', '1', '2', '3')).code).toBe(2);
  });

  test('two runs are compared: nothing is new, nothing is gone, and the list is empty', async () => {
    const { code, out } = await cli('--json', 'report', '--compare', '1,2');
    expect(code).toBe(0);
    const told = JSON.parse(out);
    expect(told).toMatchObject({ before: 1, now: 2, fresh: 0, gone: 0 });
    expect(told.same).toBeGreaterThan(0);
    expect(readFileSync(join(told.folder, 'changes.csv'), 'utf8').trim().split('\r\n').length).toBe(1);
    expect((await cli('report', '--compare', '1', '2')).out).toContain('0 new, 0 gone');
  });

  test('a report that cannot be written is told and does not make the run fail', async () => {
    rmSync(dumpOf('reports'), { recursive: true });
    writeFileSync(dumpOf('reports'), 'in the way');
    const { code, err } = await cli('run', ...SMALL);
    expect(code).toBe(first.code);
    expect(err).toContain('There is no report');
    rmSync(dumpOf('reports'));
  });
});

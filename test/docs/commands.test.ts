import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createDatabase } from '../support/postgres.ts';

const PROGRAM = resolve('bin/ezd-migrate.js');

/** What each command of the documents ends with on the dirty office: 3 where it tells of errors in the data, 0 elsewhere. */
const exitCodeOf = (command: string): number => (/^(run|validate)\b/.test(command) ? 3 : 0);

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-docs-'));
  cpSync('fixtures/golden/office-300/tables', join(folder, 'dump'), { recursive: true });
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs one command line as it stands in a document, by the program's own script in a process of its own. */
function type(command: string, environment: Readonly<Record<string, string>> = {}): string {
  const words = [...command.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LANG: 'en_GB.UTF-8', ...environment },
  });
  expect(status, `${command}\n${stdout}\n${stderr}`).toBe(exitCodeOf(command.replace(/^--lang pl /, '')));
  return stdout;
}

test('the commands of the README take a new office from nothing to its rejects', () => {
  const block = /```bash runnable\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8'))![1]!;
  const commands = [...block.matchAll(/^node bin\/ezd-migrate\.js (.*?)\s*(?:#.*)?$/gm)].map(([, words]) => words!);
  expect(commands.length).toBeGreaterThanOrEqual(5);
  const said = commands.map((command) => type(command));
  expect(said.join('')).toContain('The books balance');
  expect(said.at(-1)).toContain('KEY_DUPLICATE');
});

test('the commands of the guide take one unit from nothing into PostgreSQL', { timeout: 600_000 }, async () => {
  const database = await createDatabase();
  try {
    mkdirSync(join(folder, 'secrets'));
    writeFileSync(join(folder, 'secrets', 'target-password'), 'not needed\n');
    const guide = readFileSync('docs/pl/przewodnik.md', 'utf8');
    const commands = [...guide.matchAll(/^ {4}ezd-migrate (.*)$/gm)].map(([, words]) => words!);
    expect(commands.length).toBeGreaterThanOrEqual(9);
    const said = commands.map((command) =>
      type(command.replace('D:\\zrzut', 'dump'), { EZD_TARGET_URL: database.url }),
    );
    expect(said.join('')).toContain('Rachunek się zgadza');
    expect(readFileSync(join(folder, 'odrzucone.csv'), 'utf8')).toContain('nr;encja;klucz;kod');
  } finally {
    await database.drop();
  }
});

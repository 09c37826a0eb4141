import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from '../../src/cli/main.ts';

const DUMP = resolve('fixtures/golden/office-300/tables');

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'ezd-command-log-'));
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

async function run(project: string, ...argv: string[]): Promise<{ code: number; err: string }> {
  writeFileSync(join(home, 'ezd-migrate.yaml'), project);
  let err = '';
  const code = await main(['--lang', 'en', ...argv], {
    cwd: home,
    environment: {},
    stdout: { write: () => undefined },
    stderr: { write: (text) => (err += text) },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.now(),
  });
  return { code, err };
}

const lines = (folder = 'logs'): Record<string, unknown>[] =>
  readdirSync(join(home, folder))
    .filter((name) => name.endsWith('.log'))
    .flatMap((name) =>
      readFileSync(join(home, folder, name), 'utf8')
        .trim()
        .split('\n'),
    )
    .map((line) => JSON.parse(line) as Record<string, unknown>);

const EMBEDDED = 'target: { kind: embedded, folder: store }';

test('run keeps a log with the run, its entities and the exit code, and without a value of a record', async () => {
  const { code } = await run(`office: UM-TEST\nsource: { kind: csv, folder: '${DUMP}' }\n${EMBEDDED}\n`, 'run');
  expect(code).toBe(3);
  const all = lines();
  expect(all[0]).toMatchObject({ event: 'command-started', command: 'run', office: 'UM-TEST' });
  expect(all.at(-1)).toMatchObject({ event: 'command-finished', exitCode: 3, run: 1 });
  expect(all.filter(({ event }) => event === 'entity-finished').length).toBeGreaterThan(30);
  const people = readFileSync(join(DUMP, 'dbo.Pracownicy.csv'), 'utf8');
  const names = [...people.matchAll(/[A-ZŁŚŻ][a-ząćęłńóśźż]{4,}/g)].map(([name]) => name);
  expect(names.length).toBeGreaterThan(10);
  const text = JSON.stringify(all.map(({ hostname: _, ...line }) => line));
  for (const name of new Set(names)) expect(text).not.toContain(name);
  expect(text).not.toMatch(/\b\d{11}\b/);
});

test('a failure is in the log with its code and without the password', async () => {
  const target = `target: { kind: postgres, url: 'postgres://ezd:bardzo-tajne@127.0.0.1:1/none' }`;
  const { code } = await run(
    `office: UM-TEST\nsource: { kind: csv, folder: '${DUMP}' }\n${target}\nlogs: { folder: log, level: warn }\n`,
    'run',
  );
  expect(code).toBe(6);
  const all = lines('log');
  expect(all.map(({ event }) => event)).toEqual(['command-failed', 'command-finished']);
  expect(all[0]).toMatchObject({ level: 'error', code: 'TARGET_UNREACHABLE', retryable: true });
  expect(JSON.stringify(all)).not.toContain('bardzo-tajne');
});

test('commands that only look keep no log', async () => {
  await run(`office: UM-TEST\nsource: { kind: csv, folder: '${DUMP}' }\n${EMBEDDED}\n`, 'check');
  expect(readdirSync(home)).toEqual(['ezd-migrate.yaml']);
});

test('a log that cannot be kept is said on the terminal and does not stop the run', async () => {
  writeFileSync(join(home, 'logs'), 'a file where the folder should be');
  const { code, err } = await run(
    `office: UM-TEST\nsource: { kind: csv, folder: '${DUMP}' }\n${EMBEDDED}\n`,
    'run',
    '--entity',
    'pracownik',
    '--limit',
    '1',
  );
  expect([0, 3]).toContain(code);
  expect(err).toContain('The log cannot be written');
});

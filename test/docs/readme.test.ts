import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { exitCodeOf } from '../../src/cli/exit-code.ts';
import { main } from '../../src/cli/main.ts';
import { ERROR_CODES, EXIT_CODES, EzdError } from '../../src/core/errors.ts';

const read = (file: string): string => readFileSync(file, 'utf8');

test('the demo prints what the README shows', { timeout: 240_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-readme-'));
  try {
    let out = '';
    const code = await main(['--lang', 'en', '--no-color', 'demo'], {
      cwd: folder,
      environment: {},
      stdout: { write: (text) => (out += text) },
      stderr: { write: () => undefined },
      onInterrupt: () => () => undefined,
      exitNow: () => undefined,
      now: () => Date.now(),
    });
    expect(code).toBe(0);
    const shown = /```text demo\n([\s\S]*?)```/.exec(read('README.md'))![1]!.trim();
    const said = out
      .replaceAll(join(folder, 'demo-office'), '<folder>')
      .replace(/validation-[\d-]+/, 'validation-<time>')
      .replace(/Done in \d+ s/, 'Done in <seconds> s');
    expect(said.slice(0, shown.length)).toBe(shown);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every command and npm script that the README names is there, and every command is named', () => {
  const readme = read('README.md');
  const names = COMMANDS.map(({ name }) => name.split(' ')[0]!);
  for (const [, name] of readme.matchAll(/node bin\/ezd-migrate\.js (\w+)/g)) expect(names).toContain(name);
  for (const name of names) expect(readme, name).toContain(`\`${name}`);
  const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
  for (const [, script] of readme.matchAll(/npm run ([\w:]+)/g)) expect(Object.keys(scripts)).toContain(script);
});

test('every link of the documents leads somewhere', () => {
  const pages = [
    'README.md',
    ...readdirSync('docs', { recursive: true }).map((name) => join('docs', String(name))),
  ].filter((name) => name.endsWith('.md'));
  const broken = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)]
      .filter(([, link]) => !existsSync(join(dirname(page), link!)))
      .map(([, link]) => `${page}: ${link}`),
  );
  expect(broken).toEqual([]);
});

test('every error code has its row, every exit code too', () => {
  const errors = read('docs/errors.md');
  for (const code of ERROR_CODES) {
    const exit = exitCodeOf(new EzdError(code, ''));
    expect(errors, code).toMatch(new RegExp(`^\\| ${code} +\\|.*\\| ${exit} +\\|$`, 'm'));
  }
  const codes = read('docs/exit-codes.md');
  for (const code of Object.values(EXIT_CODES)) expect(codes).toMatch(new RegExp(`^\\| ${code} +\\|`, 'm'));
});

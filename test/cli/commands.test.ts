import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CliCommand } from '../../src/cli/command.ts';
import { COMMANDS } from '../../src/cli/commands/index.ts';
import { EXIT_CODE_TEXTS } from '../../src/cli/exit-code.ts';
import type { CliIo } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';
import { loadConfig } from '../../src/config/load-config.ts';

const DUMP = resolve('fixtures/golden/office-300/tables');
const COLOUR = '\u001B[';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-commands-'));
  const project = `office: UM-TEST\nsource: { kind: csv, folder: '${DUMP}' }\ntarget: { kind: embedded, folder: store }\nmappings: ezd-puw\n`;
  writeFileSync(join(folder, 'ezd-migrate.yaml'), project);
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function type(argv: readonly string[], environment: CliIo['environment'] = {}, cwd = folder): Promise<Answer> {
  let [out, err] = ['', ''];
  const io: CliIo = {
    cwd,
    environment: { LANG: 'en_GB.UTF-8', ...environment },
    stdout: { write: (text) => (out += text), isTTY: environment['TERM'] !== undefined },
    stderr: { write: (text) => (err += text) },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.now(),
  };
  return { code: await main(argv, io), out, err };
}
const cli = (...argv: string[]): Promise<Answer> => type(['--lang', 'en', ...argv]);
const json = async <T>(...argv: string[]): Promise<T> => JSON.parse((await cli('--json', ...argv)).out) as T;

/** Every command with the words that call it. */
const ALL: readonly (readonly [words: string, command: CliCommand])[] = COMMANDS.flatMap((command) => [
  [command.name.split(' ')[0]!, command] as const,
  ...(command.children ?? []).map(
    (child) => [`${command.name.split(' ')[0]} ${child.name.split(' ')[0]}`, child] as const,
  ),
]);

describe('help', () => {
  test.each(ALL)(
    'of %s has examples that begin with the program, in both languages, and exit code 0',
    async (words, command) => {
      const english = await cli(...words.split(' '), '--help');
      const polish = await type(['--lang', 'pl', ...words.split(' '), '--help']);
      expect([english.code, polish.code]).toEqual([0, 0]);
      expect(english.out).toContain('Usage:');
      expect(polish.out).toContain('Użycie:');
      expect(polish.out).toContain('Opcje wspólne:');
      expect(command.examples.length).toBeGreaterThan(0);
      for (const example of command.examples) {
        expect(example).toMatch(/^ezd-migrate /);
        expect(english.out).toContain(example);
      }
    },
  );

  test.each(ALL)('the options in the examples of %s exist', async (words, command) => {
    const { out } = await cli(...words.split(' '), '--help');
    for (const example of command.examples) {
      for (const [option] of example.matchAll(/--[a-z-]+/g)) expect(out, example).toContain(option);
    }
  });

  test('of the program names every command, every exit code and the environment; without words it is exit code 2', async () => {
    const { code, out } = await cli('--help');
    expect(code).toBe(0);
    for (const { name } of COMMANDS) expect(out).toContain(`  ${name.split(' ')[0]}`);
    for (const exit of Object.keys(EXIT_CODE_TEXTS)) expect(out).toMatch(new RegExp(`^ +${exit}  `, 'm'));
    expect(out).toContain('EZD_BATCH_ROWS');
    expect((await type([])).code).toBe(2);
  });

  test('the version is the one of the package', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
    expect((await cli('--version')).out.trim()).toBe(version);
  });
});

describe('a slip of the pen', () => {
  test.each([
    ['a command', ['stauts'], 'status'],
    ['a command below another', ['rejects', 'exprt'], 'export'],
    ['an option', ['run', '--batch-row', '5'], '--batch-rows'],
    ['an option of all commands', ['status', '--jsn'], '--json'],
    ['an entity', ['run', '--entity', 'koszulki'], 'koszulka'],
    ['a unit', ['run', '--unit', 'OR-l'], 'OR-I'],
    ['a code', ['explain', 'PESEL_CHECKSUN'], 'PESEL_CHECKSUM'],
  ])('in %s is helped with the word that was meant, exit code 2', async (_what, argv, meant) => {
    const { code, err, out } = await cli(...argv);
    expect(code).toBe(2);
    expect(err).toContain(`did you mean ${meant}?`);
    expect(out).toBe('');
    expect(existsSync(join(folder, 'store'))).toBe(false);
  });

  test.each([
    ['a number that is none', ['run', '--limit', 'ten']],
    ['a word that is not allowed', ['validate', '--fail-on', 'info']],
    ['an argument too few', ['rejects', 'show', 'sprawa']],
    ['an argument too many', ['check', 'now']],
    ['an option without its value', ['run', '--limit']],
  ])('%s is exit code 2 with a hint, also as JSON', async (_what, argv) => {
    const { code, err } = await cli(...argv);
    expect(code).toBe(2);
    expect(err).toContain('What to do:');
    const { error } = await json<{ error: { code: string; hint: string } }>(...argv);
    expect(error).toMatchObject({ code: 'USAGE', hint: expect.stringMatching(/./) });
  });
});

describe('before anything was loaded', () => {
  test('status says so, and as JSON has no run', async () => {
    const { code, out } = await cli('status');
    expect(code).toBe(0);
    expect(out).toContain('no run yet');
    expect(await json('status')).toMatchObject({ run: null, status: 'none', entities: [], runs: [] });
  });

  test('rejects are refused with what to do first', async () => {
    const { code, err } = await cli('rejects', 'list');
    expect(code).toBe(2);
    expect(err).toContain('ezd-migrate run');
  });

  test('init writes a project file that check takes, and does not overwrite one', async () => {
    const fresh = mkdtempSync(join(tmpdir(), 'ezd-init-'));
    try {
      const argv = ['--json', 'init', '--office', 'UM "X"', '--dump', DUMP];
      const first = await type(argv, {}, fresh);
      expect(JSON.parse(first.out)).toEqual({ file: join(fresh, 'ezd-migrate.yaml') });
      expect((await type(['check'], {}, fresh)).code).toBe(0);
      expect((await type(argv, {}, fresh)).code).toBe(2);
      expect((await type([...argv, '--force'], {}, fresh)).code).toBe(0);
    } finally {
      rmSync(fresh, { recursive: true });
    }
  });

  test.each(['csv', 'mssql', 'package'])(
    'init --source %s writes a project file of its kind in both languages',
    async (source) => {
      const fresh = mkdtempSync(join(tmpdir(), 'ezd-init-'));
      try {
        mkdirSync(join(fresh, 'secrets'));
        writeFileSync(join(fresh, 'secrets', 'source-password'), 'x', { mode: 0o600 });
        for (const language of ['pl', 'en']) {
          expect((await type(['init', '--source', source, '--force', '--lang', language], {}, fresh)).code).toBe(0);
          const { config } = loadConfig({ cwd: fresh, environment: { EZD_SOURCE_USER: 'ezd' }, flags: {} });
          expect([config.source.kind, config.language]).toEqual([source, language]);
        }
      } finally {
        rmSync(fresh, { recursive: true });
      }
    },
  );

  test('help tells defaults in its language, and of switches none', async () => {
    expect((await type(['--lang', 'pl', 'init', '--help'])).out).toMatch(/--source .*\(domyślnie csv\)/s);
    expect((await cli('init', '--help')).out).toContain('(default csv)');
    expect((await type(['--lang', 'pl', 'run', '--help'])).out).not.toContain('default');
  });

  test('check and plan tell entities, files and batches as JSON and write nothing', async () => {
    const checked = await json<{ entities: string[]; files: { table: string }[] }>('check');
    const planned = await json<{ batchRows: number; entities: { entity: string; batches: number }[] }>(
      'plan',
      '--count',
    );
    expect(checked.files.map(({ table }) => table)).toContain('dbo.SpisSpraw');
    expect(planned.batchRows).toBe(20_000);
    expect(planned.entities.map(({ entity }) => entity)).toEqual(checked.entities);
    expect(planned.entities.every(({ batches }) => batches >= 0)).toBe(true);
    expect(existsSync(join(folder, 'store'))).toBe(false);
  });
});

describe('a loaded office', () => {
  let loaded: { code: number; object: Loaded; err: string };
  interface Loaded {
    readonly run: number;
    readonly status: string;
    readonly entities: readonly (Record<'read' | 'loaded' | 'unchanged' | 'rejected' | 'skipped', number> & {
      readonly entity: string;
    })[];
  }

  beforeAll(async () => {
    const { code, out, err } = await cli('--json', 'run');
    loaded = { code, object: JSON.parse(out) as Loaded, err };
  });

  test('run ends with exit code 3 where the data has errors; its one object balances for every entity', () => {
    expect(loaded.code).toBe(3);
    expect(loaded.object).toMatchObject({ run: 1, status: 'finished' });
    for (const { entity, ...n } of loaded.object.entities) {
      expect(n.read, entity).toBe(n.loaded + n.unchanged + n.rejected + n.skipped);
    }
    expect(loaded.err).toContain('Run 1: 48 entities');
  });

  test('status tells the same numbers as the run did', async () => {
    const told = await json<Loaded>('status', '--run', '1');
    expect(told.entities).toEqual(loaded.object.entities);
    expect((await cli('status', '--run', '99')).code).toBe(2);
  });

  test('the summary of findings has no holes', async () => {
    const { out, code } = await cli('run', '--entity', 'sprawa,dokument', '--no-contents');
    expect(code).toBe(3);
    const findings = out.slice(out.indexOf('Findings'), out.indexOf('… more'));
    expect(findings).toContain('REF_MISSING');
    expect(findings).not.toMatch(/…|\{\w+\}/);
  });

  test('rejects are listed, shown whole and exported with as many lines as there are', async () => {
    const argv = ['rejects', 'list', '--run', '1', '--limit', '1000'];
    const { rejects } = await json<{ rejects: { entity: string; key: string | null }[] }>(...argv);
    const sum = loaded.object.entities.reduce((total, { rejected }) => total + rejected, 0);
    expect(rejects).toHaveLength(sum);
    const { entity, key } = rejects.find((each) => each.key !== null)!;
    expect((await cli('rejects', 'show', entity, key!, '--run', '1')).out).toContain('Source row');
    expect((await cli('rejects', 'show', entity, '987654', '--run', '1')).code).toBe(2);
    const exported = await json<{ rejects: number; file: string }>('rejects', 'export', '--run', '1');
    expect(exported.rejects).toBe(sum);
    expect(readFileSync(exported.file, 'utf8').split('\r\n').length - 2).toBe(sum);
    expect((await cli('rejects', 'export', '--run', '1')).err).toContain('--force');
  });

  test('colours are for terminals only, and NO_COLOR and --no-color take them away', async () => {
    const terminal = { TERM: 'xterm' };
    expect((await type(['status'], terminal)).out).toContain(COLOUR);
    expect((await type(['status'], { ...terminal, NO_COLOR: '1' })).out).not.toContain(COLOUR);
    expect((await type(['--no-color', 'status'], terminal)).out).not.toContain(COLOUR);
    expect((await type(['status'])).out).not.toContain(COLOUR);
    expect((await type(['status'], { FORCE_COLOR: '1' })).out).toContain(COLOUR);
  });

  test('the language is the one of --lang, else of EZD_LANGUAGE, else of the project file, which is Polish when it says nothing', async () => {
    expect((await type(['status'])).out).toContain('Przebieg');
    expect((await type(['status'], { EZD_LANGUAGE: 'en' })).out).toContain('started');
    expect((await type(['--lang', 'en', 'status'], { EZD_LANGUAGE: 'pl' })).out).toContain('started');
  });
});

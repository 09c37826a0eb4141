import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const PROGRAM = resolve('bin/ezd-migrate.js');
const TABLE = 'dbo.SlownikiAplikacji.csv';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ezd-sync-'));
  cpSync('fixtures/golden/office-300/tables', join(folder, 'dump'), { recursive: true });
  writeFileSync(
    join(folder, 'ezd-migrate.yaml'),
    'office: UM-TEST\nlanguage: en\nsource: { kind: csv, folder: dump }\ntarget: { kind: embedded, folder: db }\nmappings: ezd-puw\n',
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Said {
  readonly code: number | null;
  readonly result: {
    readonly entities: readonly { readonly mode: string; readonly loaded: number; readonly removed: number }[];
  };
  readonly told: string;
}

function sync(...words: string[]): Said {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, 'sync', '--json', ...words], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LANG: 'en_GB.UTF-8' },
  });
  return { code: status, result: JSON.parse(stdout || '{}') as Said['result'], told: stderr };
}

describe('sync from the command line', { timeout: 300_000 }, () => {
  test('refuses to foresee anything before something is loaded', () => {
    const { code, told } = sync('--plan');
    expect(code, told).toBe(2);
    expect(told).toContain('nothing is in the target yet');
  });

  test('loads, foresees, follows a changed dump, and stops before too much goes', () => {
    const one = ['--entity', 'slownik_pozycja', '--no-contents'];
    const first = sync(...one);
    expect(first.result.entities[0]!.loaded, first.told).toBeGreaterThan(20);
    const { code, result } = sync('--plan', '--entity', 'slownik_pozycja');
    expect(code).toBe(0);
    expect(result.entities).toMatchObject([{ entity: 'slownik_pozycja', mode: 'full', reason: 'compare' }]);
    const dump = join(folder, 'dump', TABLE);
    const lines = readFileSync(dump, 'utf8').split('\n');
    writeFileSync(dump, [...lines.slice(0, 3), ...lines.slice(5)].join('\n'));
    expect(sync(...one).result.entities).toMatchObject([{ loaded: 0, removed: 2 }]);
    writeFileSync(dump, lines.slice(0, 3).join('\n'));
    const stopped = sync(...one);
    expect(stopped.code, stopped.told).toBe(4);
    expect(stopped.told).toContain('--allow-deletes');
    expect(sync(...one, '--allow-deletes').result.entities[0]!.removed).toBeGreaterThan(20);
  });
});

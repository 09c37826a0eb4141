import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CliIo } from '../../src/cli/io.ts';
import { main } from '../../src/cli/main.ts';

const DUMP = resolve('fixtures/golden/office-300/tables');

interface Answer {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

describe('validate on the dirty office', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'ezd-validate-'));
    const project = `office: UM-TEST\nlanguage: en\nsource: { kind: csv, folder: '${DUMP}' }\ntarget: { kind: embedded, folder: store }\nmappings: ezd-puw\n`;
    writeFileSync(join(folder, 'ezd-migrate.yaml'), project);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function cli(...argv: string[]): Promise<Answer> {
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

  /** Rejects as `entity key codes`, in order of the text. */
  async function rejects(...more: string[]): Promise<string[]> {
    const { out } = await cli('rejects', 'list', '--limit', '100000', '--json', ...more);
    const listed = JSON.parse(out) as {
      rejects: { entity: string; key: string | null; reasons: { code: string }[] }[];
    };
    return listed.rejects
      .map(({ entity, key, reasons }) => `${entity} ${key} ${reasons.map(({ code }) => code).join(',')}`)
      .sort();
  }

  test('finds errors, says that nothing was written, and a run then rejects the same records for the same reasons', async () => {
    const dry = await cli('validate');
    expect(dry.code).toBe(3);
    expect(dry.out).toContain('nothing was written to the target');
    expect((await cli('status')).out).toContain('no run yet');
    const foreseen = await rejects('--validation');
    expect(foreseen.length).toBeGreaterThan(100);
    expect((await cli('run', '--no-contents')).code).toBe(3);
    expect(await rejects()).toEqual(foreseen);
  });

  test('tells what changed since the validation before, and fails only on what it is asked to fail on', async () => {
    const { code, out } = await cli('validate', '--since-last', '--fail-on', 'never', '--json');
    expect(code).toBe(0);
    const { changes } = JSON.parse(out) as { changes: { fresh: number; gone: number; same: number } };
    expect(changes).toMatchObject({ fresh: 0, gone: 0 });
    expect(changes.same).toBeGreaterThan(500);
  });

  test('a code is explained with its cure, and a slip of the pen is helped', async () => {
    const { out } = await cli('explain', 'pesel_checksum');
    expect(out).toContain('What to do:');
    const wrong = await cli('explain', 'PESEL');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('PESEL_CHECKSUM');
  });
});

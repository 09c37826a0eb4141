import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { generateOffice } from '../../fixtures/office/generate-office.ts';
import { main } from '../../src/cli/main.ts';

const home = mkdtempSync(join(tmpdir(), 'ezd-cli-contents-'));
const PROJECT = `office: UM-PRZYKLADOWO
language: en
source:
  kind: csv
  folder: dump/tables
  contents: { root: dump/repository }
target:
  kind: embedded
  folder: database
  contents: { root: store }
mappings: ezd-puw
`;

/** Runs one command line in the project folder. */
async function run(...argv: string[]): Promise<{ code: number; out: string; json: Record<string, unknown> }> {
  const texts: string[] = [];
  const stdout = { write: (text: string) => texts.push(text) };
  const code = await main(argv, {
    cwd: home,
    environment: {},
    stdout,
    stderr: { write: () => undefined },
    onInterrupt: () => () => undefined,
    exitNow: () => undefined,
    now: () => Date.now(),
  });
  const out = texts.join('');
  return { code, out, json: argv.includes('--json') ? (JSON.parse(out) as Record<string, unknown>) : {} };
}

let contents = 0;
beforeAll(async () => {
  await generateOffice({ out: join(home, 'dump'), cases: 20, seed: 'cli', files: 'all' });
  writeFileSync(join(home, 'ezd-migrate.yaml'), PROJECT);
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('contents on the command line', () => {
  it('wait for the rows when run is told to leave them out', async () => {
    const { code, json } = await run('run', '--no-contents', '--json');
    expect(code).toBe(0);
    expect(json['contents']).toBeNull();
    const status = await run('contents', 'status', '--json');
    contents = Number(status.json['waiting']);
    expect(contents).toBeGreaterThan(50);
    expect(status.json).toMatchObject({ stored: 0, failed: 0 });
  });

  it('are the last phase of run, and nothing is left to do for the copy', async () => {
    const { code, json } = await run('run', '--json');
    expect(code).toBe(0);
    expect(json['contents']).toMatchObject({ known: 0, stored: contents, failed: 0 });
    const again = await run('contents', 'copy', '--json');
    expect(again.json).toMatchObject({ known: contents, stored: 0, bytesRead: 0 });
    expect((await run('contents', 'status')).out).toContain(`Stored: ${contents} contents`);
  });

  it('that were lost from the store end the verification with exit code 3, and a copy brings them back', async () => {
    const store = join(home, 'store');
    const first = readdirSync(store).find((name) => /^[0-9a-f]{2}$/.test(name)) ?? '';
    rmSync(join(store, first), { recursive: true });
    const lost = await run('contents', 'verify', '--json');
    expect(lost.code).toBe(3);
    expect(Number(lost.json['missing'])).toBeGreaterThan(0);
    const copied = await run('contents', 'copy', '--json');
    expect(copied.json['stored']).toBe(lost.json['contentsLost']);
    expect((await run('contents', 'verify', '--sample', '50%', '--json')).code).toBe(0);
  });

  it('need a store in the project file, which is said with the key', async () => {
    writeFileSync(join(home, 'without.yaml'), PROJECT.replace('  contents: { root: store }\n', ''));
    const { code, json } = await run('contents', 'copy', '--config', 'without.yaml', '--json');
    expect(code).toBe(2);
    expect(JSON.stringify(json)).toContain('target.contents.root');
  });
});

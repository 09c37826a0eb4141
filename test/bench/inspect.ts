import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generateOffice } from '../../fixtures/office/generate-office.ts';
import { legacyTables } from '../../fixtures/schema.ts';

/**
 * `npm run bench -- inspect [--json] [--cases 2000,20000]`: the picture of a generated, dirty office, whole and by a sample, each in a process of its own. Goal: under 300 MB, and no more
 * for ten times the cases.
 */
interface Seen {
  readonly code: number;
  readonly seconds: number;
  readonly processorSeconds: number;
  readonly peakMb: number;
  readonly rows: number;
  readonly columns: number;
  readonly references: readonly string[];
}

const at = process.argv.indexOf('--cases');
const sizes = (at < 0 ? '2000,20000' : (process.argv[at + 1] ?? '')).split(',').map(Number);
const child = join(dirname(fileURLToPath(import.meta.url)), 'inspect', 'inspect-child.js');
const round = (value: number): number => Math.round(value * 10) / 10;
const declared = legacyTables().flatMap(({ name, foreignKeys }) =>
  foreignKeys.map(
    ({ columns, references }) => `dbo.${name}.${columns[0]} → dbo.${references.table}.${references.columns[0]}`,
  ),
);

const results = [];
for (const cases of sizes) {
  const folder = mkdtempSync(join(tmpdir(), 'ezd-bench-inspect-'));
  try {
    process.stderr.write(`an office of ${cases} cases …\n`);
    const office = { units: 50, firstYear: 2015, lastYear: 2023, seed: 'inspect', dirt: 0.02, gzip: false } as const;
    await generateOffice({ ...office, out: folder, cases, dialect: 'utf8', files: 'none' });
    const project = `office: UM\nsource: { kind: csv, folder: tables }\ntarget: { kind: embedded, folder: store }\n`;
    writeFileSync(join(folder, 'ezd-migrate.yaml'), project);
    for (const words of [[], ['--sample', '20000']]) {
      const { references, ...seen } = inspect(folder, words);
      const found = declared.filter((name) => references.includes(name)).length;
      const result = {
        cases,
        words: words.join(' '),
        rows: seen.rows,
        columns: seen.columns,
        seconds: round(seen.seconds),
        processorSeconds: round(seen.processorSeconds),
        peakMb: Math.round(seen.peakMb),
        references: references.length,
        declaredFound: `${found} of ${declared.length}`,
      };
      results.push(result);
      process.stderr.write(`${JSON.stringify(result)}\n`);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
}
if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(results)}\n`);

function inspect(folder: string, words: readonly string[]): Seen {
  const { stdout, stderr } = spawnSync(process.execPath, [child, folder, ...words], { encoding: 'utf8' });
  try {
    return JSON.parse(stdout) as Seen;
  } catch {
    throw new Error(`the inspection failed: ${stderr}`);
  }
}

import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { generateOffice } from '../../fixtures/office/generate-office.ts';
import { readDefects } from '../../fixtures/office/read-defects.ts';
import { placeOf, referenceFaults } from '../support/place-findings.ts';
import { startPostgres } from '../support/postgres.ts';
import { scoreFindings, scoreTable, type TableFinding } from '../support/score-findings.ts';

/**
 * `npm run bench -- defects [--cases N] [--json]`: a dirty office of 20,000 cases loaded by the program itself into a real PostgreSQL, twice. Prints how many of the
 * planted defects are found on their record (recall), how many findings have a defect (precision), code by code, whether the books balance, and the two times; then
 * what is said of a clean office of the same size, which must be nothing but CODE_UNCONFIRMED (codes that only the office can confirm).
 */
const at = process.argv.indexOf('--cases');
const cases = at < 0 ? 20_000 : Number(process.argv[at + 1]);
const folder = mkdtempSync(join(tmpdir(), 'ezd-defects-'));
const cleanFolder = mkdtempSync(join(tmpdir(), 'ezd-clean-'));
const program = join(rootOf(dirname(fileURLToPath(import.meta.url))), 'bin', 'ezd-migrate.js');
const server = await startPostgres({ fsync: true, settings: { shared_buffers: '1GB', max_wal_size: '8GB' } });
try {
  await generateOffice({ out: folder, cases, units: 50, seed: 'defects', dirt: 0.05, files: 'none' });
  writeProject(folder, 'UM-BENCH', 'ezd', 'ezd_migrate');
  const [first, second] = [run(folder), run(folder)];
  const findings = await readFindings();
  const scores = scoreFindings(
    readDefects(folder)
      .filter(({ group, table }) => group !== 'file' && table !== 'ZalacznikiDane')
      .map(referenceFaults),
    findings.map(referenceFaults),
    placeOf(folder),
  );
  process.stdout.write(`${scoreTable(scores)}\n`);
  for (const { code, missed, surplus } of scores) {
    if (missed.length + surplus.length > 0)
      process.stdout.write(
        `${code}: missed ${missed.slice(0, 5).join(', ')}; without defect ${surplus.slice(0, 5).join(', ')}\n`,
      );
  }
  const planted = new Set(
    readDefects(folder)
      .map(referenceFaults)
      .map(({ kind }) => kind),
  );
  const others = new Map<string, number>();
  for (const { code } of findings.map(referenceFaults))
    if (!planted.has(code)) others.set(code, (others.get(code) ?? 0) + 1);
  for (const [code, said] of others) process.stdout.write(`${code}: said ${said}, nothing of the kind planted\n`);
  process.stdout.write(
    `${JSON.stringify({ cases, first: brief(first), second: brief(second), ratio: second.seconds / first.seconds })}\n`,
  );
  await generateOffice({ out: cleanFolder, cases, units: 50, seed: 'defects', files: 'none' });
  writeProject(cleanFolder, 'UM-CLEAN', 'clean', 'clean_ledger');
  const { findings: said, ...clean } = run(cleanFolder);
  process.stdout.write(
    `${JSON.stringify({ clean: { ...clean, said: said.map(({ code, severity, count }) => ({ code, severity, count })) } })}\n`,
  );
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
  rmSync(cleanFolder, { recursive: true });
}

/** Without the findings, which the table above tells. */
function brief({ findings, ...measured }: Measured): Omit<Measured, 'findings'> {
  return measured;
}

interface Measured {
  readonly seconds: number;
  readonly totals: Readonly<Record<string, number>>;
  readonly balanced: boolean;
  readonly findings: readonly { readonly code: string; readonly severity: string; readonly count: number }[];
}

function writeProject(place: string, office: string, schema: string, ledgerSchema: string): void {
  writeFileSync(
    join(place, 'project.yaml'),
    `office: ${office}\nlanguage: en\nsource: { kind: csv, folder: '${join(place, 'tables')}' }\ntarget: { kind: postgres, url: '${server.url}', schema: ${schema}, ledgerSchema: ${ledgerSchema} }\nmappings: ezd-puw\n`,
  );
}

function run(place: string): Measured {
  const started = performance.now();
  const { stdout, stderr, status } = spawnSync(
    process.execPath,
    [program, 'run', '--json', '--no-contents', '-c', join(place, 'project.yaml')],
    { encoding: 'utf8', maxBuffer: 1 << 28 },
  );
  if (status !== 0 && status !== 3) throw new Error(stderr);
  const told = JSON.parse(stdout) as Pick<Measured, 'totals' | 'findings'> & { entities: Record<string, number>[] };
  const balanced = told.entities.every(
    (e) => e['read'] === e['loaded']! + e['unchanged']! + e['rejected']! + e['skipped']!,
  );
  return { seconds: (performance.now() - started) / 1000, totals: told.totals, balanced, findings: told.findings };
}

async function readFindings(): Promise<TableFinding[]> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query<{ entity: string; key: string | null; code: string }>(
    `SELECT e.name AS entity, f.legacy_key AS key, f.code FROM ezd_migrate.finding f JOIN ezd_migrate.entity e ON e.id = f.entity_id WHERE f.run_id = 1`,
  );
  await client.end();
  const tables = tablesByEntity();
  return rows.map(({ entity, key, code }) => ({ table: tables.get(entity) ?? entity, key, code }));
}

/** The legacy table of every entity, as the program itself plans it. */
function tablesByEntity(): ReadonlyMap<string, string> {
  const { stdout } = spawnSync(process.execPath, [program, 'plan', '--json', '-c', join(folder, 'project.yaml')], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const { entities } = JSON.parse(stdout) as { entities: { entity: string; from: string }[] };
  return new Map(entities.map(({ entity, from }) => [entity, from.replace(/^dbo\./, '')]));
}

/** The folder with bin/, above dist/. */
function rootOf(from: string): string {
  return existsSync(join(from, 'bin', 'ezd-migrate.js')) ? from : rootOf(dirname(from));
}

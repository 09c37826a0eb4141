import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startPostgres } from '../support/postgres.ts';
import { makePackage } from './packages/make-package.ts';

/**
 * `npm run bench -- packages [--json] [--documents 1000,10000,100000]`: whole runs from one archival package into a real PostgreSQL, contents included.
 * Goal: 10,000 documents a minute, memory that does not grow with their number.
 */
interface Run {
  readonly code: number;
  readonly seconds: number;
  readonly peakMb: number;
  readonly loaded: number;
  readonly rejected: number;
  readonly contents: number;
}

const at = process.argv.indexOf('--documents');
const sizes = (at < 0 ? '1000,10000,100000' : (process.argv[at + 1] ?? '')).split(',').map(Number);
const child = join(dirname(fileURLToPath(import.meta.url)), 'packages', 'run-child.js');
const round = (value: number): number => Math.round(value * 10) / 10;
const folder = mkdtempSync(join(tmpdir(), 'ezd-bench-packages-'));
const server = await startPostgres({ fsync: true });
try {
  const results = [];
  for (const documents of sizes) {
    process.stderr.write(`${documents} documents …\n`);
    const { seconds, peakMb, contents, rejected } = await run(documents);
    const result = {
      documents,
      seconds: round(seconds),
      peakMb: round(peakMb),
      perMinute: Math.round((documents / seconds) * 60),
    };
    if (contents !== documents || rejected > 0) throw new Error(`${contents} contents, ${rejected} rejected`);
    results.push(result);
    process.stderr.write(`${JSON.stringify(result)}\n`);
  }
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(results)}\n`);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}

async function run(documents: number): Promise<Run> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create database packages_${documents}`);
  await client.end();
  const url = server.url.replace(/\/postgres$/, `/packages_${documents}`);
  await makePackage(join(folder, 'paczka.tar'), documents);
  const store = join(folder, `store-${documents}`);
  const project = `office: UG\nsource: { kind: package, path: paczka.tar }\ntarget: { kind: postgres, url: '${url}', contents: { root: '${store}' } }\n`;
  writeFileSync(join(folder, 'ezd-migrate.yaml'), project);
  const { stdout, stderr } = spawnSync(process.execPath, [child, folder], { encoding: 'utf8' });
  try {
    return JSON.parse(stdout) as Run;
  } catch {
    throw new Error(`the run failed: ${stderr}`);
  }
}

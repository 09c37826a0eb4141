import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from 'pg';
import { startPostgres } from '../support/postgres.ts';
import { makeTree } from './contents/make-tree.ts';

/**
 * `npm run bench -- contents [--json] [--small N] [--big N] [--rounds N] [--folder PATH]`: small files and a few of 2 GiB copied by `rclone copy` with its defaults and
 * by us, in turn, each into a new folder. Ours also hashes with SHA-256, looks at media types and signatures, writes every file to disk (fsync) and records it in a
 * PostgreSQL; rclone leaves its files in memory, so its time is given with and without flushing them afterwards. Needs room for the tree (1 + 2 × rounds) times.
 */
interface Ours {
  readonly stored: number;
  readonly seconds: number;
  readonly known: number;
  readonly secondsAgain: number;
  readonly peakMb: number;
}
interface Theirs {
  readonly seconds: number;
  readonly flushSeconds: number;
}

const numberOf = (flag: string, otherwise: number): number => {
  const at = process.argv.indexOf(flag);
  return at < 0 ? otherwise : Number(process.argv[at + 1]);
};
const folderAt = process.argv.indexOf('--folder');
const small = numberOf('--small', 20_000);
const big = numberOf('--big', 3);
const rounds = numberOf('--rounds', 2);
const child = join(dirname(fileURLToPath(import.meta.url)), 'contents', 'copy-child.js');
const say = (text: string): void => void process.stderr.write(`${text}\n`);
const round = (value: number): number => Math.round(value * 100) / 100;
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const folder = mkdtempSync(
  join(folderAt < 0 ? tmpdir() : (process.argv[folderAt + 1] ?? tmpdir()), 'ezd-bench-contents-'),
);
const server = await startPostgres({ fsync: true });
try {
  say(`writing ${small} small files and ${big} of 2 GiB …`);
  const root = join(folder, 'repository');
  const tree = makeTree(root, small, big, 2 ** 31);
  flush();
  const theirs: Theirs[] = [];
  const ours: Ours[] = [];
  for (let i = 0; i < rounds; i++) {
    const rclone = runRclone(root, join(folder, `rclone-${i}`));
    if (rclone !== null) theirs.push(rclone);
    say(`rclone: ${JSON.stringify(rclone)}`);
    ours.push(await runOurs(root, join(folder, `store-${i}`), i));
    say(`ours: ${JSON.stringify(ours.at(-1))}`);
  }
  report(tree, ours, theirs);
} finally {
  await server.stop();
  rmSync(folder, { recursive: true });
}

/** Nothing of an earlier step is still on its way to the disk. */
function flush(): number {
  const started = performance.now();
  spawnSync('sync', ['-f', folder]);
  return (performance.now() - started) / 1000;
}

function runRclone(from: string, to: string): Theirs | null {
  flush();
  const started = performance.now();
  const { error, status, stderr } = spawnSync('rclone', ['copy', from, to], { encoding: 'utf8' });
  if (error !== undefined) return null;
  if (status !== 0) throw new Error(`rclone failed: ${stderr}`);
  const seconds = (performance.now() - started) / 1000;
  return { seconds, flushSeconds: flush() };
}

async function runOurs(root: string, store: string, number: number): Promise<Ours> {
  const client = new Client({ connectionString: server.url });
  await client.connect();
  await client.query(`create database round_${number}`);
  await client.end();
  const url = server.url.replace(/\/postgres$/, `/round_${number}`);
  flush();
  const { stdout, stderr, status } = spawnSync(process.execPath, [child, url, root, store], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`the copy failed: ${stderr}`);
  return JSON.parse(stdout) as Ours;
}

function report(tree: { files: number; bytes: number }, ours: readonly Ours[], theirs: readonly Theirs[]): void {
  const seconds = median(ours.map((run) => run.seconds));
  const bare = median(theirs.map((run) => run.seconds));
  const flushed = median(theirs.map((run) => run.seconds + run.flushSeconds));
  const result = {
    ...tree,
    rounds,
    seconds: round(seconds),
    megabytesPerSecond: round(tree.bytes / 1e6 / seconds),
    rcloneSeconds: round(bare),
    rcloneAndFlushSeconds: round(flushed),
    rateToRclone: round(bare / seconds),
    rateToRcloneAndFlush: round(flushed / seconds),
    secondCopySeconds: round(median(ours.map((run) => run.secondsAgain))),
    peakMb: round(Math.max(...ours.map((run) => run.peakMb))),
    complete: ours.every((run) => run.stored === tree.files && run.known === tree.files),
  };
  if (process.argv.includes('--json')) process.stdout.write(`${JSON.stringify(result)}\n`);
  else for (const [name, value] of Object.entries(result)) say(`${name.padEnd(22)} ${value}`);
}
